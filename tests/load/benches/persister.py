"""Measure the persister: how fast one empties a journal of real play."""

import io
from contextlib import redirect_stdout

import redis

from app.engine.keys import Keys
from tests.load import persister
from tests.load.benches.figures import Figure, at_least, figure

RUNS = 3
EMPIRES = 1_000
ROUNDS = 10
EVENTS_PER_S = 10_000


def measure() -> list[Figure]:
    """Run it on servers of its own."""
    with redirect_stdout(io.StringIO()):
        runs = [_run() for _ in range(RUNS)]
    events, commands = zip(*runs, strict=True)
    return [
        figure("events", "1/s", *events, target=at_least(EVENTS_PER_S)),
        figure("commands", "1/s", *commands),
    ]


def _run() -> tuple[float, float]:
    with (
        persister.local_servers() as servers,
        redis.Redis.from_url(servers.state_url) as client,
    ):
        persister.empty(servers, client)  # makes the epoch
        persister.Play(servers).run(EMPIRES, ROUNDS)
        entries = client.xlen(Keys(persister.GALAXY).journal)
        seconds = persister.empty(servers, client)
        return persister.count(servers, "events") / seconds, entries / seconds
