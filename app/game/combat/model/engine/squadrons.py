"""Split the ships of forces into entities: single ships, or squadrons of one kind.

Who joins in the same tick on the same side shares what the side still has, by one size
of squadron for all: the smallest with which they fit.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from app.game.combat.model.engine.spec import (
    ENTITIES_JOINING,
    ENTITIES_MAX,
    ENTITIES_TOTAL,
    SHIPS_MAX,
    Force,
)
from app.game.combat.model.engine.stats import GRID_KIND, KINDS


def squadrons(forces: Sequence[Force]) -> list[tuple[int, int, int]]:
    """Give each entity's force (its place), kind and count of ships.

    Forces stand in the order of their ticks, so that those who join later add to the
    end and change nothing of what was there.
    """
    made: list[tuple[int, int, int]] = []
    used: dict[int, int] = {}
    for _, group in groupby(enumerate(forces), key=lambda one: one[1].tick):
        joining = list(group)
        rooms = _rooms(used, [force for _, force in joining])
        sizes = {side: _size(joining, side, room) for side, room in rooms.items()}
        for place, force in joining:
            entities = list(_split(place, force, sizes[force.side]))
            used[force.side] = used.get(force.side, 0) + len(entities)
            made += entities
    return made


def _rooms(used: Mapping[int, int], joining: Sequence[Force]) -> dict[int, int]:
    """Give how many entities each side may add for its ships."""
    counts = Counter(force.side for force in joining)
    grids = Counter(force.side for force in joining if force.grid)
    share = (ENTITIES_TOTAL - sum(used.values())) // len(counts)
    return {
        side: max(
            min(share, ENTITIES_MAX - used.get(side, 0)) - grids[side],
            ENTITIES_JOINING * count,
        )
        for side, count in counts.items()
    }


def _size(joining: Sequence[tuple[int, Force]], side: int, room: int) -> int:
    forces = [force for _, force in joining if force.side == side]
    counts = [count for force in forces for count in force.ships.values()]
    low, high = 1, SHIPS_MAX
    if sum(counts) <= room:
        return low
    while low < high:
        middle = (low + high) // 2
        if sum(_squadrons_of(count, middle) for count in counts) <= room:
            high = middle
        else:
            low = middle + 1
    return low


def _squadrons_of(count: int, size: int) -> int:
    return -(-count // size)


def _split(place: int, force: Force, size: int) -> list[tuple[int, int, int]]:
    """Split each kind evenly: squadrons of it differ by at most one ship."""
    entities = [(place, GRID_KIND, 1)] if force.grid else []
    for kind, unit in enumerate(KINDS):
        count = force.ships.get(unit, 0)
        parts = _squadrons_of(count, size)
        for part in range(parts):
            more = part < count % parts
            entities.append((place, kind, count // parts + more))
    return entities
