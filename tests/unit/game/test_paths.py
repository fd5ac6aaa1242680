"""Ways lead around what is closed, straight where they can, and by no closed sector."""

from itertools import pairwise
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.game.galaxy.model.grid import Grid, Point
from app.game.galaxy.model.hazards import Cell
from app.game.galaxy.model.map import Galaxy, sector_at, sector_of
from app.game.galaxy.model.paths import find, route

SIDE, SIZE = 12, 100_000
POINTS = st.tuples(st.integers(0, SIDE * SIZE - 1), st.integers(0, SIDE * SIZE - 1))
CELLS = st.frozensets(
    st.tuples(st.integers(0, SIDE - 1), st.integers(0, SIDE - 1)), max_size=40
)


def grid(closed: set[Cell] | frozenset[Cell]) -> Grid:
    return Grid(SIDE, SIZE, closed, ())


def way(board: Grid, start: Point, end: Point) -> tuple[Point, ...] | None:
    columns = board.columns(is_guarded=False, opened=[board.cell(start)])
    return route(board, columns, start, end)


def crossed(start: Point, end: Point) -> set[Cell]:
    """Name cells on a line by looking at many of its points."""
    looks = 2_000
    return {
        (
            (start[0] + (end[0] - start[0]) * look // looks) // SIZE,
            (start[1] + (end[1] - start[1]) * look // looks) // SIZE,
        )
        for look in range(looks + 1)
    }


def reachable(start: Cell, closed: frozenset[Cell]) -> set[Cell]:
    reached, edge = {start}, [start]
    while edge:
        x, y = edge.pop()
        for cell in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
            inside = 0 <= cell[0] < SIDE and 0 <= cell[1] < SIDE
            if inside and cell not in closed and cell not in reached:
                reached.add(cell)
                edge.append(cell)
    return reached


def test_a_clear_line_is_the_way() -> None:
    assert way(grid(set()), (5, 7), (1_150_000, 900_001)) == (
        (5, 7),
        (1_150_000, 900_001),
    )


def test_a_way_to_where_one_is_has_both_ends() -> None:
    assert way(grid(set()), (5, 7), (5, 7)) == ((5, 7), (5, 7))


def test_a_wall_with_a_gap_is_passed_by_the_gap() -> None:
    wall = {(5, y) for y in range(SIDE)} - {(5, 9)}
    found = way(grid(wall), (50_000, 50_000), (1_150_000, 50_000))
    assert found is not None
    assert len(found) > 2
    assert (5, 9) in set().union(*(crossed(*leg) for leg in pairwise(found)))


def test_a_closed_wall_lets_nobody_pass() -> None:
    wall = {(5, y) for y in range(SIDE)}
    assert way(grid(wall), (50_000, 50_000), (1_150_000, 50_000)) is None


def test_no_way_slips_through_between_two_corners() -> None:
    wall = {(x, SIDE - 1 - x) for x in range(SIDE)}
    assert way(grid(wall), (50_000, 50_000), (1_150_000, 1_150_000)) is None


def test_a_closed_goal_has_no_way() -> None:
    assert way(grid({(5, 5)}), (50_000, 50_000), (550_000, 550_000)) is None


def test_who_stands_in_a_closed_sector_may_leave_it() -> None:
    assert way(grid({(5, 5)}), (550_000, 550_000), (50_000, 50_000)) == (
        (550_000, 550_000),
        (50_000, 50_000),
    )


@settings(max_examples=300, deadline=None)
@given(CELLS, POINTS, POINTS)
def test_a_way_exists_where_sides_connect_and_crosses_nothing_closed(
    closed: frozenset[Cell], start: Point, end: Point
) -> None:
    board = grid(closed)
    closed -= {board.cell(start)}
    found = way(board, start, end)
    if found is None:
        assert board.cell(end) not in reachable(board.cell(start), closed)
        return
    assert (found[0], found[-1]) == (start, end)
    for leg in pairwise(found):
        assert not crossed(*leg) & closed


@settings(max_examples=60, deadline=None)
@given(CELLS, POINTS, POINTS)
def test_the_same_question_has_the_same_way(
    closed: frozenset[Cell], start: Point, end: Point
) -> None:
    assert way(grid(closed), start, end) == way(grid(closed), start, end)


def middle(sector: str) -> Point:
    x, y = sector_of(sector)
    return x * SIZE + SIZE // 2, y * SIZE + SIZE // 2


def length(points: tuple[Point, ...]) -> float:
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points))


@pytest.fixture(scope="module")
def galaxy() -> Galaxy:
    return Galaxy("tests", 500)


def test_ways_through_a_galaxy_are_little_longer_than_the_line(galaxy: Galaxy) -> None:
    homes = [(home.x_milli, home.y_milli) for home in galaxy.homes[:40]]
    ratios = []
    for start, end in pairwise(homes):
        found = find(galaxy, start, end, warships=False)
        assert found is not None
        ratios.append(length(found) / length((start, end)))
        for leg in pairwise(found):
            cells = {f"{x}:{y}" for x, y in crossed(*leg)}
            assert not cells & set(galaxy.hazards)
    assert sum(ratios) / len(ratios) < 1.1


def test_protected_sectors_are_closed_to_strangers_warships(galaxy: Galaxy) -> None:
    sector = min(galaxy.protected)
    start = (galaxy.homes[0].x_milli, galaxy.homes[0].y_milli)
    end = middle(sector)
    assert find(galaxy, start, end, warships=True) is None
    assert find(galaxy, start, end, warships=False) is not None


def test_protected_sectors_are_open_to_who_lives_there(galaxy: Galaxy) -> None:
    sector = min(galaxy.protected)
    start = (galaxy.homes[0].x_milli, galaxy.homes[0].y_milli)
    found = find(galaxy, start, middle(sector), warships=True, opened=(sector,))
    assert found is not None
    assert sector_at(*found[-1]) == sector
