"""Run a Redis Cluster for tests, of the embedded server: masters, each with a replica.

Slots are shared out evenly, so that galaxy 1 lives on the last of three masters and
galaxy 2 on the first.
"""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import redis
from redis.crc import REDIS_CLUSTER_HASH_SLOTS, key_slot

from app.engine.keys import Keys
from deploy.local import valkey
from deploy.local.ports import LOOPBACK, free_ports
from tests.support.servers import Running
from tests.support.waiting import wait_for

MASTERS = 3
NODE_TIMEOUT_MS = 1_000
READY_S = 20.0
OPTIONS = """
cluster-enabled yes
cluster-config-file nodes.conf
cluster-port {port}
cluster-node-timeout {timeout_ms}
cluster-require-full-coverage no
cluster-replica-validity-factor 0
repl-diskless-sync yes
repl-diskless-sync-delay 0
masterauth {password}
"""


class Node:
    """Hold one node: its process, and how to ask it."""

    def __init__(self, folder: Path, password: str, port: int, bus_port: int) -> None:
        folder.mkdir(parents=True)
        (folder / "password").write_text(password)
        server = valkey.server(folder, port)
        options = OPTIONS.format(
            port=bus_port, timeout_ms=NODE_TIMEOUT_MS, password=password
        )
        with (folder / "valkey.conf").open("a") as config:
            config.write(options)
        self.port = port
        self.bus_port = bus_port
        self.url = server.url
        self.is_alive = False
        self._running = Running(server)

    def start(self) -> None:
        """Start it, also once more after a death."""
        self._running.start()
        self.is_alive = True

    def kill(self) -> None:
        """End it at once, as a crash would."""
        self.is_alive = False
        self._running.kill()

    def ask(self, *command: Any) -> Any:
        """Send one command."""
        with redis.Redis.from_url(self.url, socket_timeout=5) as client:
            return client.execute_command(*command)

    def lines(self) -> list[str]:
        """Tell how it sees the cluster, a line a node."""
        with redis.Redis.from_url(self.url, socket_timeout=5) as client:
            client.response_callbacks.clear()
            return client.execute_command("CLUSTER", "NODES").decode().splitlines()

    def myself(self) -> str:
        """Tell how it sees itself."""
        return next(line for line in self.lines() if "myself" in line)

    @property
    def id(self) -> str:
        """Give its name in the cluster."""
        return self.ask("CLUSTER", "MYID").decode()

    @property
    def is_master(self) -> bool:
        """Tell whether it takes writes, as it says itself."""
        return self.ask("INFO", "replication")["role"] == "master"

    @property
    def is_whole(self) -> bool:
        """Tell whether it is a master with its replica, or a replica in step."""
        found = self.ask("INFO", "replication")
        if found["role"] == "master":
            return found.get("slave0", {}).get("state") == "online"
        return found["master_link_status"] == "up"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Stop its process for a while, as a machine that hangs does."""
        os.kill(self._running.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self._running.pid, signal.SIGCONT)


class RedisCluster:
    """Hold the nodes: the masters first, then a replica of each."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="gd-"))
        ports = free_ports(4 * MASTERS)
        self.password = "of-a-test-only"
        self.nodes = [
            Node(self.folder / str(number), self.password, *pair)
            for number, pair in enumerate(zip(ports[::2], ports[1::2], strict=True))
        ]

    @property
    def url(self) -> str:
        """Name the cluster by two of its nodes, one of which is a replica."""
        hosts = [f"{LOOPBACK}:{self.nodes[i].port}" for i in (0, -1)]
        return f"redis+cluster://:{self.password}@{','.join(hosts)}"

    def start(self) -> None:
        """Start all nodes and make them a cluster."""
        try:
            for node in self.nodes:
                node.start()
            self._assign()
            self._meet()
            self.wait_until_whole()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End all nodes and remove their data."""
        for node in self.nodes:
            node.kill()
        shutil.rmtree(self.folder)

    def mend(self) -> None:
        """Start whoever died, join what was cut, and empty all."""
        for node in self.nodes:
            if not node.is_alive:
                node.start()
            node.ask("CONFIG", "SET", "masterauth", self.password)
        self.wait_until_whole()
        for node in self.nodes:
            if node.is_master:
                node.ask("FLUSHALL")
                node.ask("SCRIPT", "FLUSH")

    def cut_off(self, galaxy: str) -> Node:
        """Keep a galaxy's replica from hearing of what its master does from now on."""
        master, replica = self.home(galaxy), self.replica(galaxy)
        replica.ask("CONFIG", "SET", "masterauth", "wrong")
        master.ask("CLIENT", "KILL", "TYPE", "replica")
        wait_for(
            lambda: replica.ask("INFO", "replication")["master_link_status"] == "down",
            "a cut",
        )
        return replica

    def join_again(self, replica: Node) -> None:
        """Let a replica that was cut off hear of its master again."""
        replica.ask("CONFIG", "SET", "masterauth", self.password)
        wait_for(lambda: replica.is_whole, "a replica in step", READY_S)

    def home(self, galaxy: str) -> Node:
        """Give the master that a galaxy lives on, as those say who are alive."""
        slot = key_slot(Keys(galaxy).tag.encode())
        for node in self._alive():
            if not node.is_master:
                continue
            for first, last, master, *_replicas in node.ask("CLUSTER", "SLOTS"):
                if first <= slot <= last and master[2].decode() == node.id:
                    return node
        raise LookupError(galaxy)

    def replica(self, galaxy: str) -> Node:
        """Give the replica of a galaxy's master."""
        master = self.home(galaxy).id
        for node in self._alive():
            if not node.is_master and master in node.myself():
                return node
        raise LookupError(galaxy)

    def wait_until_whole(self) -> None:
        """Wait until every node agrees, and every replica is in step."""
        wait_for(self._is_whole, "a whole cluster", READY_S)

    def wait_until_in_step(self, galaxy: str) -> None:
        """Wait until a galaxy's replica has all that its master has now."""
        master, replica = self.home(galaxy), self.replica(galaxy)
        offset = master.ask("INFO", "replication")["master_repl_offset"]
        wait_for(
            lambda: replica.ask("INFO", "replication")["slave_repl_offset"] >= offset,
            "a replica in step",
        )

    def wait_until_failed_over(self, galaxy: str, old: Node) -> Node:
        """Wait until another node has taken a galaxy over."""

        def is_over() -> bool:
            try:
                return self.home(galaxy) is not old
            except LookupError:
                return False

        wait_for(is_over, "a failover", READY_S)
        return self.home(galaxy)

    def _alive(self) -> list[Node]:
        return [node for node in self.nodes if node.is_alive]

    def _assign(self) -> None:
        share = -(-REDIS_CLUSTER_HASH_SLOTS // MASTERS)
        for number, node in enumerate(self.nodes[:MASTERS]):
            first = number * share
            last = min(first + share, REDIS_CLUSTER_HASH_SLOTS) - 1
            node.ask("CLUSTER", "ADDSLOTSRANGE", first, last)
            node.ask("CLUSTER", "SET-CONFIG-EPOCH", number + 1)

    def _meet(self) -> None:
        first, *others = self.nodes
        for node in others:
            first.ask("CLUSTER", "MEET", LOOPBACK, node.port, node.bus_port)
        for master, replica in zip(
            self.nodes[:MASTERS], self.nodes[MASTERS:], strict=True
        ):
            wait_for(
                lambda name=master.id, replica=replica: any(
                    line.startswith(name) for line in replica.lines()
                ),
                "nodes that know each other",
                READY_S,
            )
            replica.ask("CLUSTER", "REPLICATE", master.id)

    def _is_whole(self) -> bool:
        return all(
            b"cluster_state:ok" in node.ask("CLUSTER", "INFO")
            and node.is_whole
            and len(node.lines()) == len(self.nodes)
            for node in self.nodes
        )
