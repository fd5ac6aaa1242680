"""Measure the battle engine: how much faster than real time, and what millions take.

It needs no servers: battles are a pure function. Memory is that of a process that does
nothing else, Python and NumPy included.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from app.game.combat.model.engine.run import advance, begin, fight
from app.game.combat.model.engine.spec import MARK_TICKS
from tests.load.benches.figures import Figure, at_most, figure
from tests.load.tally import percentile
from tests.support.fights import MILLION, Battle, duel, force, mixed

ROOT = Path(__file__).parents[3]
SEEDS = range(7)
SECOND_TARGET_MS = 50
WHOLE_TARGET_S = 2
MEMORY_TARGET_MIB = 200
KIB = 1024


def measure() -> list[Figure]:
    """Fight battles of each size, with a seed of its own a run."""
    steps = [_steps_s(_skirmish(seed)) for seed in SEEDS]
    wholes = [_millions_apart(seed) for seed in SEEDS]
    return [
        _of_steps("p50", steps, 50),
        _of_steps("p95", steps, 95),
        _of_steps("max", steps, 100),
        figure(
            "500 v 500 ships: a battle second, p95",
            "ms",
            *(percentile(_steps_s(_battle(seed)), 95) for seed in SEEDS),
        ),
        figure(
            "3 sides of 500 ships: a battle second, p95",
            "ms",
            *(percentile(_steps_s(_three_sides(seed)), 95) for seed in SEEDS),
        ),
        figure(
            "15 million v 28 million ships, to the end",
            "s",
            *(whole["seconds"] for whole in wholes),
            target=at_most(WHOLE_TARGET_S),
        ),
        figure("the same, ticks", "", *(whole["ticks"] for whole in wholes)),
        figure(
            "the same, most memory of its process",
            "MiB",
            *(whole["peak_mib"] for whole in wholes),
            target=at_most(MEMORY_TARGET_MIB),
        ),
    ]


def _skirmish(seed: int) -> Battle:
    return duel(seed, mixed(200), mixed(200), 400)


def _battle(seed: int) -> Battle:
    return duel(seed, mixed(500), mixed(500), 400)


def _three_sides(seed: int) -> Battle:
    places = ((0, 0), (400, 0), (200, 350))
    forces = (force(f"f{n}", n, place, mixed(500)) for n, place in enumerate(places))
    return Battle(seed, tuple(forces))


def _steps_s(battle: Battle) -> list[float]:
    """Fight it as the game does, a second at a time; give what each step took."""
    frame, taken = begin(battle.seed, battle.forces), []
    while not frame.over:
        started = perf_counter()
        frame = advance(*battle, frame, frame.tick + MARK_TICKS)
        taken.append(perf_counter() - started)
    return taken


def _of_steps(name: str, runs: Sequence[list[float]], percent: int) -> Figure:
    values = (percentile(run, percent) for run in runs)
    what = f"200 v 200 ships: a battle second, {name}"
    return figure(what, "ms", *values, target=at_most(SECOND_TARGET_MS))


def _millions_apart(seed: int) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", __name__, str(seed)],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main(seed: int) -> int:
    """Fight millions once, and print what that took."""
    battle = duel(seed, mixed(15 * MILLION), mixed(28 * MILLION), 400)
    started = perf_counter()
    frame = fight(*battle)
    seconds = perf_counter() - started
    found = {"seconds": seconds, "ticks": frame.tick, "peak_mib": _peak_mib()}
    json.dump(found, sys.stdout)
    return 0


def _peak_mib() -> float:
    """Give this process' own peak: what `getrusage` says includes its parent's."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / KIB
    raise RuntimeError("this system doesn't say how much memory was used")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
