"""Keep Valkey and Postgres running, however often they are killed."""

import os
import resource
import signal
import subprocess
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

import psutil

from deploy.death import with_parent
from deploy.local import postgres
from deploy.local.server import Server

START_S = 60.0
STOP_S = 20.0
POLL_S = 0.05
PAUSE_S = 0.2
"""Before a dead one is started again."""


class Kept:
    """Hold one server; a thread starts it again whenever it ends by itself."""

    def __init__(self, server: Server, log: Path, env: dict[str, str]) -> None:
        self.server, self._log = server, log
        self._env = dict(os.environ) | env
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._is_wanted = False
        self.starts = 0
        threading.Thread(target=self._keep, name=server.name, daemon=True).start()

    @property
    def pid(self) -> int:
        """Give the process' id; 0 while it doesn't run."""
        process = self._process
        return process.pid if process and process.poll() is None else 0

    def start(self) -> None:
        """Start it and wait until it answers.

        Raises:
            RuntimeError: it doesn't.
        """
        self._is_wanted = True
        deadline = monotonic() + START_S
        while not (self.pid and self.server.answers()):
            if monotonic() > deadline:
                raise RuntimeError(self._log.read_text(errors="replace")[-2_000:])
            sleep(POLL_S)

    def stop(self) -> None:
        """End it as an operator would, and leave it so."""
        with self._lock:
            self._is_wanted = False
            process = self._process
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.Signals[f"SIG{self.server.stop_signal}"])
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(STOP_S)

    def _keep(self) -> None:
        while True:
            with self._lock:
                if self._is_wanted and not self.pid:
                    self._process = self._run()
                    self.starts += 1
            sleep(PAUSE_S)

    def _run(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(
                self.server.command,
                cwd=self.server.directory,
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                restore_signals=False,  # a full disk must not be a signal that kills
                preexec_fn=with_parent(signal.SIGQUIT),
                **postgres.identity(self.server.user),
            )


def family(pid: int) -> list[int]:
    """Name a process and all below it; Postgres' are in groups of their own."""
    if not pid:
        return []
    try:
        below = psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return [pid]
    return [pid, *(one.pid for one in below)]


def send(pids: Iterable[int], number: signal.Signals) -> None:
    """Send a signal to processes; those that are gone don't matter."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def limit_files(pid: int, bytes_max: int) -> None:
    """Let a running process write no file past so many bytes, as on a full disk."""
    with suppress(ProcessLookupError, PermissionError):
        _soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (bytes_max, hard))
