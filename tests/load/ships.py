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
    """Hold what a bot compares fleets by."""

    hp: int
    attack: int


Table = Mapping[str, Stats]


def read(rules: Mapping[str, Any]) -> Table:
    """Read the rules as they come over the wire."""
    return {
        name: Stats(hp=unit["hp"], attack=unit["attack"])
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
