"""Show on durable servers that kill -9 loses and doubles nothing acknowledged."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from unittest import mock

import pytest

from app.cluster import Cluster
from app.config import Settings, load
from app.core.message import Command
from app.game import registry
from deploy import migrate
from deploy.death import with_parent
from tests.support.servers import Running, Servers
from tests.support.waiting import wait_for
from workers import verify

ROOT = Path(__file__).parents[3]
PLAYERS = 5


class Play:
    """Send commands until stopped; what gets no answer is sent again, the same."""

    def __init__(self, cluster: Cluster) -> None:
        self.acknowledged: list[str] = []
        self._dispatcher = cluster.galaxy("1").dispatcher
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(30)
        assert not self._thread.is_alive()

    def wait_for_more(self, more: int = 50) -> None:
        goal = len(self.acknowledged) + more
        wait_for(lambda: len(self.acknowledged) >= goal, "more acknowledged commands")

    def _run(self) -> None:
        homes = [(player, self._join(player)) for player in self._players()]
        for number in count():
            for player, colony in homes:
                if self._stop.wait(0.002):
                    return
                self._rename(player, colony, number)

    def _players(self) -> list[str]:
        return [f"player{i}" for i in range(PLAYERS)]

    def _join(self, player: str) -> str:
        join = registry.joining(
            player=player, username=player, command_id=f"{player}/j"
        )
        return self._do(join)["colony"]

    def _rename(self, player: str, colony: str, number: int) -> None:
        rename = registry.translate(
            "colonies.rename",
            {"colony": colony, "name": f"Home {number}"},
            player=player,
            command_id=f"{player}/{number}",
        )
        self._do(rename)

    def _do(self, command: Command) -> dict:
        while True:
            answer = self._dispatcher.dispatch(command)
            if answer.ok:
                self.acknowledged.append(command.id)
                return answer.result or {}
            assert answer.code == "unavailable", answer
            if self._stop.wait(0.02):
                return {}


class Process:
    """Run the real persister."""

    def __init__(self, env: dict[str, str], log: Path) -> None:
        self._env = env
        self._log = log
        self._start()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(10)

    def kill_and_restart(self) -> None:
        self.kill()
        self._start()

    def _start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "workers.persister"],
                env=os.environ | self._env,
                cwd=ROOT,
                stdout=log,
                stderr=log,
                preexec_fn=with_parent(signal.SIGKILL),
            )


@pytest.fixture
def durable() -> Iterator[Servers]:
    servers = Servers(durable=True)
    servers.start()
    yield servers
    servers.stop()


@pytest.fixture
def env(durable: Servers) -> dict[str, str]:
    url = durable.create_database("killed")
    with mock.patch.dict(os.environ, {"DATABASE_URL": url}):
        migrate.main()
    return {
        "DATABASE_URL": url,
        "REDIS_STATE_URL": durable.valkey.url,
        "PLANETS": "500",
    }


@pytest.fixture
def settings(env: dict[str, str]) -> Settings:
    with mock.patch.dict(os.environ, env):
        return load()


def test_kill_9_of_persister_redis_and_postgres_under_load(
    durable: Servers, env: dict[str, str], settings: Settings, tmp_path: Path, capsys
) -> None:
    cluster = Cluster(settings)
    persister = Process(env, tmp_path / "persister.log")
    play = Play(cluster)
    try:
        play.wait_for_more()
        persister.kill_and_restart()
        play.wait_for_more()
        restart(durable.valkey)
        play.wait_for_more()
        restart(durable.postgres)
        play.wait_for_more()
        persister.kill_and_restart()
        play.wait_for_more()
        play.stop()
        assert verify.verify(settings), capsys.readouterr().out
        with cluster.postgres.connect() as connection:
            rows = connection.exec_driver_sql(
                "SELECT command_id FROM commands WHERE reply <> ''"
            )
            assert sorted(rows.scalars()) == sorted(play.acknowledged)
        assert "lost its tail" not in (tmp_path / "persister.log").read_text()
    finally:
        play.stop()
        persister.kill()


def restart(server: Running) -> None:
    server.kill()
    server.start()
