"""Compute how fast a colony's stock grows and how much it can hold.

Place (region and planet), research and power decide. Buildings and units, here or away
in fleets, draw energy before any of it is stored; where they would draw more than is
made, none is stored and mines and refineries slow down with what is missing. So no rate
is ever negative.
"""

from collections.abc import Mapping

from app.core.units import to_milli
from app.game.colonies.model import buildings, units
from app.game.colonies.model.state import Colony
from app.game.colonies.model.stock import RESOURCES, Production
from app.game.galaxy.model.map import percent

POWERED = ("minerals", "rare_elements")
"""What slows down where energy is short."""
POWER_PER_MILLE_MIN = 100

STORED_BY = dict.fromkeys(RESOURCES, "warehouse") | {buildings.HOUSED: "habitat"}
STORAGE_MODIFIER = {"warehouse": "storage", "habitat": "housing"}


def production(colony: Colony, modifiers: Mapping[str, int]) -> Production:
    """Compute rates and capacities of a colony under its owner's modifiers.

    One that is occupied makes nothing.
    """
    capacities = {name: _capacity(colony, name, modifiers) for name in RESOURCES}
    if colony.occupier:
        idle = dict.fromkeys(RESOURCES, 0)
        return Production(rates=idle, capacities_milli=capacities)
    made = {resource: _made(colony, resource, modifiers) for resource in RESOURCES}
    drawn = _drawn(colony, modifiers)
    power = _power_per_mille(made["energy"], drawn)
    rates = made | {name: made[name] * power // 1_000 for name in POWERED}
    rates["energy"] = max(0, made["energy"] - drawn)
    return Production(rates=rates, capacities_milli=capacities)


def _made(colony: Colony, resource: str, modifiers: Mapping[str, int]) -> int:
    base = to_milli(buildings.BASE_OUTPUT.get(resource, 0))
    for name, level in colony.buildings.items():
        output = buildings.BUILDINGS[name].output.get(resource, 0)
        base += buildings.hourly(output, level)
    place = percent(colony.region, colony.planet_type, resource)
    research = 100 + modifiers.get(f"{resource}_rate", 0)
    return base * place * research // 1_000_000


def _drawn(colony: Colony, modifiers: Mapping[str, int]) -> int:
    standing = sum(
        buildings.hourly(buildings.BUILDINGS[name].draw, level)
        for name, level in colony.buildings.items()
    )
    fed = units.upkeep_milli(colony.units) + units.upkeep_milli(colony.away)
    return standing + fed * (100 + modifiers.get("upkeep", 0)) // 100


def _power_per_mille(made: int, drawn: int) -> int:
    if made >= drawn:
        return 1_000
    return max(POWER_PER_MILLE_MIN, made * 1_000 // drawn)


def _capacity(colony: Colony, resource: str, modifiers: Mapping[str, int]) -> int:
    store = STORED_BY[resource]
    level = colony.buildings.get(store, 0)
    base = to_milli(buildings.BASE_STORAGE[resource])
    held = buildings.grown(base, buildings.STORAGE_GROWTH, level)
    return held * (100 + modifiers.get(STORAGE_MODIFIER[store], 0)) // 100
