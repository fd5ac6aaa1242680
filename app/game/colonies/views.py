"""Say who hears of a colony, what its owner sees, and what onlookers see.

The owner's room carries everything; the sector's full room the public part: never
amounts, never units. A sector's other room shows only that there is a colony.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.core.decider import Heard, States
from app.core.message import Event, Ref
from app.core.units import SECOND_MS, decimal
from app.game.colonies.model import buildings
from app.game.colonies.model.buildings import Building
from app.game.colonies.model.events import (
    BuildingDemolished,
    ClaimNoted,
    ColonyFounded,
    ColonyRenamed,
    ConstructionCancelled,
    ConstructionCompleted,
    ConstructionPlaced,
    RatesChanged,
    ResearchPaid,
    ResearchRefunded,
    TrainingCancelled,
    TrainingCompleted,
    TrainingPlaced,
)
from app.game.colonies.model.state import Colony, Construction, Training
from app.game.colonies.model.stock import Amounts, Stock, at
from app.game.colonies.model.units import STATS, UNITS, Unit
from app.game.galaxy.model import sector_at
from app.game.players.views import room


def place(colony: Colony) -> str:
    """Name the sector that a colony stands in."""
    return sector_at(colony.x_milli, colony.y_milli)


def colony_view(colony: Colony, now_ms: int | None = None) -> dict[str, Any]:
    """Show a colony to its owner.

    Resources are as of `now_ms`; where it is absent, as of the last event, so that two
    views without an event between them are equal. Clients extrapolate from `at_ms`.
    """
    stock = colony.stock if now_ms is None else at(colony.stock, now_ms)
    return {
        **_signpost(colony),
        "founded_ms": colony.founded_ms,
        "resources": resources(stock),
        "buildings": colony.buildings,
        "queue": queue(colony),
        "units": colony.units,
    }


def public_view(colony: Colony) -> dict[str, Any]:
    """Show a colony to those whose vision covers it."""
    return {
        **_signpost(colony),
        "player": colony.player,
        "username": colony.username,
        "buildings": colony.buildings,
        "construction": _under_way(colony),
    }


def hidden_view(colony: Colony) -> dict[str, Any]:
    """Show a colony to those who don't see it: an icon in the fog."""
    return {
        "id": colony.id,
        "x": decimal(colony.x_milli),
        "y": decimal(colony.y_milli),
        "hidden": True,
    }


def _signpost(colony: Colony) -> dict[str, Any]:
    return {
        "id": colony.id,
        "name": colony.name,
        "x": decimal(colony.x_milli),
        "y": decimal(colony.y_milli),
        "region": colony.region,
        "planet_type": colony.planet_type,
    }


def resources(stock: Stock) -> dict[str, Any]:
    """Show a stock in units, as of its `since_ms`."""
    return {
        "amounts": units(stock.amounts_milli),
        "rates_per_hour": units(stock.production.rates),
        "capacity": units(stock.production.capacities_milli),
        "at_ms": stock.since_ms,
    }


def units(amounts: Amounts) -> dict[str, float]:
    """Show milli-units as numbers with at most three decimals."""
    return {resource: decimal(milli) for resource, milli in amounts.items()}


def queue(colony: Colony) -> list[dict[str, Any]]:
    """Show both lines of orders, each in its order."""
    constructions = [
        {"kind": "building", "level": one.level, "building": one.building, **_plan(one)}
        for one in colony.constructions
    ]
    trainings = [
        {"kind": "training", "unit": one.unit, "count": one.count, **_plan(one)}
        for one in colony.trainings
    ]
    return constructions + trainings


def _plan(order: Construction | Training) -> dict[str, Any]:
    return {
        "order": order.id,
        "paid": units(order.paid),
        "started_ms": order.started_ms,
        "complete_ms": order.complete_ms,
    }


def _under_way(colony: Colony) -> dict[str, Any] | None:
    if not colony.constructions:
        return None
    order = colony.constructions[0]
    return {
        "order": order.id,
        "building": order.building,
        "level": order.level,
        "started_ms": order.started_ms,
        "complete_ms": order.complete_ms,
    }


_PARTS: Mapping[str, Callable[[Colony], Any]] = {
    "name": lambda colony: colony.name,
    "resources": lambda colony: resources(colony.stock),
    "buildings": lambda colony: colony.buildings,
    "queue": queue,
    "units": lambda colony: colony.units,
    "construction": _under_way,
}
"""Field of a view -> how to show it."""

_SHOWN: Mapping[type[Event], tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    ConstructionPlaced: (
        "colonies.building_started",
        ("resources", "queue"),
        ("construction",),
    ),
    ConstructionCompleted: (
        "colonies.building_completed",
        ("resources", "buildings", "queue"),
        ("buildings", "construction"),
    ),
    ConstructionCancelled: (
        "colonies.building_cancelled",
        ("resources", "queue"),
        ("construction",),
    ),
    TrainingPlaced: ("colonies.training_started", ("resources", "queue"), ()),
    TrainingCompleted: (
        "colonies.training_completed",
        ("resources", "units", "queue"),
        (),
    ),
    TrainingCancelled: ("colonies.training_cancelled", ("resources", "queue"), ()),
    BuildingDemolished: (
        "colonies.demolished",
        ("resources", "buildings"),
        ("buildings",),
    ),
    ColonyRenamed: ("colonies.renamed", ("name",), ("name",)),
    RatesChanged: ("colonies.rates_changed", ("resources",), ()),
    ResearchPaid: ("colonies.research_paid", ("resources",), ()),
    ResearchRefunded: ("colonies.research_refunded", ("resources",), ()),
}
"""Event -> type of the broadcast, what of it its owner hears, what onlookers hear."""


def audience(ref: Ref, event: Event, states: States, _at_ms: int) -> Iterable[Heard]:
    """Say who hears an event of a colony.

    `changes` holds new values of fields of the view that the room's snapshot shows.

    Raises:
        KeyError: the event is not one of a colony's.
    """
    colony: Colony = states[ref]
    if isinstance(event, ColonyFounded):
        return _founded(colony)
    if isinstance(event, ClaimNoted):
        return ()
    kind, to_owner, to_onlookers = _SHOWN[type(event)]
    about = {"colony": colony.id, **_about(event)}
    waits = _waits(event, colony)
    kind = kind.replace("_started", "_queued") if waits else kind
    heard = [_heard(room(colony.player), kind, about, _changes(colony, to_owner))]
    if to_onlookers and not waits:
        full = f"sector:{place(colony)}:full"
        heard.append(_heard(full, kind, about, _changes(colony, to_onlookers)))
    return heard


def _founded(colony: Colony) -> Iterable[Heard]:
    about = {"colony": colony.id}
    sector = f"sector:{place(colony)}"
    views = {
        room(colony.player): colony_view(colony),
        f"{sector}:full": public_view(colony),
        sector: hidden_view(colony),
    }
    return [
        _heard(name, "colonies.founded", about, view) for name, view in views.items()
    ]


def _waits(event: Event, colony: Colony) -> bool:
    """Tell whether an order was placed behind another: onlookers don't see it yet."""
    match event:
        case ConstructionPlaced(construction=construction):
            return construction.id != colony.constructions[0].id
        case TrainingPlaced(training=training):
            return training.id != colony.trainings[0].id
    return False


def _about(event: Event) -> dict[str, Any]:
    """Say what an event was about, for notices; views don't need it."""
    order: Any = event
    if isinstance(event, ConstructionPlaced):
        order = event.construction
    if isinstance(event, TrainingPlaced):
        order = event.training
    names = ("building", "level", "unit", "count", "project", "technology")
    about = {name: getattr(order, name) for name in names if hasattr(order, name)}
    name = getattr(order, "id", None) or getattr(order, "order", None)
    return about | ({"order": name} if name else {})


def _changes(colony: Colony, fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: _PARTS[name](colony) for name in fields}


def _heard(
    name: str, kind: str, about: Mapping[str, Any], changes: Mapping[str, Any]
) -> Heard:
    return Heard(rooms=(name,), type=kind, payload={**about, "changes": changes})


def catalogue() -> dict[str, Any]:
    """Show the tables of buildings and units, and how they grow, for `GET /rules`."""
    return {
        "buildings": {
            name: _building(table) for name, table in buildings.BUILDINGS.items()
        },
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
