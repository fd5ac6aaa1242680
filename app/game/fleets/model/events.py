"""Name what happens to a fleet, what that changes, and what it moves in its holds."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from app.core.message import Event
from app.game.colonies.model.units import together, without
from app.game.fleets.model.state import Course, Fleet, Order


class FleetLaunched(Event, frozen=True, kw_only=True):
    """Record a new fleet, launched from a colony or split off another fleet."""

    fleet: str
    player: str
    username: str
    name: str
    home: str
    ships: dict[str, int]
    x_milli: int
    y_milli: int
    sector: str
    sensor_milli: int
    at_ms: int


class CourseSet(Event, frozen=True, kw_only=True):
    """Record that a fleet departs by an order; it leaves its post, if it had one.

    `predicted_ms` is the arrival that the client claimed, 0 where it claimed none.
    """

    course: Course
    order: Order
    speed_milli: int
    """Milli-units a second, as the fleet and the weather at departure allow."""
    predicted_ms: int = 0


class SectorEntered(Event, frozen=True, kw_only=True):
    """Record that a fleet on its course crossed into another sector."""

    sector: str
    left: str
    at_ms: int


class FleetStopped(Event, frozen=True, kw_only=True):
    """Record that a fleet stands still, at the end of its course or on the way.

    `stance` and `post` are what it does from now on; `is_arrival` tells the end of the
    course from a stop on the way.
    """

    x_milli: int
    y_milli: int
    sector: str
    at_ms: int
    is_arrival: bool
    stance: str = ""
    post: str = ""


class OrderQueued(Event, frozen=True, kw_only=True):
    """Record an order that waits for its turn."""

    order: Order


class OrdersCleared(Event, frozen=True, kw_only=True):
    """Record that the waiting orders were called off."""


class OrderFailed(Event, frozen=True, kw_only=True):
    """Record that an order could not be done when its turn came, and why.

    The orders behind it are called off with it.
    """

    order: Order
    code: str


class OrderTaken(Event, frozen=True, kw_only=True):
    """Record that the first waiting order left the queue, to be done now."""

    order: Order


class ShipsSplit(Event, frozen=True, kw_only=True):
    """Record that ships left to be a fleet of their own."""

    ships: dict[str, int]
    sensor_milli: int
    into: str


class ShipsJoined(Event, frozen=True, kw_only=True):
    """Record that the ships and the cargo of another fleet came in."""

    ships: dict[str, int]
    cargo: dict[str, int]
    sensor_milli: int
    origin: str


class FleetDissolved(Event, frozen=True, kw_only=True):
    """Record that a fleet is no more.

    `reason` is `landed`, `merged`, `colonised` or `destroyed`; `cargo` is what it
    handed over, or what was lost with it.
    """

    reason: str
    cargo: dict[str, int]
    at_ms: int


class CargoLoaded(Event, frozen=True, kw_only=True):
    """Record that goods came aboard. `cause` is `loaded`, `looted` or `salvaged`."""

    cause: str
    cargo: dict[str, int]


class CargoUnloaded(Event, frozen=True, kw_only=True):
    """Record that goods left for a colony."""

    colony: str
    cargo: dict[str, int]


class BattleEntered(Event, frozen=True, kw_only=True):
    """Record that a fleet fights, where it is; its course and orders end."""

    battle: str
    x_milli: int
    y_milli: int
    sector: str
    at_ms: int


class BattleLeft(Event, frozen=True, kw_only=True):
    """Record that a fleet left a battle with the ships it has left.

    `dropped` is the cargo that found no room any more.
    """

    battle: str
    ships: dict[str, int]
    lost: dict[str, int]
    dropped: dict[str, int]
    sensor_milli: int
    at_ms: int


class ShipsSpent(Event, frozen=True, kw_only=True):
    """Record that ships were used up: a colony ship became a colony."""

    ships: dict[str, int]
    sensor_milli: int


class SensorsChanged(Event, frozen=True, kw_only=True):
    """Record how far the fleet sees from now on, as research has it."""

    sensor_milli: int


class FleetRenamed(Event, frozen=True, kw_only=True):
    """Record a fleet's new name."""

    name: str


Changes = dict[str, Any]


def evolve(fleet: Fleet | None, event: Event) -> Fleet:
    """Apply an event to a fleet.

    Raises:
        TypeError: the event is not one of a fleet's.
    """
    if isinstance(event, FleetLaunched):
        return _launched(event)
    changes = _CHANGES.get(type(event))
    if fleet is None or changes is None:
        raise TypeError(event)
    cargo = _moved(fleet.cargo, ledger(event))
    return replace(fleet, cargo=cargo, **changes(fleet, event))


def _launched(event: FleetLaunched) -> Fleet:
    return Fleet(
        id=event.fleet,
        player=event.player,
        username=event.username,
        name=event.name,
        home=event.home,
        ships=event.ships,
        x_milli=event.x_milli,
        y_milli=event.y_milli,
        sector=event.sector,
        sensor_milli=event.sensor_milli,
        created_ms=event.at_ms,
        since_ms=event.at_ms,
    )


def _moved(
    cargo: Mapping[str, int], movements: Mapping[str, Mapping[str, int]]
) -> dict[str, int]:
    held = dict(cargo)
    for amounts in movements.values():
        for resource, milli in amounts.items():
            held[resource] = held.get(resource, 0) + milli
    return {resource: milli for resource, milli in held.items() if milli}


def _departed(_fleet: Fleet, event: CourseSet) -> Changes:
    start = event.course.path[0]
    return {
        "course": event.course,
        "order": event.order,
        "x_milli": start.x_milli,
        "y_milli": start.y_milli,
        "since_ms": start.at_ms,
        "stance": "patrol" if event.order.kind == "patrol" else "",
        "post": "",
    }


def _stands(event: FleetStopped | BattleEntered) -> Changes:
    return {
        "course": None,
        "order": None,
        "x_milli": event.x_milli,
        "y_milli": event.y_milli,
        "sector": event.sector,
        "since_ms": event.at_ms,
    }


def _stopped(_fleet: Fleet, event: FleetStopped) -> Changes:
    return _stands(event) | {"stance": event.stance, "post": event.post}


def _fights(_fleet: Fleet, event: BattleEntered) -> Changes:
    return _stands(event) | {"queue": (), "battle": event.battle}


def _fought(_fleet: Fleet, event: BattleLeft) -> Changes:
    return {"battle": "", "ships": event.ships, "sensor_milli": event.sensor_milli}


def _sees(fleet: Fleet, event: Any, ships: dict[str, int]) -> Changes:
    return {"ships": ships, "sensor_milli": event.sensor_milli}


_CHANGES: Mapping[type[Event], Callable[[Fleet, Any], Changes]] = {
    CourseSet: _departed,
    SectorEntered: lambda _fleet, event: {
        "sector": event.sector,
        "since_ms": event.at_ms,
    },
    FleetStopped: _stopped,
    OrderQueued: lambda fleet, event: {"queue": (*fleet.queue, event.order)},
    OrdersCleared: lambda _fleet, _event: {"queue": ()},
    OrderFailed: lambda _fleet, _event: {"queue": ()},
    OrderTaken: lambda fleet, _event: {"queue": fleet.queue[1:]},
    ShipsSplit: lambda fleet, event: _sees(
        fleet, event, without(fleet.ships, event.ships)
    ),
    ShipsJoined: lambda fleet, event: _sees(
        fleet, event, together(fleet.ships, event.ships)
    ),
    FleetDissolved: lambda _fleet, _event: {
        "ships": {},
        "course": None,
        "order": None,
        "queue": (),
        "stance": "",
        "post": "",
        "battle": "",
    },
    CargoLoaded: lambda _fleet, _event: {},
    CargoUnloaded: lambda _fleet, _event: {},
    BattleEntered: _fights,
    BattleLeft: _fought,
    ShipsSpent: lambda fleet, event: _sees(
        fleet, event, without(fleet.ships, event.ships)
    ),
    SensorsChanged: lambda _fleet, event: {"sensor_milli": event.sensor_milli},
    FleetRenamed: lambda _fleet, event: {"name": event.name},
}
"""Event -> what it changes of a fleet beside its cargo."""

EVENTS: tuple[type[Event], ...] = (FleetLaunched, *_CHANGES)


def ledger(event: Event) -> Mapping[str, Mapping[str, int]]:
    """Name what an event moved into or out of the holds: cause -> {resource: milli}.

    What a fleet carries is the sum of these over its events (law L3).
    """
    match event:
        case CargoLoaded():
            return {event.cause: event.cargo}
        case ShipsJoined():
            return {"merged": event.cargo}
        case CargoUnloaded():
            return {"unloaded": _negative(event.cargo)}
        case FleetDissolved():
            return {event.reason: _negative(event.cargo)}
        case BattleLeft():
            return {"lost": _negative(event.dropped)}
    return {}


def _negative(amounts: Mapping[str, int]) -> dict[str, int]:
    return {resource: -milli for resource, milli in amounts.items()}
