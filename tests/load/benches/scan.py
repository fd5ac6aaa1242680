"""Measure the anti-cheat's scan: how fast it goes through a history full of fleets.

The history is written as the persister writes it: fleets that set out, cross borders
and arrive, each course ordered by its player with an arrival claimed. Every event is
looked at, and half of them are of the kinds that detectors read.
"""

import os
from collections.abc import Iterator
from random import Random
from time import perf_counter
from unittest import mock

from app import config
from app.cluster import Cluster
from app.core.units import MINUTE_MS, SECOND_MS
from app.engine import checkpoint, journal, partitions
from app.engine.batch import Batch
from app.engine.checkpoint import Checkpoint
from app.engine.history import History
from app.game.fleets.model.events import (
    CourseSet,
    FleetLaunched,
    FleetStopped,
    SectorEntered,
)
from app.game.fleets.model.state import Course, Order, Waypoint
from tests.load import persister
from tests.load.benches.figures import Figure, at_least, at_most, figure
from workers import anticheat

RUNS = 3
FLEETS = 2_000
ROUNDS = 10
BATCH = 5_000
GALAXY = "1"
START_MS = 1_763_700_000_000
SPEED_MILLI = 10_000
EVENTS_PER_S = 10_000


def measure() -> list[Figure]:
    """Run it on a Postgres of its own."""
    with persister.local_servers() as servers:
        urls = {
            "DATABASE_URL": servers.database_url,
            "REDIS_STATE_URL": servers.state_url,
        }
        with mock.patch.dict(os.environ, urls):
            cluster = Cluster(config.load())
        begin = Checkpoint(epoch="bench")
        with cluster.postgres.begin() as connection:
            checkpoint.begin_epoch(connection, GALAXY, begin)
        runs = []
        for run in range(RUNS):
            begin, events = _write(cluster, begin, run)
            runs.append((events, _scan_seconds(cluster)))
    rates = [events / seconds for events, seconds in runs]
    return [
        figure("events", "1/s", *rates, target=at_least(EVENTS_PER_S)),
        figure(
            "share of its time at 10,000 events/s",
            "%",
            *(100 * EVENTS_PER_S / rate for rate in rates),
            target=at_most(100),
        ),
    ]


def _scan_seconds(cluster: Cluster) -> float:
    started = perf_counter()
    anticheat.scan_galaxy(cluster, GALAXY)
    return perf_counter() - started


def _write(cluster: Cluster, begin: Checkpoint, run: int) -> tuple[Checkpoint, int]:
    """Write one run's history; give where it ends, and how many events it has."""
    codec = cluster.galaxy(GALAXY).codec
    history, events = History(GALAXY, codec, ()), 0
    with cluster.postgres.connect() as connection:
        entries = [*_entries(codec.encode, run)]
        for first in range(0, len(entries), BATCH):
            batch = Batch(GALAXY, begin)
            batch.add(
                (
                    f"{run + 1}-{first + i}".encode(),
                    {journal.ENTRY_FIELD: journal.encode(entry), b"s0": b""},
                )
                for i, entry in enumerate(entries[first : first + BATCH])
            )
            partitions.ensure(connection, batch.months)
            history.write(connection, batch)
            begin, events = batch.end, events + len(batch.events)
    return begin, events


def _entries(encode, run: int) -> Iterator[journal.Entry]:
    """Let all fleets fly to and fro, in turns."""
    chance = Random(run)
    at_ms = START_MS + run * ROUNDS * MINUTE_MS
    versions = dict.fromkeys((f"f{run}.{i}" for i in range(FLEETS)), 0)

    def entry(fleet: str, name: str, at_ms: int, event, sent: str) -> journal.Entry:
        versions[fleet] += 1
        change = journal.Change("fleet", fleet, versions[fleet], (encode(event),), None)
        player = f"player{fleet[1:]}"
        return journal.Entry(
            f"{fleet}/{versions[fleet]}",
            name,
            player,
            at_ms,
            sent,
            b"",
            (change,),
            (),
            (),
        )

    for fleet in versions:
        launched = FleetLaunched(
            fleet=fleet,
            player=f"player{fleet[1:]}",
            username=fleet,
            name="Fleet",
            home="c",
            ships={"fighter": 9},
            x_milli=50_000,
            y_milli=50_000,
            sector="0:0",
            sensor_milli=1,
            at_ms=at_ms,
        )
        yield entry(fleet, "LaunchFleet", at_ms, launched, "x")
    for round_ in range(ROUNDS):
        for i, fleet in enumerate(versions):
            when = at_ms + round_ * MINUTE_MS + i * 20 + chance.randrange(20)
            for name, moment, event, sent in _course(fleet, when, round_):
                yield entry(fleet, name, moment, event, sent)


def _course(fleet: str, at_ms: int, number: int) -> Iterator[tuple]:
    here, there = (50_000, 250_000) if number % 2 == 0 else (250_000, 50_000)
    ends_ms = at_ms + 200_000 * SECOND_MS // SPEED_MILLI
    path = (Waypoint(here, 50_000, at_ms), Waypoint(there, 50_000, ends_ms))
    order = Order(id=f"{fleet}.{number}", kind="move", points=((there, 50_000),))
    course = Course(id=order.id, path=path)
    departed = CourseSet(
        course=course, order=order, speed_milli=SPEED_MILLI, predicted_ms=ends_ms - 5
    )
    yield "MoveFleet", at_ms, departed, "x"
    for sector, left in (("1:0", "0:0"), ("2:0", "1:0")):
        crossed = SectorEntered(sector=sector, left=left, at_ms=at_ms + 5)
        yield "CrossBorder", at_ms + 5, crossed, ""
    stopped = FleetStopped(
        x_milli=there, y_milli=50_000, sector="2:0", at_ms=ends_ms, is_arrival=True
    )
    yield "Arrive", ends_ms, stopped, ""
