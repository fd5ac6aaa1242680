"""Say how far a colony sees."""

from collections.abc import Mapping

from app.core.units import to_milli
from app.game.colonies.model.buildings import effect
from app.game.colonies.model.state import Colony

RANGE_UNITS = 150
"""How far a colony sees without a sensor array (tune)."""


def reach_milli(colony: Colony, modifiers: Mapping[str, int]) -> int:
    """Give how far a colony sees in calm weather, under its owner's modifiers."""
    units = RANGE_UNITS + effect(colony.buildings, "sensor_range_units")
    return to_milli(units) * (100 + modifiers.get("sensor_range", 0)) // 100
