"""Run one peer: its instances, a Redis of its own, and nginx before them."""

import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from deploy.local import valkey
from deploy.local.node import node
from deploy.local.ports import LOOPBACK, free_ports
from tests.load.peers import door
from tests.load.peers.npm import SERVER, installed
from tests.load.peers.process import Process
from tests.support.servers import Running

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
INSTANCES = 2

Command = Callable[[int], tuple[Sequence[str], Path]]
"""Gives, for a port, what runs an instance, and where."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Hold how an instance of a peer is run."""

    name: str
    command: Command
    ready_path: str
    env: Mapping[str, str] = field(default_factory=dict)


class RunningPeer:
    """Hold a running peer; `with` ends all of it and removes its data."""

    def __init__(self, peer: Peer, instances: int = INSTANCES) -> None:
        self.peer = peer
        self.folder = Path(tempfile.mkdtemp(prefix="gd-peer-"))
        port, redis_port, *self._ports = free_ports(instances + 2)
        self.url = f"http://{LOOPBACK}:{port}"
        self._port = port
        self._redis = Running(valkey.server(self.folder / "valkey", redis_port))
        self._processes: dict[str, Process] = {}

    def __enter__(self) -> Self:
        """Start it, and wait until every instance answers."""
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_raised: object) -> None:
        """End it."""
        self.stop()

    @property
    def pids(self) -> dict[str, int]:
        """Tell the process ids, by the names that our own cluster uses."""
        found = {name: process.pid for name, process in self._processes.items()}
        return found | {"valkey": self._redis.pid}

    def log(self, name: str) -> str:
        """Tell what a process wrote so far."""
        return self._processes[name].log.read_text(errors="replace")

    def stop(self) -> None:
        """End every process, nginx first."""
        for name in reversed(self._processes):
            self._processes[name].stop()
        self._processes.clear()
        self._redis.stop()
        shutil.rmtree(self.folder)

    def _start(self) -> None:
        self._redis.start()
        env = {
            "REDIS_URL": self._redis.url,
            "PUBLIC_ADDRESS": self.url.removeprefix("http://"),
            "SECRET_KEY": secrets.token_urlsafe(),
            "NODE_ENV": "production",
            **self.peer.env,
        }
        for number, port in enumerate(self._ports, 1):
            command, folder = self.peer.command(port)
            self._run(f"web.{number}", command, folder, env)
        for number, port in enumerate(self._ports, 1):
            process = self._processes[f"web.{number}"]
            process.wait_until_it_answers(port, self.peer.ready_path)
        self._run("nginx", door.command(self.folder, self._port, self._ports), ROOT, {})
        self._processes["nginx"].wait_until_it_answers(self._port, self.peer.ready_path)

    def _run(
        self, name: str, command: Sequence[str], folder: Path, env: Mapping[str, str]
    ) -> None:
        log = self.folder / f"{name}.log"
        self._processes[name] = Process(command, folder, log, env)


def _gunicorn(port: int) -> tuple[Sequence[str], Path]:
    folder = HERE / "flask_socketio"
    config = str(folder / "settings.py")
    bind = f"{LOOPBACK}:{port}"
    app = "tests.load.peers.flask_socketio.server:app"
    return [sys.executable, "-m", "gunicorn", "-c", config, "-b", bind, app], ROOT


def _socketio_run(port: int) -> tuple[Sequence[str], Path]:
    module = "tests.load.peers.flask_socketio.run"
    return [sys.executable, "-m", module, str(port)], ROOT


def _node(name: str) -> Command:
    def command(port: int) -> tuple[Sequence[str], Path]:
        return [node(), SERVER, str(port)], installed(HERE / name)

    return command


SOCKETIO_READY = "/socket.io/?EIO=4&transport=none"

FLASK = Peer("flask-socketio", _gunicorn, SOCKETIO_READY)
FLASK_RUN = Peer("flask-socketio-run", _socketio_run, SOCKETIO_READY)
NODE = Peer("socket.io", _node("socketio_node"), SOCKETIO_READY, {"ADAPTER": "redis"})
NODE_SHARDED = Peer(
    "socket.io-sharded", _node("socketio_node"), SOCKETIO_READY, {"ADAPTER": "sharded"}
)
NODE_STREAMS = Peer(
    "socket.io-streams", _node("socketio_node"), SOCKETIO_READY, {"ADAPTER": "streams"}
)
COLYSEUS = Peer("colyseus", _node("colyseus"), "/__healthcheck")

PEERS = {
    peer.name: peer
    for peer in (FLASK, FLASK_RUN, NODE, NODE_SHARDED, NODE_STREAMS, COLYSEUS)
}
