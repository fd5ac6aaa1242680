"""Show the tables of buildings and units, for `GET /rules`."""

from typing import Any

from app.core.units import SECOND_MS
from app.game.colonies.model import buildings
from app.game.colonies.model.buildings import BUILDINGS, Building
from app.game.colonies.model.units import STATS, UNITS, Unit


def catalogue() -> dict[str, Any]:
    """Show every building and unit, the growth by level, and the limits."""
    return {
        "buildings": {name: _building(table) for name, table in BUILDINGS.items()},
        "units": {name: _unit(table) for name, table in UNITS.items()},
        "growth": {
            "level_max": buildings.LEVEL_MAX,
            "cost": _fraction(buildings.COST_GROWTH),
            "time": _fraction(buildings.TIME_GROWTH),
            "output": _fraction(buildings.OUTPUT_GROWTH),
            "storage": _fraction(buildings.STORAGE_GROWTH),
        },
        "base": {
            "output_per_hour": buildings.BASE_OUTPUT,
            "storage": buildings.BASE_STORAGE,
        },
        "queue_max": buildings.QUEUE_MAX,
        "refund_percent": buildings.REFUND_PERCENT,
    }


def _building(table: Building) -> dict[str, Any]:
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


def _unit(table: Unit) -> dict[str, Any]:
    return {
        "cost": table.cost,
        "time_ms": table.time_s * SECOND_MS,
        **{name: getattr(table, name) for name in STATS},
        "counters": table.counters,
        "requires": {
            "buildings": table.buildings,
            "technologies": table.technologies,
        },
    }


def _fraction(growth: tuple[int, int]) -> dict[str, int]:
    return {"times": growth[0], "by": growth[1]}
