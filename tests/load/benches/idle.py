"""Measure what idle colonies cost: memory before and after eviction, and CPU.

50,000 empires are founded past accounts, then nobody plays. What Redis would drop by
itself within minutes (rooms' histories, remembered replies) is dropped at once before
the second look, so that the benchmark needn't wait for it.
"""

from time import perf_counter, sleep

import redis

from app.cluster import Cluster as Engine
from app.engine.eviction import Eviction
from app.engine.keys import Keys
from tests.load.benches.empires import GALAXY, engine_of, found, founder
from tests.load.benches.figures import Figure, at_most, figure
from tests.load.benches.machine import cpu_seconds, shares
from tests.support.cluster import Cluster, wait_until

COLONIES = 50_000
PLANETS = "400000"
SAVED_S = 120.0
BUDGET_S = 5.0
WATCH_S = 20.0
WATCHES = 3
CALM_S = 60.0
"""What Postgres and Valkey still tidy up after so many changes isn't idleness."""
SCAN = 1_000
MIB = 1024**2

Shares = dict[str, float]
"""Process -> percent of one core."""

CPU_SLACK = 3.0
"""Percent of a core that two looks at an idle cluster may differ by."""


def measure() -> list[Figure]:
    """Run it on a cluster of its own, with planets for all."""
    with Cluster(env={"PLANETS": PLANETS}) as cluster:
        return _measured(cluster, engine_of(cluster))


def _measured(cluster: Cluster, engine: Engine) -> list[Figure]:
    client, keys = engine.galaxy(GALAXY).store.client, Keys(GALAXY)
    empty, idle_before = _memory(client), _watch(cluster)
    founding_s = _found_all(engine)
    wait_until(lambda: not client.xlen(keys.journal), SAVED_S)
    hot, aggregates = _memory(client), _aggregates(client, keys)
    evicting_s = _evict_all(engine, keys)
    evicted, left = _memory(client), _aggregates(client, keys)
    _drop_what_expires(client, keys)
    cold = _memory(client)
    sleep(CALM_S)
    idle_after = _watch(cluster)
    return [
        figure("colonies founded", "1/s", COLONIES / founding_s),
        figure("Redis, empty galaxy", "MiB", empty / MIB),
        figure("Redis, all colonies hot", "MiB", hot / MIB),
        figure("Redis, all colonies evicted", "MiB", evicted / MIB),
        figure("Redis, and what expires is gone", "MiB", cold / MIB),
        figure("hot colony", "bytes", (hot - empty) / COLONIES),
        figure("evicted colony", "bytes", (cold - empty) / COLONIES),
        figure("aggregates evicted", "1/s", (aggregates - left) / evicting_s),
        figure("aggregates left in Redis", "", left),
        *_cpu(idle_before, idle_after),
    ]


def _cpu(before: list[Shares], after: list[Shares]) -> list[Figure]:
    empty = figure("CPU, empty galaxy", "%", *(sum(one.values()) for one in before))
    bound = at_most(empty.median + CPU_SLACK)
    sums = (sum(one.values()) for one in after)
    each = [
        figure(f"CPU of {name}", "%", *(one.get(name, 0.0) for one in after))
        for name in sorted(after[0])
    ]
    return [empty, figure("CPU, all colonies idle", "%", *sums, target=bound), *each]


def _memory(client: redis.Redis) -> int:
    return int(client.info("memory")["used_memory"])


def _watch(cluster: Cluster) -> list[Shares]:
    return [_watch_once(cluster) for _ in range(WATCHES)]


def _watch_once(cluster: Cluster) -> Shares:
    before, started = cpu_seconds(cluster.pids), perf_counter()
    sleep(WATCH_S)
    return shares(before, cpu_seconds(cluster.pids), perf_counter() - started)


def _aggregates(client: redis.Redis, keys: Keys) -> int:
    return sum(1 for _ in client.scan_iter(match=keys.aggregates(), count=SCAN))


def _found_all(engine: Engine) -> float:
    dispatcher = founder(engine)
    found(dispatcher, "first")  # makes the planets
    started = perf_counter()
    for number in range(COLONIES):
        found(dispatcher, f"idle{number:09}")
    return perf_counter() - started


def _evict_all(engine: Engine, keys: Keys) -> float:
    """Do what the worker does twice a minute, without waiting 15 minutes for it."""
    client = engine.galaxy(GALAXY).store.client
    eviction = Eviction(client, keys, engine.postgres, GALAXY)
    started = perf_counter()
    while eviction.run(idle_s=0, budget_s=BUDGET_S):
        continue
    return perf_counter() - started


def _drop_what_expires(client: redis.Redis, keys: Keys) -> None:
    names = list(client.scan_iter(match=keys.everything(), count=SCAN))
    for first in range(0, len(names), SCAN):
        part = names[first : first + SCAN]
        pipe = client.pipeline(transaction=False)
        for name in part:
            pipe.pttl(name)
        expiring = [
            name for name, ms in zip(part, pipe.execute(), strict=True) if ms > 0
        ]
        if expiring:
            client.unlink(*expiring)
