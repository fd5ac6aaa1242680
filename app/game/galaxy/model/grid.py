"""Lay a square of cells out: which are closed to whom, and which lines are clear.

A column of cells is one integer, a bit a cell, so that a line is checked in one step a
column. Points are integers in milli-units.
"""

from collections.abc import Iterable
from functools import cached_property
from itertools import product

from rustworkx import PyDiGraph

from app.game.galaxy.model.hazards import Cell

Point = tuple[int, int]
Columns = tuple[int, ...]
Step = int | tuple[int, tuple[Cell, ...]]
"""What a step to a neighbour costs, in 1/1,000 of a side; with the cells that must be
open for it, where some of them may be closed."""

STRAIGHT, DIAGONAL = 1_000, 1_414
MARGIN_MILLI = 2
"""How far a line stays from the corners of closed cells: positions are rounded."""


class Grid:
    """Hold `side` x `side` cells: `closed` to all, `guarded` against some."""

    def __init__(
        self,
        side: int,
        cell_milli: int,
        closed: Iterable[Cell],
        guarded: Iterable[Cell],
    ) -> None:
        self.side = side
        self.cell_milli = cell_milli
        self._closed = frozenset(closed)
        self._guarded = frozenset(guarded)

    def cell(self, point: Point) -> Cell:
        """Give the cell of a point."""
        return point[0] // self.cell_milli, point[1] // self.cell_milli

    def centre(self, cell: Cell) -> Point:
        """Give the point in the middle of a cell."""
        half = self.cell_milli // 2
        return cell[0] * self.cell_milli + half, cell[1] * self.cell_milli + half

    def columns(self, *, is_guarded: bool, opened: Iterable[Cell]) -> Columns:
        """Give what is closed to somebody, but not the cells `opened` to them."""
        columns = list(self._all_closed if is_guarded else self._always_closed)
        for x, y in opened:
            columns[x] &= ~(1 << y)
        return tuple(columns)

    def is_clear(self, columns: Columns, start: Point, end: Point) -> bool:
        """Tell whether the straight line from one point to another is open."""
        if start > end:
            start, end = end, start
        size = self.cell_milli
        low, high = sorted((start[1], end[1]))
        for x in range(start[0] // size, end[0] // size + 1):
            bottom, top = _band(start, end, x * size, size)
            bottom, top = max(low, bottom) // size, min(high, top) // size
            if columns[x] & ((2 << top) - (1 << bottom)):
                return False
        return True

    @cached_property
    def graph(self) -> PyDiGraph[Cell, Step]:
        """Give the steps between neighbours, made at the first look.

        The node of cell (x, y) has the index `x * side + y`. A step aslant needs both
        cells that it passes by to be open.
        """
        graph: PyDiGraph[Cell, Step] = PyDiGraph(multigraph=False)
        cells = [(x, y) for x in range(self.side) for y in range(self.side)]
        graph.add_nodes_from(cells)
        graph.add_edges_from([step for cell in cells for step in self._steps(cell)])
        return graph

    def _steps(self, cell: Cell) -> Iterable[tuple[int, int, Step]]:
        x, y = cell
        for dx, dy in product((-1, 0, 1), repeat=2):
            to = (x + dx, y + dy)
            if not (dx or dy) or not (
                0 <= to[0] < self.side and 0 <= to[1] < self.side
            ):
                continue
            passed = {to, (x + dx, y), (x, y + dy)} - {cell}
            doubtful = tuple(passed & self._doubtful)
            cost = DIAGONAL if dx and dy else STRAIGHT
            step: Step = (cost, doubtful) if doubtful else cost
            yield x * self.side + y, to[0] * self.side + to[1], step

    @cached_property
    def _doubtful(self) -> frozenset[Cell]:
        return self._closed | self._guarded

    @cached_property
    def _always_closed(self) -> Columns:
        return _columns(self.side, self._closed)

    @cached_property
    def _all_closed(self) -> Columns:
        return _columns(self.side, self._doubtful)


def _columns(side: int, cells: Iterable[Cell]) -> Columns:
    columns = [0] * side
    for x, y in cells:
        columns[x] |= 1 << y
    return tuple(columns)


def _band(start: Point, end: Point, left: int, size: int) -> tuple[int, int]:
    """Give how low and how high a line from left to right is in one column."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    if dx == 0:
        return min(start[1], end[1]), max(start[1], end[1])
    entry = max(start[0], left - MARGIN_MILLI)
    leave = min(end[0], left + size + MARGIN_MILLI)
    first = start[1] + dy * (entry - start[0]) // dx
    last = start[1] + dy * (leave - start[0]) // dx
    return min(first, last) - MARGIN_MILLI, max(first, last) + 1 + MARGIN_MILLI
