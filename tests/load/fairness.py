"""Tell how often the anti-cheat is right: `make fairness`.

It judges labelled traces of seeds that no threshold was tuned with: per detector what
part of the flagged cheated and what part of the cheats was flagged, per kind of trace
how many were. The traces are invented: the figures compare detectors and releases, and
say nothing of how many players cheat.
"""

import argparse
from collections import Counter
from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from tests.unit.anticheat.dataset.judge import (
    CHEATS,
    DETECTORS,
    HONEST,
    TEST_SEED,
    Score,
    judged,
)
from tests.unit.anticheat.dataset.trace import Generator


def main() -> None:
    """Judge, and print both tables."""
    parser = argparse.ArgumentParser(prog="fairness", description=__doc__)
    parser.add_argument("--seeds", type=int, default=5, help="sets of traces (5)")
    seeds = parser.parse_args().seeds
    verdicts = [judged(f"{TEST_SEED}{number or ''}") for number in range(seeds)]
    scores = {name: Score() for name in DETECTORS}
    flagged: Counter[str] = Counter()
    for verdict in verdicts:
        flagged.update(verdict.flagged)
        for name, score in verdict.by_detector.items():
            scores[name] = scores[name] + score
    console = Console()
    console.print(f"{sum(one.traces for one in verdicts)} traces of {seeds} seeds")
    console.print(_detectors(scores))
    console.print(_kinds("honest traces flagged", HONEST, flagged, seeds))
    console.print(_kinds("cheats found", CHEATS, flagged, seeds))


def _detectors(scores: Mapping[str, Score]) -> Table:
    table = Table(title="detectors", title_justify="left")
    table.add_column("detector")
    for column in ("right", "wrong", "missed", "precision", "recall"):
        table.add_column(column, justify="right")
    for name, score in (scores | {"all": sum(scores.values(), Score())}).items():
        counts = map(str, (score.right, score.wrong, score.missed))
        table.add_row(name, *counts, f"{score.precision:.3f}", f"{score.recall:.3f}")
    return table


def _kinds(
    title: str, kinds: Mapping[Generator, int], flagged: Mapping[str, int], seeds: int
) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("kind")
    table.add_column("flagged", justify="right")
    table.add_column("of", justify="right")
    for kind, count in kinds.items():
        name = kind.__name__
        table.add_row(name.replace("_", " "), str(flagged[name]), str(count * seeds))
    total = sum(flagged[kind.__name__] for kind in kinds)
    table.add_row("all", str(total), str(sum(kinds.values()) * seeds), style="bold")
    return table


if __name__ == "__main__":
    main()
