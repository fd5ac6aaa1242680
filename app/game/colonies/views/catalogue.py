"""Show the tables of buildings and units, for `GET /rules`."""

from app.core.units import SECOND_MS
from app.game.colonies.model import buildings
from app.game.colonies.model.buildings import BUILDINGS, Building
from app.game.colonies.model.units import UNITS, Unit
from app.game.colonies.views.shapes import (
    BuildingRules,
    ColonyRules,
    Growth,
    UnitRules,
)

FROM_FIRST = "(times / by) ** (level - 1)"


def catalogue() -> ColonyRules:
    """Show every building and unit, the growth by level, and the limits."""
    return {
        "buildings": {name: _building(table) for name, table in BUILDINGS.items()},
        "units": {name: _unit(table) for name, table in UNITS.items()},
        "growth": {
            "level_max": buildings.LEVEL_MAX,
            "cost": growth(buildings.COST_GROWTH, FROM_FIRST),
            "time": growth(buildings.TIME_GROWTH, FROM_FIRST),
            "output": growth(buildings.OUTPUT_GROWTH, f"level * {FROM_FIRST}"),
            "storage": growth(buildings.STORAGE_GROWTH, "(times / by) ** level"),
        },
        "base": {
            "output_per_hour": buildings.BASE_OUTPUT,
            "storage": buildings.BASE_STORAGE,
        },
        "queue_max": buildings.QUEUE_MAX,
        "refund_percent": buildings.REFUND_PERCENT,
    }


def _building(table: Building) -> BuildingRules:
    return {
        "cost": table.cost,
        "time_ms": table.time_s * SECOND_MS,
        "output_per_hour": table.output,
        "draw_per_hour": table.draw,
        "effects": table.effects,
        "requires": {
            "buildings": table.buildings,
            "technologies": table.technologies,
        },
    }


def _unit(table: Unit) -> UnitRules:
    return {
        "cost": table.cost,
        "time_ms": table.time_s * SECOND_MS,
        "hp": table.hp,
        "attack": table.attack,
        "defense": table.defense,
        "speed": table.speed,
        "range": table.range,
        "fire_rate": table.fire_rate,
        "cargo": table.cargo,
        "sensor": table.sensor,
        "upkeep": table.upkeep,
        "counters": table.counters,
        "requires": {
            "buildings": table.buildings,
            "technologies": table.technologies,
        },
    }


def growth(fraction: tuple[int, int], factor: str) -> Growth:
    """Show how a figure of a table grows: multiplied by `factor`, rounded down."""
    return {"times": fraction[0], "by": fraction[1], "factor": factor}
