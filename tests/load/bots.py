"""Let bots play on a running cluster: `make bots N=50 FOR=60`.

They use the public protocol only. The exit code is 1 where something was wrong: a gap
that stayed, an effect that came twice, a 5xx, a refusal that honest play can't meet.
"""

import argparse
import math
import os
import sys
from collections.abc import Callable
from pathlib import Path

import orjson
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from tests.load.api import Failed
from tests.load.swarm import Swarm
from tests.load.table import show
from tests.load.tally import Report


def main() -> int:
    """Play, and tell how it went."""
    asked = _arguments().parse_args()
    console = Console()
    if not asked.url:
        console.print("error: which cluster? --url, or CLUSTER_URL", style="red")
        return 2
    try:
        report = _play(asked, console)
    except Failed as failed:
        console.print(f"error: {failed}", style="red", markup=False)
        return 2
    except KeyboardInterrupt:
        return 130
    show(report, console)
    wrongs = report.wrongs()
    if asked.json:
        figures = report.summary() | {"wrong": wrongs}
        asked.json.write_bytes(orjson.dumps(figures, option=orjson.OPT_INDENT_2))
    return 1 if wrongs else 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bots", description="Let bots play.")
    parser.add_argument("--bots", type=_positive(int), default=50)
    parser.add_argument("--seconds", type=_positive(float), default=60)
    parser.add_argument("--url", default=os.environ.get("CLUSTER_URL"))
    parser.add_argument(
        "--rate", type=_positive(float), default=0.5, help="commands/s of a bot"
    )
    parser.add_argument("--seed", type=int, help="play the same moves again")
    parser.add_argument("--json", type=Path, help="write the figures there, too")
    return parser


def _positive(kind: Callable[[str], float]) -> Callable[[str], float]:
    def positive(text: str) -> float:
        number = kind(text)
        if not 0 < number < math.inf:
            raise ValueError(text)
        return number

    return positive


def _play(asked: argparse.Namespace, console: Console) -> Report:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[said]}"),
        TimeElapsedColumn(),
    )
    swarm = Swarm(asked.url, bots=asked.bots, rate=asked.rate, seed=asked.seed)
    with swarm, Progress(*columns, console=console) as progress:
        coming = _coming(swarm, progress, asked.bots)
        swarm.start(coming)
        coming()
        playing = _playing(swarm, progress, asked.seconds)
        swarm.play(asked.seconds, playing)
        playing()
        return swarm.stop()


def _coming(swarm: Swarm, progress: Progress, bots: int) -> Callable[[], None]:
    task = progress.add_task("joining", total=2 * bots, said="")

    def tick() -> None:
        done = swarm.registered + swarm.connected
        said = f"{swarm.registered} joined, {swarm.connected} connected"
        progress.update(task, completed=done, said=said)

    return tick


def _playing(swarm: Swarm, progress: Progress, seconds: float) -> Callable[[], None]:
    task = progress.add_task("playing", total=seconds, said="")

    def tick() -> None:
        tally = swarm.tally
        refused = tally.refusals.total() + tally.rebuffs.total()
        said = f"{tally.commands.total()} commands, {refused} refused"
        progress.update(task, completed=progress.tasks[task].elapsed, said=said)

    return tick


if __name__ == "__main__":
    sys.exit(main())
