"""Run the whole cluster for a test, by the same runner as `make run`."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Self

from deploy.death import with_parent
from deploy.local import state, supervisor
from deploy.local.folders import ROOT, Folders
from deploy.local.ports import LOOPBACK

START_S = 120.0
STOP_S = 90.0
BACK_S = 15.0
POLL_S = 0.02


class Cluster:
    """Hold one cluster with its servers, in a folder of its own."""

    def __init__(
        self, root: Path = ROOT, *, port: int = 0, web: int = 2, env: dict | None = None
    ) -> None:
        self._root = root
        self.var = Path(tempfile.mkdtemp(prefix="gd-"))
        self.given = {"PORT": str(port), "WEB": str(web), "VAR": str(self.var)}
        self.given |= env or {}
        self.output = self.var / "runner.out"
        self.exit_code: int | None = None
        self._folders = Folders(self.var)
        self._process: subprocess.Popen | None = None

    def __enter__(self) -> Self:
        """Start it, or leave nothing of it."""
        try:
            self.start()
        except BaseException:
            self.remove()
            raise
        return self

    def __exit__(self, *_raised: object) -> None:
        """End it and remove its data."""
        self.remove()

    def start(self) -> None:
        """Start it, also once more, and wait until it is ready."""
        self.stop()
        with self.output.open("wb") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "deploy.local.run"],
                cwd=self._root,
                env=dict(os.environ) | self.given,
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=with_parent(signal.SIGTERM),
            )
        deadline = monotonic() + START_S
        while state.read(self._folders) is None:
            if self._process.poll() is not None or monotonic() > deadline:
                self.stop()
                raise RuntimeError(self.output.read_text())
            sleep(POLL_S)

    def stop(self) -> None:
        """End it; the data stay for another start."""
        if self._process:
            self._process.terminate()
            self.exit_code = self._process.wait(STOP_S)
            self._process = None

    def remove(self) -> None:
        """End it and remove its data."""
        self.stop()
        shutil.rmtree(self.var)

    @property
    def runs(self) -> bool:
        """Tell whether it was started and didn't end since."""
        return state.read(self._folders) is not None

    @property
    def state(self) -> state.State:
        """What runs now, as var/run/cluster.json says."""
        found = state.read(self._folders)
        if found is None:
            raise RuntimeError("the cluster doesn't run")
        return found

    @property
    def url(self) -> str:
        """The public address."""
        return self.state.url

    @property
    def env(self) -> dict[str, str]:
        """The settings of every process."""
        return self.state.env

    @property
    def pids(self) -> dict[str, int]:
        """The processes that run now."""
        return supervisor.pids(Path(self.state.supervisor_socket))

    def instance_url(self, name: str) -> str:
        """The private address of one web instance."""
        return f"http://{LOOPBACK}:{self.state.parts[name].port}"

    def metrics_url(self, name: str) -> str:
        """Where one process tells its metrics."""
        part = self.state.parts[name]
        return f"http://{LOOPBACK}:{part.port or part.metrics_port}/metrics"

    def log(self, name: str) -> str:
        """What one process wrote so far."""
        return Path(self.state.parts[name].log).read_text(errors="replace")

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> int:
        """Send a signal to one process and its children; give the old id."""
        pid = self.pids[name]
        os.killpg(pid, number)
        return pid

    def wait_until_back(self, name: str, old_pid: int) -> None:
        """Wait until a killed process runs again."""
        wait_until(lambda: self.pids.get(name, old_pid) != old_pid, BACK_S)


def wait_until(is_so: Callable[[], bool], bound_s: float) -> None:
    """Wait for a condition.

    Raises:
        TimeoutError: it didn't come true in time.
    """
    deadline = monotonic() + bound_s
    while not is_so():
        if monotonic() > deadline:
            raise TimeoutError(f"not within {bound_s} s")
        sleep(POLL_S)
