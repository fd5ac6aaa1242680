"""Harm a cluster of our own under load: `make chaos SEED=7 FOR=120 BOTS=40`.

`KILLS=20` kills every kind of part so often instead. The exit code is 1 where anything
was wrong: a command lost or done twice, a law broken, a return that took too long.
"""

import argparse
import secrets
import sys
from pathlib import Path

from rich.console import Console

from deploy.local.environment import here
from tests.load.api import Failed
from tests.load.chaos import schedule
from tests.load.chaos.report import show
from tests.load.chaos.run import Plan, run

KILL_S = 30.0
"""Bound of one kill with its recovery, on average."""
SEED_BITS = 24


def main() -> int:
    """Run one chaos, and tell how it went."""
    asked = _arguments().parse_args()
    console = Console()
    seed = secrets.randbits(SEED_BITS) if asked.seed is None else asked.seed
    folder = asked.folder or here().var / "chaos" / str(seed)
    plan = _plan(asked, seed, folder)
    console.print(f"seed {seed}; the history goes to {folder}", markup=False)

    def say(what: str) -> None:
        console.print(what, markup=False, highlight=False)

    try:
        outcome = run(plan, say)
    except KeyboardInterrupt:
        return 130
    except (Failed, RuntimeError, TimeoutError) as error:
        console.print(f"wrong: it did not come back: {error!r}", markup=False)
        return 1
    show(outcome, console)
    return 1 if outcome.wrongs() else 0


def _plan(asked: argparse.Namespace, seed: int, folder: Path) -> Plan:
    if asked.kills:
        rounds, for_s = schedule.kills(seed, asked.kills), asked.kills * KILL_S * 8
    else:
        rounds, for_s = schedule.rounds(seed, asked.kinds), asked.seconds
    return Plan(seed=seed, bots=asked.bots, rounds=rounds, for_s=for_s, folder=folder)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="chaos", description="Harm a cluster.")
    parser.add_argument("--seed", type=int, help="do the same again")
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--bots", type=int, default=40)
    parser.add_argument("--kills", type=int, default=0, help="of every kind of part")
    parser.add_argument("--kinds", type=_kinds, default=tuple(schedule.TARGETS))
    parser.add_argument("--folder", type=Path, help="where the history goes")
    return parser


def _kinds(given: str) -> tuple[str, ...]:
    kinds = tuple(given.split(","))
    unknown = set(kinds) - set(schedule.TARGETS)
    if unknown:
        known = ", ".join(schedule.TARGETS)
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: none of {known}")
    return kinds


if __name__ == "__main__":
    sys.exit(main())
