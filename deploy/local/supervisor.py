"""Keep the cluster's processes alive by supervisor, and talk to it on its socket."""

import os
import shlex
import signal
import subprocess
import sys
import xmlrpc.client
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from honcho.export.supervisord import Export
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
    """Hold what supervisor runs, and how long it may take to stop."""

    name: str
    command: str
    directory: Path | str
    env: dict[str, str] = field(default_factory=dict)
    stop_signal: str = "TERM"
    stop_s: int = 20
    user: str | None = None


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

    def run(self, name: str) -> None:
        """Start one program.

        Raises:
            StartError: its command is not there or may not be run.
        """
        try:
            _ask(self.socket, "startProcess", name, False)
        except xmlrpc.client.Fault as fault:
            raise StartError(f"{name} can't be started: {fault.faultString}") from fault

    def pids(self) -> dict[str, int]:
        """Tell the process id of every program that runs now."""
        return pids(self.socket)

    def stop(self, names: Iterable[str]) -> None:
        """Ask programs to stop, all at once, and wait until they did."""
        wanted = set(names)
        while self.is_alive and (running := wanted & set(self.pids())):
            for name in running:
                with suppress(xmlrpc.client.Fault):  # it is stopping already
                    _ask(self.socket, "stopProcess", name, False)
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
    found = _ask(socket, "getAllProcessInfo")
    return {info["name"]: info["pid"] for info in found if info["pid"]}


def _ask(socket: Path, method: str, *arguments: Any) -> Any:
    transport = SupervisorTransport(None, None, f"unix://{socket}")
    with xmlrpc.client.ServerProxy("http://127.0.0.1", transport=transport) as proxy:
        return getattr(proxy.supervisor, method)(*arguments)
