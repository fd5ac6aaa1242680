"""Show a fleet in the wire's units: whole to its owner, a public part to onlookers.

Speed, range, capacity and upkeep are those of the ships alone: what research and
weather make of them is the same for all fleets, and known to the client.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from app.core.units import decimal
from app.game.colonies.model.stock import Goods
from app.game.fleets.model import ships
from app.game.fleets.model.shapes import (
    FleetOrder,
    FleetView,
    PathPoint,
    PublicFleet,
)
from app.game.fleets.model.state import Fleet, Order, Waypoint
from app.game.fleets.model.travel import visit


def whole(fleet: Fleet) -> FleetView:
    """Show everything of a fleet. It stands at (x, y), or left from there on `path`."""
    return cast(FleetView, {name: show(fleet) for name, show in PARTS.items()})


def public(fleet: Fleet) -> PublicFleet:
    """Show what those see whose vision covers the fleet's sector, of that sector only.

    Never where it goes, its orders, cargo, name or home.
    """
    parts = {name: show(fleet) for name, show in PUBLIC_PARTS.items()}
    return cast(PublicFleet, parts)


def points(path: Iterable[Waypoint]) -> list[PathPoint]:
    """Show places with their times."""
    return [
        {"x": decimal(one.x_milli), "y": decimal(one.y_milli), "at_ms": one.at_ms}
        for one in path
    ]


def order(one: Order) -> FleetOrder:
    """Show an order."""
    kind, target = one.target
    return {
        "order": one.id,
        "kind": one.kind,
        "points": [{"x": decimal(x), "y": decimal(y)} for x, y in one.points],
        "target": {"kind": kind, "id": target} if target else None,
        "source": one.source,
        "cargo": goods(one.cargo),
    }


def goods(cargo: Mapping[str, int]) -> Goods:
    """Show goods."""
    return {resource: decimal(milli) for resource, milli in cargo.items()}


def _cargo(fleet: Fleet) -> Goods:
    return goods(fleet.cargo)


def _path(fleet: Fleet) -> list[PathPoint]:
    return points(fleet.course.path) if fleet.course else []


PARTS: Mapping[str, Callable[[Fleet], Any]] = {
    "id": lambda fleet: fleet.id,
    "name": lambda fleet: fleet.name,
    "home": lambda fleet: fleet.home,
    "ships": lambda fleet: fleet.ships,
    "x": lambda fleet: decimal(fleet.x_milli),
    "y": lambda fleet: decimal(fleet.y_milli),
    "path": _path,
    "order": lambda fleet: order(fleet.order) if fleet.order else None,
    "queue": lambda fleet: [order(one) for one in fleet.queue],
    "stance": lambda fleet: fleet.stance,
    "post": lambda fleet: fleet.post,
    "battle": lambda fleet: fleet.battle,
    "cargo": _cargo,
    "cargo_capacity": lambda fleet: ships.capacity(fleet.ships),
    "speed": lambda fleet: ships.speed(fleet.ships),
    "range": lambda fleet: ships.reach(fleet.ships),
    "sensor": lambda fleet: decimal(fleet.sensor_milli),
    "upkeep": lambda fleet: ships.upkeep(fleet.ships),
}
"""Field of the owner's view -> how to show it."""

PUBLIC_PARTS: Mapping[str, Callable[[Fleet], Any]] = {
    "id": lambda fleet: fleet.id,
    "player": lambda fleet: fleet.player,
    "username": lambda fleet: fleet.username,
    "ships": lambda fleet: fleet.ships,
    "x": lambda fleet: decimal(visit(fleet)[0].x_milli),
    "y": lambda fleet: decimal(visit(fleet)[0].y_milli),
    "path": lambda fleet: points(visit(fleet)),
    "stance": lambda fleet: fleet.stance,
    "battle": lambda fleet: fleet.battle,
}
"""Field of the onlookers' view -> how to show it."""
