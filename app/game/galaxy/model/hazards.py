"""Draw what blocks the way: hazards that nobody enters, and protected sectors.

Both are drawn as blobs of sectors. Pockets that neither could be left nor reached are
filled up, so that every free sector can be reached from every other.
"""

from collections.abc import Iterator, Mapping

from app.core.chance import Chance

Cell = tuple[int, int]

BLOBS: Mapping[str, tuple[int, int, int]] = {
    "nebula": (50, 5, 14),
    "black_hole": (10, 1, 4),
}
"""Kind of hazard -> per mille of the sectors, smallest and greatest blob (tune)."""
PROTECTED = (20, 1, 4)
"""The same for protected sectors (tune)."""
FILLING = "nebula"

_SIDES = ((1, 0), (0, 1), (-1, 0), (0, -1))


def drawn(seed: str, side: int) -> tuple[Mapping[Cell, str], frozenset[Cell]]:
    """Draw hazards, by kind, and protected sectors on a square of `side` sectors."""
    hazards: dict[Cell, str] = {}
    for kind, shape in BLOBS.items():
        cells = _blobs(Chance(seed, kind), side, shape, set(hazards))
        hazards |= dict.fromkeys(cells, kind)
    protected = set(_blobs(Chance(seed, "protected"), side, PROTECTED, set(hazards)))
    for cell in _pockets(side, hazards.keys() | protected):
        hazards[cell] = FILLING
    return hazards, frozenset(protected)


def _blobs(
    draws: Chance, side: int, shape: tuple[int, int, int], taken: set[Cell]
) -> list[Cell]:
    per_mille, smallest, greatest = shape
    wanted, found = side * side * per_mille // 1_000, dict[Cell, None]()
    while len(found) < wanted:
        size = smallest + draws.below(greatest - smallest + 1)
        for cell in _blob(draws, side, size):
            if cell not in taken:
                found[cell] = None
    return list(found)


def _blob(draws: Chance, side: int, size: int) -> list[Cell]:
    """Grow a blob from a place by adding a neighbour of what is there."""
    blob = [(draws.below(side), draws.below(side))]
    for _ in range(size - 1):
        x, y = blob[draws.below(len(blob))]
        dx, dy = _SIDES[draws.below(len(_SIDES))]
        if 0 <= x + dx < side and 0 <= y + dy < side:
            blob.append((x + dx, y + dy))
    return blob


def _pockets(side: int, blocked: set[Cell]) -> Iterator[Cell]:
    """Name the free cells outside of the largest connected area of free cells."""
    free = {(x, y) for x in range(side) for y in range(side)} - blocked
    areas: list[set[Cell]] = []
    left = set(free)
    while left:
        area = _area(min(left), free)
        left -= area
        areas.append(area)
    largest = max(areas, key=len, default=set())
    return iter(sorted(free - largest))


def _area(start: Cell, free: set[Cell]) -> set[Cell]:
    """Give all free cells that can be reached from one by their sides."""
    area, edge = {start}, [start]
    while edge:
        x, y = edge.pop()
        for dx, dy in _SIDES:
            cell = (x + dx, y + dy)
            if cell in free and cell not in area:
                area.add(cell)
                edge.append(cell)
    return area
