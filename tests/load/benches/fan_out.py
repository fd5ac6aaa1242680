"""Measure what a command and its deliveries cost a web instance: CPU, not time.

One instance and one Valkey; rooms of ten, where everybody says something once a second
and all ten hear it. The commands are counters', so that what is measured is the edge
and the write path: decide, one commit, and the fan-out to the room.

`python -m tests.load.benches.fan_out [tree ...]` runs the code of several trees in
turns, on the same Valkey and by the same talkers.
"""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import redis

from tests.integration.realtime.instances import ROOT, Instance
from tests.load.benches import talkers
from tests.load.benches.figures import Figure, figure
from tests.load.benches.machine import cpu_seconds
from tests.load.benches.talkers import Heard
from tests.load.tally import percentile
from tests.support.servers import Servers

TALKERS = 500
PER_S = 1.0
WARM_UP_S = 3.0
RUN_S = 10.0
RUNS = 3
PAIRS = 3
REST_S = 0.5
MICRO = 1_000_000
SETTINGS = {
    "RATE_LIMITS_FACTOR": "100",
    "ADDRESS_LIMITS_FREE": "127.0.0.1/32",
    "GALAXIES": "1",
}

Run = dict[str, float]


def measure() -> list[Figure]:
    """Run it some times on one instance."""
    bench = _Bench()
    try:
        runs = bench.runs(ROOT, RUNS)
    finally:
        bench.end()
    return _figures(runs)


class _Bench:
    """Hold the servers that all trees share."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="gd-"))
        self._servers = Servers(durable=True)
        self._servers.valkey.start()
        self._client = redis.Redis.from_url(self._servers.valkey.url)
        self._client.set("{g1}:epoch", "bench")

    def end(self) -> None:
        """End the servers."""
        self._client.close()
        self._servers.valkey.stop()
        shutil.rmtree(self._servers.folder)
        shutil.rmtree(self._folder)

    def runs(self, root: Path, count: int) -> list[Run]:
        """Start an instance of a tree and let talkers talk."""
        instance = Instance(self._folder, self._servers.valkey.url, root, **SETTINGS)
        try:
            return asyncio.run(self._talk(instance, count))
        finally:
            instance.kill()

    async def _talk(self, instance: Instance, count: int) -> list[Run]:
        heard = Heard()
        all_ = await talkers.enter("127.0.0.1", instance.port, TALKERS, heard)
        draws = Random(1)
        await talkers.talk(all_, WARM_UP_S, PER_S, draws)
        runs = [await self._run(instance, all_, heard, draws) for _ in range(count)]
        await talkers.leave(all_)
        return runs

    async def _run(
        self, instance: Instance, all_: Sequence[Any], heard: Heard, draws: Random
    ) -> Run:
        pids = {"web": instance.process.pid}
        await asyncio.sleep(REST_S)
        before = Heard(**{name: getattr(heard, name) for name in Heard.__slots__})
        heard.late_s = []
        cpu, server = cpu_seconds(pids)["web"], self._server_s()
        await talkers.talk(list(all_), RUN_S, PER_S, draws)
        await asyncio.sleep(REST_S)
        await talkers.answered(heard)
        cpu, server = cpu_seconds(pids)["web"] - cpu, self._server_s() - server
        commands, events = (
            heard.acked - before.acked,
            heard.delivered - before.delivered,
        )
        if heard.gaps:
            raise RuntimeError(f"{heard.gaps} broadcasts were missed")
        return {
            "command": cpu / commands * MICRO,
            "event": cpu / events * MICRO,
            "server": server / commands * MICRO,
            "commands": commands / RUN_S,
            "events": events / RUN_S,
            "refused": heard.refused - before.refused,
            "batch": events / (heard.frames - before.frames),
            "p50": percentile(heard.late_s, 50),
            "p95": percentile(heard.late_s, 95),
        }

    def _server_s(self) -> float:
        used = self._client.info("cpu")
        return float(used["used_cpu_user"]) + float(used["used_cpu_sys"])


UNITS = {
    "event": ("instance's CPU a delivered event", "µs"),
    "command": ("instance's CPU a command with its deliveries", "µs"),
    "server": ("Valkey's CPU a command", "µs"),
    "commands": ("commands", "1/s"),
    "events": ("delivered events", "1/s"),
    "refused": ("commands refused", ""),
    "batch": ("events a frame", ""),
    "p50": ("ack p50", "ms"),
    "p95": ("ack p95", "ms"),
}


def _figures(runs: list[Run]) -> list[Figure]:
    return [
        figure(what, unit, *(run[name] for run in runs))
        for name, (what, unit) in UNITS.items()
    ]


def main(trees: list[Path]) -> int:
    """Run several trees in turns and print each's figures."""
    bench = _Bench()
    runs: dict[Path, list[Run]] = {tree: [] for tree in trees}
    try:
        for _ in range(PAIRS):
            for tree in trees:
                runs[tree] += bench.runs(tree, 1)
                print(tree, {name: round(x, 2) for name, x in runs[tree][-1].items()})
    finally:
        bench.end()
    for tree, some in runs.items():
        print(tree, {name: round(median(r[name] for r in some), 2) for name in UNITS})
    return 0


if __name__ == "__main__":
    sys.exit(main([Path(one).resolve() for one in sys.argv[1:]] or [ROOT]))
