"""Find a fleet's way: straight where it is clear, else around what is closed.

A* over sectors by rustworkx, then straightened. The estimate leans a little towards the
goal and the straight line, so that few sectors are looked at; paths come out about 1.3%
longer than the straight line (docs/decisions/0015).
"""

from collections.abc import Callable, Iterable
from itertools import pairwise
from math import isqrt

from rustworkx import digraph_astar_shortest_path

from app.game.galaxy.model.grid import DIAGONAL, STRAIGHT, Columns, Grid, Point, Step
from app.game.galaxy.model.hazards import Cell
from app.game.galaxy.model.map import Galaxy, sector_of

LEAN_PERCENT = 105
"""What the way that is left counts, against the way that lies behind."""
STRAY_PER_MILLE = 30
"""What the distance from the straight line counts beside."""
CLOSED = 10**9
"""What a closed step costs: above any way around."""


def find(
    galaxy: Galaxy,
    start: Point,
    end: Point,
    *,
    warships: bool,
    opened: Iterable[str] = (),
) -> tuple[Point, ...] | None:
    """Find a way from point to point; both stand in it. None where there is none.

    Hazards are closed; so are protected sectors to fleets with warships. Never closed
    are the start's sector and those `opened`, where the owner has colonies.
    """
    grid = galaxy.grid
    free = [grid.cell(start), *map(sector_of, opened)]
    columns = grid.columns(is_guarded=warships, opened=free)
    return route(grid, columns, start, end)


def route(
    grid: Grid, columns: Columns, start: Point, end: Point
) -> tuple[Point, ...] | None:
    """Find a way on any grid, around what `columns` close."""
    if grid.is_clear(columns, start, end):
        return (start, end)
    goal = grid.cell(end)
    if columns[goal[0]] >> goal[1] & 1:
        return None
    cells = _searched(grid, columns, grid.cell(start), goal)
    corners = [start, *map(grid.centre, _turns(cells)), end]
    if not all(grid.is_clear(columns, *leg) for leg in pairwise(corners)):
        return None
    return _straightened(grid, columns, corners)


def _searched(grid: Grid, columns: Columns, start: Cell, goal: Cell) -> list[Cell]:
    def cost(step: Step) -> int:
        if isinstance(step, int):
            return step
        is_closed = any(columns[x] >> y & 1 for x, y in step[1])
        return CLOSED if is_closed else step[0]

    found = digraph_astar_shortest_path(
        grid.graph,
        start[0] * grid.side + start[1],
        goal.__eq__,
        cost,
        _estimate(start, goal),
    )
    return [divmod(node, grid.side) for node in found]


def _estimate(start: Cell, goal: Cell) -> Callable[[Cell], int]:
    line_x, line_y = goal[0] - start[0], goal[1] - start[1]
    length = max(1, isqrt(line_x * line_x + line_y * line_y))

    def estimate(cell: Cell) -> int:
        x, y = goal[0] - cell[0], goal[1] - cell[1]
        longer, shorter = max(abs(x), abs(y)), min(abs(x), abs(y))
        left = STRAIGHT * longer + (DIAGONAL - STRAIGHT) * shorter
        stray = abs(x * line_y - y * line_x) * STRAIGHT // length
        return left * LEAN_PERCENT // 100 + stray * STRAY_PER_MILLE // 1_000

    return estimate


def _turns(cells: list[Cell]) -> list[Cell]:
    """Give the cells in between where the way turns."""
    return [
        here
        for before, here, after in zip(cells, cells[1:], cells[2:], strict=False)
        if here[0] - before[0] != after[0] - here[0]
        or here[1] - before[1] != after[1] - here[1]
    ]


def _straightened(
    grid: Grid, columns: Columns, corners: list[Point]
) -> tuple[Point, ...]:
    """Leave out corners: from each, go on to a far one that is in sight."""
    kept, here, last = [corners[0]], 0, len(corners) - 1
    while here < last:
        here = _in_sight(grid, columns, corners, here)
        kept.append(corners[here])
    return tuple(kept)


def _in_sight(grid: Grid, columns: Columns, corners: list[Point], here: int) -> int:
    """Name a far corner in sight: by growing strides, then by shrinking ones."""
    seen, stride, grows = here + 1, 1, True
    last = len(corners) - 1
    while stride and seen < last:
        farther = min(seen + stride, last)
        if grid.is_clear(columns, corners[here], corners[farther]):
            seen = farther
        else:
            grows = False
        stride = stride * 2 if grows else stride // 2
    return seen
