"""Say what was done to a cluster, how it came back, and what was wrong."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.load.chaos.nemesis import (
    BUS_BACK_S,
    CLIENTS_BACK_S,
    MEASURED,
    TIMERS_BACK_S,
    Recovery,
)
from tests.load.table import show_figures
from tests.load.tally import Report, percentile

TOLERATED = ("unavailable",)
"""What clients may hear while a part is down."""
PASSING = ("HTTP 502", "HTTP 503", "HTTP 504")
"""What nginx and instances say meanwhile; a 500 is always wrong."""
BOUNDS = {"bus": BUS_BACK_S, "timers": TIMERS_BACK_S, "clients": CLIENTS_BACK_S}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold what came out of one run."""

    seed: int
    recoveries: Sequence[Recovery]
    bots: Report
    operations: dict[str, int]
    written: int
    latest_ms: int
    laws: str
    """The last line of `make verify`."""
    broken: Sequence[str]
    """What the ledger, the laws and the processes have against it."""

    def wrongs(self) -> list[str]:
        """Say everything that was wrong."""
        slow = [wrong for one in self.recoveries for wrong in one.wrongs()]
        return [*self.unkept(), *slow]

    def unkept(self) -> list[str]:
        """Say which promises were not kept, however busy the machine is."""
        heard = [
            one for one in self.bots.wrongs(TOLERATED) if not one.startswith(PASSING)
        ]
        away = [f"{one.fault}: {one.problem}" for one in self.recoveries if one.problem]
        return [*self.broken, *heard, *away]

    def summary(self) -> dict[str, Any]:
        """Give the figures as plain JSON."""
        return {
            "seed": self.seed,
            "faults": {
                kind: {"count": len(some)}
                | {what: _figures(some, what) for what in MEASURED}
                for kind, some in _by_kind(self.recoveries).items()
            },
            "operations": self.operations,
            "commands_in_postgres": self.written,
            "latest_timer_ms": self.latest_ms,
            "laws": self.laws,
            "bots": self.bots.summary(),
            "wrong": self.wrongs(),
        }


def show(outcome: Outcome, console: Console) -> None:
    """Print it all."""
    show_figures(outcome.bots, console)
    console.print(_recoveries(outcome.recoveries))
    table = Table(show_header=False, box=None, padding=(0, 2))
    for name, count in sorted(outcome.operations.items()):
        table.add_row(f"operations {name}", str(count))
    table.add_row("commands in Postgres", str(outcome.written))
    table.add_row("latest timer", f"{outcome.latest_ms / 1_000:.1f} s late")
    table.add_row("machine", _machine())
    table.add_row("laws", outcome.laws)
    table.add_row("seed", str(outcome.seed))
    console.print(table)
    wrongs = outcome.wrongs()
    for wrong in wrongs:
        console.print(f"wrong: {wrong}", style="red", markup=False)
    if not wrongs:
        console.print("nothing was wrong", style="green")


def _machine() -> str:
    """Say how busy the machine is: bounds are for one that has nothing else to do."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[1]:.1f} in five minutes"


def _recoveries(recoveries: Iterable[Recovery]) -> Table:
    said = "seconds until back: median / longest"
    table = Table(box=None, padding=(0, 2), caption=said)
    table.add_column("fault", no_wrap=True)
    table.add_column("times", justify="right")
    for what in MEASURED:
        bound = f" <{BOUNDS[what]:.0f}" if what in BOUNDS else ""
        table.add_column(f"{what}{bound}", justify="right", no_wrap=True)
    for kind, some in sorted(_by_kind(recoveries).items()):
        cells = [_spread(some, what) for what in MEASURED]
        table.add_row(kind, str(len(some)), *cells)
    return table


def _by_kind(recoveries: Iterable[Recovery]) -> dict[str, list[Recovery]]:
    found: dict[str, list[Recovery]] = {}
    for one in recoveries:
        found.setdefault(_kind(one), []).append(one)
    return found


def _kind(one: Recovery) -> str:
    """Name a fault without the number of an instance."""
    who, arrow, what = one.fault.target.partition(">")
    return f"{one.fault.kind} {who.partition('.')[0]}{arrow}{what}"


def _figures(some: Sequence[Recovery], what: str) -> dict[str, float]:
    times = [getattr(one, what) for one in some if getattr(one, what) is not None]
    if not times:
        return {}
    return {
        "p50_s": round(percentile(times, 50) / 1_000, 2),
        "max_s": round(max(times), 2),
    }


def _spread(some: Sequence[Recovery], what: str) -> str:
    figures = _figures(some, what)
    return f"{figures['p50_s']:.1f} / {figures['max_s']:.1f}" if figures else ""
