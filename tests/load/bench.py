"""Measure the cluster on this machine: `make bench`, or one: `... bench write-path`.

Each benchmark starts servers of its own. The figures go to var/bench.json; a benchmark
that was not run keeps its last ones there. A target that is missed is shown, no more.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console
from rich.table import Table

from app.engine import logs
from tests.load.benches import (
    arrivals,
    atlas,
    client_load,
    client_map,
    client_memory,
    engine,
    fan_out,
    fleets,
    idle,
    machine,
    paths,
    persister,
    round_trips,
    scan,
    timers,
    view,
    write_path,
)
from tests.load.benches.figures import Figure, figure

FILE = Path(__file__).parents[2] / "var" / "bench.json"

SPEED = "additions by Python, before and after"

BENCHES: Mapping[str, Callable[[], list[Figure]]] = {
    "write-path": write_path.measure,
    "fan_out": fan_out.measure,
    "bots": round_trips.measure,
    "timers": timers.measure,
    "persister": persister.measure,
    "idle": idle.measure,
    "engine": engine.measure,
    "paths": paths.measure,
    "fleets": fleets.measure,
    "arrivals": arrivals.measure,
    "view": view.measure,
    "atlas": atlas.measure,
    "scan": scan.measure,
    "client": client_map.measure,
    "client_load": client_load.measure,
    "client_memory": client_memory.measure,
}


def main() -> int:
    """Run what was asked for, one after the other."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="|".join(BENCHES))
    names = parser.parse_args().names or list(BENCHES)
    unknown = set(names) - BENCHES.keys()
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    logs.configure("bench", "ERROR")
    console = Console()
    on = machine.describe()
    console.print(", ".join(f"{what} {value}" for what, value in on.items()))
    for name in names:
        with console.status(f"measuring {name}"):
            figures = _measured(name)
        console.print(_table(name, figures))
        _record(name, on, figures)
    return 0


def _measured(name: str) -> list[Figure]:
    before = machine.speed()
    figures = BENCHES[name]()
    return [figure(SPEED, "1/µs", before, machine.speed()), *figures]


def _table(name: str, figures: list[Figure]) -> Table:
    table = Table(title=name, title_justify="left")
    for column in ("figure", "median", "lowest", "highest", "unit", "asked for"):
        is_text = column in {"figure", "unit", "asked for"}
        table.add_column(column, justify="left" if is_text else "right")
    for one in figures:
        amounts = (one.median, min(one.runs), max(one.runs))
        table.add_row(one.what, *map(_shown, amounts), one.unit, _verdict(one))
    return table


def _shown(amount: float) -> str:
    return f"{amount:,.0f}" if abs(amount) >= 100 or amount == 0 else f"{amount:.2f}"


def _verdict(one: Figure) -> str:
    if one.target is None:
        return ""
    style = "green" if one.is_met else "red"
    return f"[{style}]{one.target}: {'met' if one.is_met else 'missed'}[/]"


def _record(name: str, on: dict[str, Any], figures: list[Figure]) -> None:
    FILE.parent.mkdir(exist_ok=True)
    kept: dict[str, Any] = orjson.loads(FILE.read_bytes()) if FILE.exists() else {}
    kept[name] = {"machine": on, "figures": [one.plain() for one in figures]}
    FILE.write_bytes(orjson.dumps(kept, option=orjson.OPT_INDENT_2))


if __name__ == "__main__":
    sys.exit(main())
