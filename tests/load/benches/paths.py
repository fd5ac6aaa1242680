"""Measure how fast ways are found, on 160,000 cells and on the galaxy's sectors.

It needs no servers: ways are a pure function. The pairs of points follow from seeds; a
pair that is in sight of one another is measured apart from one that needs a detour.
"""

from collections.abc import Iterator
from itertools import islice, pairwise
from math import hypot
from statistics import mean
from time import perf_counter
from typing import NamedTuple

from app.core.chance import Chance
from app.game.galaxy.model.grid import Columns, Grid, Point
from app.game.galaxy.model.hazards import drawn
from app.game.galaxy.model.map import SECTOR_MILLI, SECTORS
from app.game.galaxy.model.paths import route
from tests.load.benches.figures import Figure, at_most, figure
from tests.load.tally import percentile

SIDE = 400
PAIRS = 200
NEAR = 12
"""How far apart points lie that mostly see one another, in cells."""
RUNS = 5
TARGET_MS = 20
MILLI = 1_000


class Found(NamedTuple):
    """Hold what one way took, and how much longer than the line it is."""

    seconds: float
    percent_longer: float


def measure() -> list[Figure]:
    """Find ways on both grids."""
    grid, made_ms = _made(SIDE)
    galaxy, galaxy_ms = _made(SECTORS)
    detours = [_detours(grid, seed) for seed in range(RUNS)]
    in_sight = [_in_sight(grid, seed) for seed in range(RUNS)]
    cells = f"{SIDE * SIDE:,} cells"
    sectors = [_detours(galaxy, seed) for seed in range(RUNS)]
    return [
        *_of(f"{cells}, around obstacles", detours, is_asked_for=True),
        *_of(f"{cells}, in sight", in_sight),
        *_of(f"{SECTORS * SECTORS:,} sectors, around obstacles", sectors),
        figure(
            "ways around obstacles are longer than the line by",
            "%",
            *(mean([one.percent_longer for one in run]) for run in detours),
        ),
        figure(f"{cells}: making the grid, once a process", "ms", made_ms),
        figure("the galaxy's: the same", "ms", galaxy_ms),
    ]


def _of(
    what: str, runs: list[list[Found]], *, is_asked_for: bool = False
) -> Iterator[Figure]:
    for name, percent in (("p50", 50), ("p95", 95), ("max", 100)):
        target = at_most(TARGET_MS) if is_asked_for and percent == 95 else None
        times = [percentile([one.seconds for one in run], percent) for run in runs]
        yield figure(f"{what}, {name}", "ms", *times, target=target)


def _made(side: int) -> tuple[Grid, float]:
    """Make a grid with its graph; tell how many ms that took."""
    started = perf_counter()
    grid = Grid(side, SECTOR_MILLI, *drawn("bench", side))
    grid.graph.num_nodes()
    return grid, (perf_counter() - started) * MILLI


def _detours(grid: Grid, seed: int) -> list[Found]:
    """Find ways between points anywhere that don't see one another."""
    columns = grid.columns(is_guarded=True, opened=())
    pairs = _pairs(grid, columns, Chance("detours", seed), grid.side)
    hidden = (pair for pair in pairs if not grid.is_clear(columns, *pair))
    return [_found(grid, columns, *pair) for pair in islice(hidden, PAIRS)]


def _in_sight(grid: Grid, seed: int) -> list[Found]:
    """Find ways between points close by that see one another."""
    columns = grid.columns(is_guarded=True, opened=())
    pairs = _pairs(grid, columns, Chance("sights", seed), NEAR)
    seen = (pair for pair in pairs if grid.is_clear(columns, *pair))
    return [_found(grid, columns, *pair) for pair in islice(seen, PAIRS)]


def _pairs(
    grid: Grid, columns: Columns, draws: Chance, apart: int
) -> Iterator[tuple[Point, Point]]:
    """Draw pairs of open points, at most some cells apart along each axis."""
    edge = grid.side * grid.cell_milli
    reach = apart * grid.cell_milli
    while True:
        start = (draws.below(edge), draws.below(edge))
        end = (
            start[0] + draws.below(2 * reach) - reach,
            start[1] + draws.below(2 * reach) - reach,
        )
        is_inside = all(0 <= one < edge for one in end)
        if is_inside and all(_is_open(grid, columns, one) for one in (start, end)):
            yield start, end


def _is_open(grid: Grid, columns: Columns, point: Point) -> bool:
    x, y = grid.cell(point)
    return not columns[x] >> y & 1


def _found(grid: Grid, columns: Columns, start: Point, end: Point) -> Found:
    started = perf_counter()
    way = route(grid, columns, start, end)
    seconds = perf_counter() - started
    if way is None:
        raise RuntimeError(f"no way from {start} to {end}")
    longer = _length(way) / _length((start, end)) - 1
    return Found(seconds, longer * 100)


def _length(points: tuple[Point, ...]) -> float:
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points))
