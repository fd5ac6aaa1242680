"""Turn the table of units into arrays, one place for each kind of entity."""

from functools import cache
from typing import NamedTuple

from app.core.units import to_milli
from app.game.colonies.model.buildings import BUILDINGS
from app.game.colonies.model.units import UNITS
from app.game.combat.model.engine.arrays import Ints, ints
from app.game.combat.model.engine.spec import GRID

GRID_RANGE = 500
GRID_FIRES_LIKE = "cruiser"

KINDS = (*UNITS, GRID)
"""Unit of each kind, in the order of the arrays."""
GRID_KIND = len(UNITS)


class Stats(NamedTuple):
    """Hold what each kind can do, in whole units; `counters` are percent by target."""

    hp: Ints
    attack: Ints
    defense: Ints
    range: Ints
    speed: Ints
    fire_rate: Ints
    value_milli: Ints
    counters: Ints


@cache
def stats() -> Stats:
    """Give the stats of all kinds; those of a grid are for one level."""
    units, grid = UNITS.values(), BUILDINGS[GRID].effects
    rate = UNITS[GRID_FIRES_LIKE].fire_rate
    return Stats(
        hp=ints([*(unit.hp for unit in units), grid["defense_points"]]),
        attack=ints([*(unit.attack for unit in units), grid["attack_points"]]),
        defense=ints([*(unit.defense for unit in units), 0]),
        range=ints([*(unit.range for unit in units), GRID_RANGE]),
        speed=ints([*(unit.speed for unit in units), 0]),
        fire_rate=ints([*(unit.fire_rate for unit in units), rate]),
        value_milli=ints([*(to_milli(sum(u.cost.values())) for u in units), 0]),
        counters=_counters(),
    )


def _counters() -> Ints:
    of = [*(unit.counters for unit in UNITS.values()), {}]
    percents = [counters.get(kind, 100) for counters in of for kind in KINDS]
    return ints(percents).reshape(len(KINDS), len(KINDS))
