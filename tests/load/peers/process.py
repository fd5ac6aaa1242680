"""Run the processes of a peer; they end with us, however we end."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, sleep

from deploy.death import with_parent
from deploy.local.ports import LOOPBACK

START_S = 30.0
STOP_S = 3.0
"""Open sockets are not waited for: what runs here is thrown away."""
POLL_S = 0.05


class Process:
    """Hold one process, which writes to a log of its own."""

    def __init__(
        self, command: Sequence[str], folder: Path, log: Path, env: Mapping[str, str]
    ) -> None:
        self.log = log
        with log.open("wb") as out:
            self._process = subprocess.Popen(
                command,
                cwd=folder,
                env=dict(os.environ) | dict(env),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=with_parent(signal.SIGTERM),
            )

    @property
    def pid(self) -> int:
        """Tell its id."""
        return self._process.pid

    def wait_until_it_answers(self, port: int, path: str) -> None:
        """Wait until its port answers HTTP, whatever it says.

        Raises:
            RuntimeError: it ended, or was silent.
        """
        deadline = monotonic() + START_S
        while not _answers(port, path):
            if self._process.poll() is not None or monotonic() > deadline:
                raise RuntimeError(self.log.read_text(errors="replace"))
            sleep(POLL_S)

    def stop(self) -> None:
        """End it, with what it started."""
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_S)
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait(STOP_S)


def _answers(port: int, path: str) -> bool:
    connection = HTTPConnection(LOOPBACK, port, timeout=1)
    try:
        connection.request("GET", path)
        connection.getresponse().read()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True
