"""Say what ships can do together: how fast, how far they see, what they carry."""

from collections.abc import Mapping

from app.core.units import to_milli
from app.game.colonies.model.units import UNITS

Ships = Mapping[str, int]
"""Unit -> how many of it fly together. No ships have no speed, sight or reach."""

PEACEFUL = frozenset({"scout", "colony_ship", "freighter"})
"""Units that make no fleet hostile, though they shoot back."""


def has_warships(ships: Ships) -> bool:
    """Tell whether any of them is made to attack."""
    return not PEACEFUL.issuperset(ships)


def speed(ships: Ships) -> int:
    """Give the speed of the slowest, in units a second, before research and weather."""
    return min((UNITS[unit].speed for unit in ships), default=0)


def speed_milli(
    ships: Ships, modifiers: Mapping[str, int], weather_percent: int
) -> int:
    """Give their speed in milli-units a second."""
    percent = 100 + modifiers.get("speed", 0)
    return to_milli(speed(ships)) * percent * weather_percent // 10_000


def sensor_milli(ships: Ships, modifiers: Mapping[str, int]) -> int:
    """Give how far they see before weather, in milli-units."""
    farthest = max((UNITS[unit].sensor for unit in ships), default=0)
    return to_milli(farthest) * (100 + modifiers.get("sensor_range", 0)) // 100


def reach(ships: Ships) -> int:
    """Give their greatest weapon range, in units, before research."""
    return max((UNITS[unit].range for unit in ships), default=0)


def capacity(ships: Ships) -> int:
    """Give what they can carry, in units, before research."""
    return sum(UNITS[unit].cargo * count for unit, count in ships.items())


def capacity_milli(ships: Ships, modifiers: Mapping[str, int]) -> int:
    """Give what they can carry, in milli-units."""
    return to_milli(capacity(ships)) * (100 + modifiers.get("cargo", 0)) // 100


def upkeep(ships: Ships) -> int:
    """Give the energy that they draw from their home, an hour, before research."""
    return sum(UNITS[unit].upkeep * count for unit, count in ships.items())
