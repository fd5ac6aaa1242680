"""Run Postgres and Valkey for tests, each with a folder and an address of its own."""

import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from time import monotonic, sleep

import psutil
from sqlalchemy import create_engine

from deploy.death import with_parent
from deploy.local import postgres, valkey
from deploy.local.ports import free_ports
from deploy.local.server import Server

START_S = 30.0
STOP_S = 15.0


class Running:
    """Hold one server's process; it can be killed and started again."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.url = server.url
        self.log = server.directory.with_suffix(".log")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Tell its process id, while it runs."""
        assert self._process
        return self._process.pid

    def start(self) -> None:
        """Start it and wait until it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.server.command,
                cwd=self.server.directory,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=with_parent(signal.SIGQUIT),
                **postgres.identity(self.server.user),
            )
        self._wait_until_it_answers()

    def kill(self) -> None:
        """End it at once, as a crash would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it as an operator would."""
        self._end(signal.Signals[f"SIG{self.server.stop_signal}"])

    def _end(self, number: signal.Signals) -> None:
        """End it, and wait for its children: no Postgres starts beside old ones."""
        if self._process:
            children = psutil.Process(self.pid).children(recursive=True)
            self._process.send_signal(number)
            self._process.wait(STOP_S)
            psutil.wait_procs(children, STOP_S)
            self._process = None

    def _wait_until_it_answers(self) -> None:
        deadline = monotonic() + START_S
        while not self.server.answers():
            if self._process.poll() is not None or monotonic() > deadline:
                raise RuntimeError(self.log.read_text(errors="replace"))
            sleep(0.02)


class Servers:
    """Hold a Postgres and a Valkey whose data nobody needs afterwards."""

    def __init__(self, *, durable: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="gd-"))
        self.sockets = self.folder / "s"
        port = free_ports(1)[0]
        self.postgres = Running(
            postgres.server(self.folder / "postgres", self.sockets, durable=durable)
        )
        self.valkey = Running(
            valkey.server(self.folder / "valkey", port, durable=durable)
        )

    def start(self) -> None:
        """Start both."""
        try:
            self.valkey.start()
            self.postgres.start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End both and remove their data."""
        self.valkey.stop()
        self.postgres.stop()
        shutil.rmtree(self.folder)

    def create_database(self, name: str) -> str:
        """Make an empty database and give its URL."""
        return postgres.create_database(self.sockets, name)

    def drop_database(self, name: str) -> None:
        """Remove a database, and whoever is still connected to it."""
        url = postgres.url(self.sockets, "postgres")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
        engine.dispose()
