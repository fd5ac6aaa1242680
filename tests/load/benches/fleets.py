"""Measure what players wait for in war: 200 bots with ships, through nginx.

The bots get ships as they join, then explore, chase and fight. All processes, the bots
among them, share this machine: instances, clock, workers, persister and servers.
"""

from time import perf_counter, process_time
from typing import Any

from tests.load.benches.empires import GALAXY, engine_of
from tests.load.benches.figures import Figure, at_most, figure
from tests.load.benches.machine import busy_seconds, cpu_seconds, shares
from tests.load.swarm import Swarm
from tests.load.tally import Report, quantiles
from tests.support.armament import arm
from tests.support.cluster import Cluster

BOTS = 200
RATE = 0.5
RUNS = 3
RUN_S = 30.0
WARM_UP_S = 20.0
UNITS = {"fighter": 200, "scout": 20}
TIMED = {"fleets.move": 25, "fleets.attack": 50}
"""Command -> what 95% of its acks may take, in ms."""


def measure() -> list[Figure]:
    """Run it on a cluster of its own."""
    with Cluster() as cluster:
        return _played(cluster)


def _played(cluster: Cluster) -> list[Figure]:
    with Swarm(cluster.url, bots=BOTS, rate=RATE, seed=1) as swarm:
        swarm.start()
        galaxy = engine_of(cluster).galaxy(GALAXY)
        for bot in swarm.bots:
            arm(galaxy, bot.player, units=UNITS)
        swarm.play(WARM_UP_S)
        runs, used = [], []
        for _ in range(RUNS):
            before, started = _cpu_seconds(cluster), perf_counter()
            swarm.play(RUN_S)
            seconds = perf_counter() - started
            used.append(shares(before, _cpu_seconds(cluster), seconds))
            runs.append(_run(swarm))
        report = swarm.stop()
    return [*_times(runs), *_cpu(used), *_seen(report)]


def _cpu_seconds(cluster: Cluster) -> dict[str, float]:
    """Give what the cluster used, and whatever else ran on this machine."""
    used = cpu_seconds(cluster.pids)
    others = busy_seconds() - sum(used.values()) - process_time()
    return used | {"everything else": others}


def _run(swarm: Swarm) -> dict[str, Any]:
    tally = swarm.tally
    acks = {name: quantiles(tally.acks_s.get(name, ())) for name in TIMED}
    commands = tally.commands.total() / swarm.played_s
    return acks | {"all": quantiles(tally.ack_s), "commands": commands}


def _times(runs: list[dict[str, Any]]) -> list[Figure]:
    figures = [figure("commands", "1/s", *(run["commands"] for run in runs))]
    for name in (*TIMED, "all"):
        acks = [run[name] for run in runs]
        figures.append(figure(f"{name}: acks", "", *(one["count"] for one in acks)))
        for rank in ("p50", "p95", "p99"):
            bound = TIMED.get(name) if rank == "p95" else None
            target = at_most(bound) if bound else None
            measured = (one[rank] for one in acks)
            figures.append(
                figure(f"{name}: ack {rank}", "ms", *measured, target=target)
            )
    return figures


def _cpu(used: list[dict[str, float]]) -> list[Figure]:
    return [
        figure(f"CPU of {name}", "%", *(run.get(name, 0.0) for run in used))
        for name in sorted(used[0])
    ]


def _seen(report: Report) -> list[Figure]:
    battles = report.tally.battles
    for wrong in report.wrongs():
        print(f"wrong: {wrong}")
    return [
        figure("CPU of the bots", "%", report.cpu_share * 100),
        figure("battles fought", "", len(battles.fought)),
        figure("battles seen by two bots or more", "", battles.compared),
        figure("moments that differ", "", battles.differing, target=at_most(0)),
        figure("things wrong", "", len(report.wrongs()), target=at_most(0)),
    ]
