"""Keep the cluster's processes alive by supervisor, and talk to it on its socket."""

import os
import shlex
import signal
import subprocess
import sys
import xmlrpc.client
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from honcho.export.supervisord import Export
from supervisor.states import STOPPED_STATES
from supervisor.xmlrpc import SupervisorTransport

from deploy.death import with_parent
from deploy.local.folders import Folders
from deploy.local.problem import StartError
from deploy.local.server import Server

START_S = 10.0
END_S = 10.0
POLL_S = 0.05
SILENT = (OSError, HTTPException)


@dataclass(frozen=True, slots=True)
class Program:
    """Hold what supervisor runs, and how long it may take to stop.

    A port of 0 is none. `version` is that of our code, where it runs ours.
    """

    name: str
    command: str
    directory: Path | str
    env: dict[str, str] = field(default_factory=dict)
    stop_signal: str = "TERM"
    stop_s: int = 20
    user: str | None = None
    port: int = 0
    metrics_port: int = 0
    version: str = ""


def program_of(server: Server) -> Program:
    """Run an embedded server."""
    return Program(
        name=server.name,
        command=shlex.join(server.command),
        directory=server.directory,
        stop_signal=server.stop_signal,
        user=server.user,
    )


class Supervisor:
    """Hold the supervisor process of one cluster."""

    def __init__(self, root: Path, folders: Folders) -> None:
        self._root, self._folders = root, folders
        self.socket = folders.sockets / "supervisor.sock"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, programs: Iterable[Program], env: dict[str, str]) -> None:
        """Start it with the programs known and none of them running."""
        config = self._write(list(programs))
        self.socket.unlink(missing_ok=True)
        with (self._folders.log / "supervisord.out").open("wb") as out:
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "supervisor.supervisord", "-c", str(config)],
                cwd=self._root,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=with_parent(signal.SIGTERM),
            )
        self._wait_until_it_answers()

    @property
    def is_alive(self) -> bool:
        """Tell whether the supervisor itself runs."""
        return self._process is not None and self._process.poll() is None

    def know(self, programs: Iterable[Program]) -> None:
        """Know these programs from now on, and no others; none is restarted by it.

        Raises:
            StartError: one that left is still running.
        """
        self._write(list(programs))
        [[added, _changed, removed]] = _ask(self.socket, "reloadConfig")
        for name in removed:
            _ask(self.socket, "removeProcessGroup", name)
        for name in added:
            _ask(self.socket, "addProcessGroup", name)

    def run(self, name: str) -> None:
        """Start one program.

        Raises:
            StartError: its command is not there or may not be run.
        """
        try:
            _ask(self.socket, "startProcess", name, False)
        except StartError as error:
            raise StartError(f"{name} can't be started: {error}") from error

    def pids(self) -> dict[str, int]:
        """Tell the process id of every program that runs now.

        Raises:
            StartError: supervisor is ending.
        """
        return pids(self.socket)

    def stop(
        self, names: Iterable[str], tick: Callable[[], None] = lambda: None
    ) -> None:
        """Ask programs to stop, all at once, and wait until they did.

        It kills whoever takes longer than its `stop_s`. `tick` is called meanwhile.

        Raises:
            StartError: supervisor is ending, and so are they.
        """
        wanted = set(names)
        while self.is_alive and (unstopped := wanted & self._unstopped()):
            for name in unstopped:
                with suppress(StartError):  # it is stopping already
                    _ask(self.socket, "stopProcess", name, False)
            tick()
            sleep(POLL_S)

    def end(self) -> None:
        """End the supervisor itself."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _unstopped(self) -> set[str]:
        """Name those who run, and those who ended and would be started again."""
        all_ = shown(self.socket).items()
        return {name for name, one in all_ if one["state"] not in STOPPED_STATES}

    def _write(self, programs: list[Program]) -> Path:
        context: dict[str, Any] = {
            "app": "supervisord",
            "root": str(self._root),
            "log": str(self._folders.log),
            "run": str(self._folders.run),
            "socket": str(self.socket),
            "is_root": os.geteuid() == 0,
        }
        [file] = Export(template_dir=Path(__file__).parent).render(programs, context)
        path = self._folders.run / "supervisord.conf"
        path.touch(mode=0o600)
        path.write_text(file.content)
        return path

    def _wait_until_it_answers(self) -> None:
        deadline = monotonic() + START_S
        while True:
            try:
                self.pids()
            except SILENT:
                if not self.is_alive or monotonic() > deadline:
                    raise StartError(f"supervisor: {self._last_words()}") from None
                sleep(POLL_S)
            else:
                return

    def _last_words(self) -> str:
        lines = (self._folders.log / "supervisord.out").read_text().splitlines()
        return lines[-1] if lines else "it doesn't answer"


def pids(socket: Path) -> dict[str, int]:
    """Ask the supervisor on a socket which programs run, by process id."""
    return {name: one["pid"] for name, one in shown(socket).items() if one["pid"]}


def shown(socket: Path) -> dict[str, dict[str, Any]]:
    """Ask the supervisor on a socket what it knows of every program.

    Raises:
        StartError: it is ending.
    """
    return {info["name"]: info for info in _ask(socket, "getAllProcessInfo")}


def _ask(socket: Path, method: str, *arguments: Any) -> Any:
    transport = SupervisorTransport(None, None, f"unix://{socket}")
    with xmlrpc.client.ServerProxy("http://127.0.0.1", transport=transport) as proxy:
        try:
            return getattr(proxy.supervisor, method)(*arguments)
        except xmlrpc.client.Fault as fault:
            raise StartError(f"supervisor: {fault.faultString}") from fault
