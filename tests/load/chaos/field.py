"""Run a cluster that can be harmed anywhere: proxies stand between all of its parts.

The cluster is the same that `make run` starts; it is only told other addresses of its
servers, each of which leads through a proxy.
"""

import shutil
import signal
import socket
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import psutil
import redis

from deploy.local import postgres, valkey
from deploy.local.ports import LOOPBACK, free_ports
from deploy.local.ready import ask
from tests.load.chaos.background import Background
from tests.load.chaos.clocks import Clocks
from tests.load.chaos.proxy import Harm, Proxy
from tests.load.chaos.schedule import PARTS
from tests.load.chaos.servers import Kept, family, send
from tests.support.cluster import Cluster

SERVERS = ("valkey", "postgres")
DOORS = ("state", "bus", "broker", "postgres", "nginx")
"""What is reached through a proxy."""
LIMITS_FACTOR = "100"
"""The probes ask ten times a second, and name their colonies anew each time."""
CONNECT_S = 0.5
ANYONE = "players"
FOLDER_MODE = 0o711


class Field:
    """Hold the cluster, its servers, the proxies and the clocks of one run."""

    def __init__(self) -> None:
        self.var = Path(tempfile.mkdtemp(prefix="gd-chaos-"))
        self.var.chmod(FOLDER_MODE)  # Postgres may run as another user
        self.logs = self.var / "logs"
        self.logs.mkdir()
        self.clocks = Clocks(self.var / "clocks")
        valkey_port, nginx_port, *ports = free_ports(2 + len(DOORS))
        self._ports = dict(zip(DOORS, ports, strict=True))
        self.servers = self._servers(valkey_port)
        self.cluster = Cluster(port=nginx_port, env=self._settings())
        self._loop = Background("proxies")
        self.proxies = self._proxies(valkey_port, nginx_port)

    def start(self) -> None:
        """Start all of it, and wait until it takes commands."""
        for proxy in self.proxies.values():
            self._loop.call(proxy.open())
        self.start_again()

    def start_again(self) -> None:
        """Start what `halt` stopped."""
        for server in self.servers.values():
            server.start()
        self.cluster.start()

    def halt(self) -> None:
        """Stop the cluster and its servers, as an operator would."""
        self.cluster.stop()
        for server in self.servers.values():
            server.stop()

    def remove(self) -> None:
        """End everything and remove the data."""
        with suppress(Exception):  # whatever state chaos left it in
            self.cluster.stop()
        for server in self.servers.values():
            server.stop()
        for proxy in self.proxies.values():
            self._loop.call(proxy.close())
        self._loop.end()
        shutil.rmtree(self.cluster.var, ignore_errors=True)
        shutil.rmtree(self.var, ignore_errors=True)

    # addresses

    @property
    def url(self) -> str:
        """The public address, through the players' proxy."""
        return f"http://{LOOPBACK}:{self._ports['nginx']}"

    @property
    def state_url(self) -> str:
        """Valkey's own address, through no proxy."""
        return self.servers["valkey"].server.url

    @property
    def database_url(self) -> str:
        """Postgres' own address, through no proxy."""
        return self.servers["postgres"].server.url

    def env(self) -> dict[str, str]:
        """Give the cluster's settings with the servers' own addresses."""
        return self.cluster.env | {
            "DATABASE_URL": self.database_url,
            "REDIS_STATE_URL": self.state_url,
            "REDIS_BUS_URL": self.state_url,
            "CELERY_BROKER_URL": self.state_url.removesuffix("0") + "1",
        }

    # processes

    def pids(self) -> dict[str, int]:
        """Name the process of every part that runs now."""
        found = {name: server.pid for name, server in self.servers.items()}
        with suppress(OSError, RuntimeError):
            found |= self.cluster.pids
        return {name: pid for name, pid in found.items() if pid and name in PARTS}

    def family(self, part: str) -> list[int]:
        """Name a part's process and all below it."""
        return family(self.pids().get(part, 0))

    def signal(self, part: str, number: signal.Signals) -> list[int]:
        """Send a signal to a part; tell which processes it went to."""
        pids = self.family(part)
        send(pids, number)
        return pids

    def answers(self, part: str) -> bool:
        """Tell whether a part does its work, as far as can be seen from outside."""
        if part in self.servers:
            kept = self.servers[part]
            return bool(kept.pid) and kept.server.answers()
        found = self.cluster.state.parts[part]
        if part.startswith("web."):
            return ask(found.port).is_ready
        return _listens(found.port or found.metrics_port)

    def instances(self) -> list[str]:
        """Name the web instances."""
        return [part for part in PARTS if part.startswith("web.")]

    def log(self, part: str) -> Path:
        """Name the file that a part writes to."""
        if part in SERVERS:
            return self.logs / f"{part}.log"
        return self.cluster.var / "log" / f"{part}.log"

    # harm between parts

    def harm(self, link: str, kind: str, delay_ms: int = 0) -> tuple[Proxy, Harm]:
        """Harm the connections from one kind of part to another; `heal` ends it."""
        who, _arrow, door = link.partition(">")
        proxy = self.proxies[door]
        harm = Harm(kind, self._whose(who, proxy.port), delay_ms / 1_000)
        self._loop.call(proxy.harm(harm))
        return proxy, harm

    def heal(self, proxy: Proxy, harm: Harm) -> None:
        """End a harm."""
        self._loop.call(proxy.heal(harm))

    def _whose(self, who: str, door_port: int) -> Callable[[int], bool]:
        if who == ANYONE:
            return lambda _port: True
        known: dict[int, bool] = {}

        def is_theirs(port: int) -> bool:
            if port not in known:
                known.update(dict.fromkeys(self._ports_of(who, door_port), True))
            return known.setdefault(port, False)

        return is_theirs

    def _ports_of(self, who: str, door_port: int) -> Iterable[int]:
        """Name the local ports by which a kind of part is connected to a door."""
        for part in self.pids():
            if part.partition(".")[0] != who:
                continue
            for pid in self.family(part):
                with suppress(psutil.Error):
                    for one in psutil.Process(pid).net_connections("tcp4"):
                        if one.raddr and one.raddr.port == door_port:
                            yield one.laddr.port

    # the parts of it

    def _servers(self, valkey_port: int) -> dict[str, Kept]:
        sockets = self.var / "s"
        found = (
            valkey.server(self.var / "valkey", valkey_port),
            postgres.server(self.var / "postgres", sockets),
        )
        return {
            one.name: Kept(
                one,
                self.logs / f"{one.name}.log",
                self.clocks.env(one.name) if one.name == "valkey" else {},
            )
            for one in found
        }

    def _settings(self) -> dict[str, str]:
        password = redis.connection.parse_url(self.state_url)["password"]

        def through(door: str, database: int) -> str:
            return f"redis://:{password}@{LOOPBACK}:{self._ports[door]}/{database}"

        address = f"{postgres.ROLE}@{LOOPBACK}:{self._ports['postgres']}"
        return {
            "REDIS_STATE_URL": through("state", 0),
            "REDIS_BUS_URL": through("bus", 0),
            "CELERY_BROKER_URL": through("broker", 1),
            "DATABASE_URL": f"postgresql+psycopg2://{address}/{postgres.DATABASE}",
            "RATE_LIMITS_FACTOR": LIMITS_FACTOR,
            **self.clocks.env(),
        }

    def _proxies(self, valkey_port: int, nginx_port: int) -> dict[str, Proxy]:
        there = dict.fromkeys(DOORS, (LOOPBACK, valkey_port))
        there |= {
            "postgres": str(self.var / "s" / ".s.PGSQL.5432"),
            "nginx": (LOOPBACK, nginx_port),
        }
        return {door: Proxy(LOOPBACK, self._ports[door], there[door]) for door in DOORS}


def _listens(port: int) -> bool:
    try:
        socket.create_connection((LOOPBACK, port), CONNECT_S).close()
    except OSError:
        return False
    return True
