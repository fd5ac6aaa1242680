"""Show the tables of buildings and units, for `GET /rules`."""

from typing import Any

from app.core.units import SECOND_MS
from app.game.colonies.model import buildings
from app.game.colonies.model.buildings import BUILDINGS, Building
from app.game.colonies.model.units import STATS, UNITS, Unit

FROM_FIRST = "(times / by) ** (level - 1)"


def catalogue() -> dict[str, Any]:
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


def growth(fraction: tuple[int, int], factor: str) -> dict[str, Any]:
    """Show how a figure of a table grows: multiplied by `factor`, rounded down."""
    return {"times": fraction[0], "by": fraction[1], "factor": factor}
