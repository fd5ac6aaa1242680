"""Read from `GET /rules` what ships can do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SCOUT = "scout"
UNARMED = frozenset({SCOUT, "colony_ship", "freighter"})
"""Ships that may not attack."""

Ships = Mapping[str, int]
"""Unit -> how many."""


@dataclass(frozen=True, slots=True)
class Stats:
    """Hold what a bot plans with: units of distance, and units a second."""

    hp: int
    attack: int
    speed: int
    range: int


Table = Mapping[str, Stats]


def read(rules: Mapping[str, Any]) -> Table:
    """Read the rules as they come over the wire."""
    return {
        name: Stats(*(unit[what] for what in ("hp", "attack", "speed", "range")))
        for name, unit in rules["colonies"]["units"].items()
    }


def is_armed(ships: Ships) -> bool:
    """Tell whether a fleet may attack."""
    return any(count and unit not in UNARMED for unit, count in ships.items())


def power(table: Table, ships: Ships) -> int:
    """Estimate what a fleet is worth in a fight, to compare it with another's."""
    return sum(
        table[unit].hp * table[unit].attack * count for unit, count in ships.items()
    )


def reach(table: Table, ships: Ships) -> int:
    """Give how far the farthest of its weapons shoots."""
    return max((table[unit].range for unit, count in ships.items() if count), default=0)
