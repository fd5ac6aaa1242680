"""Measure the persister: `python -m tests.load.persister [players] [rounds]`.

Players found empires, then place and cancel buildings, through the real write path and
with the real rules. One persister then empties that journal, with Valkey and
Postgres (durable) of its own on this machine.
"""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter, process_time, sleep
from unittest import mock

import redis
from sqlalchemy import text

from app.core.message import Command
from app.engine import postgres
from app.engine.codec import Codec
from app.engine.cold import Cold
from app.engine.dispatch import Dispatcher
from app.engine.keys import Keys
from app.engine.persister import Persister, Servers
from app.engine.redis import connect
from app.engine.store import Store
from app.game import registry
from app.game.colonies.rules.build import Build
from app.game.colonies.rules.cancel import CancelOrder
from deploy import migrate
from tests.support.servers import Servers as LocalServers

GALAXY = "1"
GAME = registry.build_game("bench", 20_000, "bench")


@contextmanager
def local_servers() -> Iterator[Servers]:
    """Run durable servers, with all tables."""
    local = LocalServers(durable=True)
    local.start()
    try:
        url = local.create_database("bench")
        with mock.patch.dict(os.environ, {"DATABASE_URL": url}):
            migrate.main()
        yield Servers(local.valkey.url, local.valkey.url, url)
    finally:
        local.stop()


class Play:
    """Fill the journal."""

    def __init__(self, servers: Servers) -> None:
        store = Store(connect(servers.state_url), Keys(GALAXY))
        cold = Cold(postgres.connect(servers.database_url), GALAXY)
        self._dispatcher = Dispatcher(GAME, store, Codec(GAME), cold)

    def run(self, players: int, rounds: int) -> None:
        """Let every player found an empire, then order and cancel."""
        homes = {
            name: self.join(name) for name in map("player{:07}".format, range(players))
        }
        for number in range(rounds):
            for player, colony in homes.items():
                self._round(player, colony, number)

    def join(self, player: str) -> str:
        """Found an empire and give its colony."""
        join = registry.joining(player=player, username=player, command_id=player)
        return self._do(join)["colony"]

    def _round(self, player: str, colony: str, number: int) -> None:
        where = {"player": player, "colony": colony}
        build = Build(id=f"{player}/b{number}", building="mine", **where)
        order = self._do(build)["order"]
        self._do(CancelOrder(id=f"{player}/c{number}", order=order, **where))

    def _do(self, command: Command) -> dict:
        answer = self._dispatcher.dispatch(command)
        assert answer.ok, answer
        return answer.result


def empty(servers: Servers, client: redis.Redis) -> float:
    """Let a persister empty the journal; give the seconds it took."""
    stop = threading.Event()
    persister = Persister(servers, GALAXY, Codec(GAME), registry.PROJECTIONS)
    thread = threading.Thread(target=persister.run, args=(stop,))
    started, cpu = perf_counter(), process_time()
    thread.start()
    keys = Keys(GALAXY)
    while client.xlen(keys.journal) or not client.exists(keys.epoch):
        sleep(0.01)
    seconds = perf_counter() - started
    print(f"persister's own CPU: {process_time() - cpu:.2f} s")
    stop.set()
    thread.join()
    return seconds


def count(servers: Servers, table: str) -> int:
    """Count rows."""
    engine = postgres.connect(servers.database_url)
    with engine.connect() as connection:
        rows = connection.execute(text(f"SELECT count(*) FROM {table}"))  # noqa: S608
        return rows.scalar_one()


def main() -> None:
    """Fill, empty, tell."""
    players, rounds = (*map(int, sys.argv[1:]), 1_000, 5)[:2]
    with local_servers() as servers, redis.Redis.from_url(servers.state_url) as client:
        empty(servers, client)  # makes the epoch
        Play(servers).run(players, rounds)
        waiting = client.xlen(Keys(GALAXY).journal)
        sleep(5)
        seconds = empty(servers, client)
        events, commands = count(servers, "events"), count(servers, "commands")
    print(
        f"{waiting} entries, {events} events, {commands} commands in {seconds:.2f} s:"
        f" {events / seconds:.0f} events/s, {commands / seconds:.0f} commands/s"
    )


if __name__ == "__main__":
    main()
