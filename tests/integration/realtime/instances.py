"""Run web instances for tests: gunicorn with our worker, each a process of its own."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import requests

from deploy.local.ports import free_ports
from tests.support.waiting import wait_for

ROOT = Path(__file__).parents[3]
START_S = 20.0


class Instance:
    """Hold one web instance."""

    def __init__(
        self, folder: Path, url: str, root: Path = ROOT, **settings: str
    ) -> None:
        port = free_ports(1)[0]
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.log = folder / f"{port}.log"
        environment = {
            **os.environ,
            "DATABASE_URL": "postgresql://nowhere",
            "REDIS_STATE_URL": url,
            "INSTANCE": f"web.{port}",
            "GALAXIES": "1,2",
            "CONNECTIONS_PER_ADDRESS": "200",
            "PYTHONWARNINGS": "error",
            **settings,
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "gunicorn"),
                    *("--worker-class", "app.realtime.runtime.Worker"),
                    *("--bind", f"127.0.0.1:{port}", "--workers", "1"),
                    *("--graceful-timeout", "30", "--keep-alive", "2"),
                    "--no-control-socket",
                    "tests.integration.realtime.counters_app:application",
                ],
                cwd=root,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_for(self._answers, "the instance answers", START_S)

    def _answers(self) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError(self.log.read_text())
        try:
            return requests.get(f"{self.url}/mode", timeout=1).ok
        except requests.RequestException:
            return False

    def get(self, path: str) -> str:
        """Ask the instance."""
        return requests.get(self.url + path, timeout=5).text

    def metric(self, name: str) -> float:
        """Read one of its numbers."""
        lines = self.get("/metrics").splitlines()
        found = [line.split()[-1] for line in lines if line.startswith(name)]
        return float(found[0]) if found else 0.0

    def output(self) -> str:
        """Read what the instance logged."""
        return self.log.read_text(errors="replace")

    def terminate(self) -> None:
        """Ask it to leave."""
        self.process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once, with its workers."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)
