"""Say what power is: all that a player has put into what stands, flies and is known.

Every `UNITS_PER_POINT` units of resources, of whatever kind, spent on finished levels
of buildings, on living units and on learned technologies are one point. What is under
way, stored or lost counts nothing.
"""

from collections.abc import Mapping
from functools import cache

from app.core.units import to_milli
from app.game.colonies.model import buildings, units
from app.game.colonies.model.state import Colony
from app.game.fleets.model.state import Fleet
from app.game.players.model import Player
from app.game.research import model as research

UNITS_PER_POINT = 10
_MILLI_PER_POINT = to_milli(UNITS_PER_POINT)


def of_colony(colony: Colony) -> int:
    """Give the power that stands in a colony, in points."""
    built = sum(_building_milli(name, at) for name, at in colony.buildings.items())
    return (built + _units_milli(colony.units)) // _MILLI_PER_POINT


def of_fleet(fleet: Fleet) -> int:
    """Give the power that flies in a fleet, in points."""
    return _units_milli(fleet.ships) // _MILLI_PER_POINT


def of_player(player: Player) -> int:
    """Give the power of what a player has learned, in points."""
    return _technologies_milli(player.technologies) // _MILLI_PER_POINT


def _units_milli(counts: Mapping[str, int]) -> int:
    return sum(sum(units.cost(name, count).values()) for name, count in counts.items())


def _technologies_milli(levels: Mapping[str, int]) -> int:
    return sum(_technology_milli(name, level) for name, level in levels.items())


@cache
def _building_milli(name: str, level: int) -> int:
    return sum(sum(buildings.cost(name, one).values()) for one in range(1, level + 1))


@cache
def _technology_milli(name: str, level: int) -> int:
    return sum(sum(research.cost(name, one).values()) for one in range(1, level + 1))
