"""Measure what players wait for: 100 bots at 2 commands a second, through nginx.

All processes, the bots among them, share this machine.
"""

from time import perf_counter
from typing import Any

from tests.load.benches.figures import Figure, at_most, figure
from tests.load.benches.machine import cpu_seconds, shares
from tests.load.swarm import Swarm
from tests.load.tally import Report, quantiles
from tests.support.cluster import Cluster

BOTS = 100
RATE = 2.0
RUNS = 3
RUN_S = 20.0
WARM_UP_S = 5.0
P95_MS = 20


def measure() -> list[Figure]:
    """Run it on a cluster of its own."""
    with Cluster() as cluster:
        return _played(cluster)


def _played(cluster: Cluster) -> list[Figure]:
    with Swarm(cluster.url, bots=BOTS, rate=RATE, seed=1) as swarm:
        swarm.start()
        swarm.play(WARM_UP_S)
        runs, used = [], []
        for _ in range(RUNS):
            before, started = cpu_seconds(cluster.pids), perf_counter()
            swarm.play(RUN_S)
            seconds = perf_counter() - started
            used.append(shares(before, cpu_seconds(cluster.pids), seconds))
            tally = swarm.tally
            times = {"ack": quantiles(tally.ack_s), "own": quantiles(tally.own_s)}
            runs.append(times | {"commands": tally.commands.total() / swarm.played_s})
        report = swarm.stop()
    return [*_times(runs), *_cpu(used), *_wrongs(report)]


def _times(runs: list[dict[str, Any]]) -> list[Figure]:
    figures = [figure("commands", "1/s", *(run["commands"] for run in runs))]
    for name, what in (("ack", "ack"), ("own", "own broadcast")):
        for rank in ("p50", "p95", "p99"):
            target = at_most(P95_MS) if rank == "p95" else None
            measured = (run[name][rank] for run in runs)
            figures.append(figure(f"{what} {rank}", "ms", *measured, target=target))
    return figures


def _cpu(used: list[dict[str, float]]) -> list[Figure]:
    return [
        figure(f"CPU of {name}", "%", *(run.get(name, 0.0) for run in used))
        for name in sorted(used[0])
    ]


def _wrongs(report: Report) -> list[Figure]:
    bots = figure("CPU of the bots", "%", report.cpu_share * 100)
    wrongs = figure("things wrong", "", len(report.wrongs()), target=at_most(0))
    return [bots, wrongs]
