"""Show a colony: whole to its owner, its public part to those who see it.

What onlookers see holds no amounts and no units, ever.
"""

from collections.abc import Callable, Mapping
from typing import Any

from app.core.units import decimal
from app.game.colonies.model.state import Colony, Construction, Training
from app.game.colonies.model.stock import at, in_units, shown
from app.game.colonies.views.shapes import (
    ColonyView,
    Contest,
    HiddenColony,
    Plan,
    PublicColony,
    QueuedOrder,
    Signpost,
    UnderWay,
)
from app.game.galaxy.model.map import sector_at


def place(colony: Colony) -> str:
    """Name the sector that a colony stands in."""
    return sector_at(colony.x_milli, colony.y_milli)


def colony_view(colony: Colony, now_ms: int | None = None) -> ColonyView:
    """Show a colony to its owner.

    Resources are as of `now_ms`; where it is absent, as of the last event, so that two
    views without an event between them are equal. Clients extrapolate from `at_ms`.
    """
    stock = colony.stock if now_ms is None else at(colony.stock, now_ms)
    return {
        **_signpost(colony),
        "founded_ms": colony.founded_ms,
        "resources": shown(stock),
        "buildings": colony.buildings,
        "queue": queue(colony),
        "units": colony.units,
        "away": colony.away,
        "stationed": colony.stationed,
        **_contest(colony),
    }


def public_view(colony: Colony) -> PublicColony:
    """Show a colony to those whose vision covers it."""
    return {
        **_signpost(colony),
        "player": colony.player,
        "username": colony.username,
        "buildings": colony.buildings,
        "construction": under_way(colony),
        **_contest(colony),
    }


def _contest(colony: Colony) -> Contest:
    """Show who presses the colony: fleets, a battle, an occupier."""
    return {
        "blockades": colony.blockades,
        "battle": colony.battle,
        "occupier": colony.occupier,
        "occupied_until_ms": colony.occupied_until_ms,
    }


def hidden_view(colony: Colony) -> HiddenColony:
    """Show a colony to those who don't see it: an icon in the fog."""
    return {
        "id": colony.id,
        "x": decimal(colony.x_milli),
        "y": decimal(colony.y_milli),
        "hidden": True,
    }


def _signpost(colony: Colony) -> Signpost:
    return {
        "id": colony.id,
        "name": colony.name,
        "x": decimal(colony.x_milli),
        "y": decimal(colony.y_milli),
        "region": colony.region,
        "planet_type": colony.planet_type,
    }


def queue(colony: Colony) -> list[QueuedOrder]:
    """Show both lines of orders, each in its order."""
    constructions: list[QueuedOrder] = [
        {"kind": "building", "level": one.level, "building": one.building, **_plan(one)}
        for one in colony.constructions
    ]
    trainings: list[QueuedOrder] = [
        {"kind": "training", "unit": one.unit, "count": one.count, **_plan(one)}
        for one in colony.trainings
    ]
    return constructions + trainings


def _plan(order: Construction | Training) -> Plan:
    return {
        "order": order.id,
        "paid": in_units(order.paid),
        "started_ms": order.started_ms,
        "complete_ms": order.complete_ms,
    }


def under_way(colony: Colony) -> UnderWay | None:
    """Show what is being built, for a progress bar."""
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


PARTS: Mapping[str, Callable[[Colony], Any]] = {
    "name": lambda colony: colony.name,
    "resources": lambda colony: shown(colony.stock),
    "buildings": lambda colony: colony.buildings,
    "queue": queue,
    "units": lambda colony: colony.units,
    "construction": under_way,
    "away": lambda colony: colony.away,
    "stationed": lambda colony: colony.stationed,
    "blockades": lambda colony: colony.blockades,
    "battle": lambda colony: colony.battle,
    "occupier": lambda colony: colony.occupier,
    "occupied_until_ms": lambda colony: colony.occupied_until_ms,
}
"""Field of a view that can change -> how to show it."""
