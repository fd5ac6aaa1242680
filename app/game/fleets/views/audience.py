"""Say who hears of a fleet, and what.

The owner's room carries everything but the crossing of borders. The full room of the
fleet's sector carries the public part, of that sector only: a fleet is heard of when it
enters, and is gone from the view (`changes` null) when it leaves or is no more. Where
what the owner's sensors cover changes, vision hears of it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from app.core.decider import Heard, States
from app.core.message import Event, Ref
from app.game.fleets.model import events
from app.game.fleets.model.shapes import FleetBroadcast
from app.game.fleets.model.shown import PARTS, PUBLIC_PARTS, order, public
from app.game.fleets.model.state import Fleet
from app.game.players.views import room, sight_changed

_SHIPS = ("ships", "cargo_capacity", "speed", "range", "sensor", "upkeep")
_STANDS = ("x", "y", "path", "order", "stance", "post")
_SEEN = ("x", "y", "path", "stance")

_SHOWN: Mapping[
    type[Event], tuple[FleetBroadcast, tuple[str, ...], tuple[str, ...]]
] = {
    events.FleetLaunched: ("fleets.launched", tuple(PARTS), tuple(PUBLIC_PARTS)),
    events.CourseSet: ("fleets.departed", _STANDS, _SEEN),
    events.FleetStopped: ("fleets.stopped", _STANDS, _SEEN),
    events.OrderQueued: ("fleets.order_queued", ("queue",), ()),
    events.OrderTaken: ("fleets.order_taken", ("queue",), ()),
    events.OrdersCleared: ("fleets.orders_cleared", ("queue",), ()),
    events.OrderFailed: ("fleets.order_failed", ("queue",), ()),
    events.ShipsSplit: ("fleets.split", _SHIPS, ("ships",)),
    events.ShipsJoined: ("fleets.joined", (*_SHIPS, "cargo"), ("ships",)),
    events.ShipsSpent: ("fleets.ships_spent", _SHIPS, ("ships",)),
    events.CargoLoaded: ("fleets.cargo_changed", ("cargo",), ()),
    events.CargoUnloaded: ("fleets.cargo_changed", ("cargo",), ()),
    events.BattleEntered: (
        "fleets.battle_entered",
        ("x", "y", "path", "order", "queue", "battle"),
        ("x", "y", "path", "battle"),
    ),
    events.BattleLeft: (
        "fleets.battle_left",
        (*_SHIPS, "cargo", "battle"),
        ("ships", "battle"),
    ),
    events.SensorsChanged: ("fleets.sensors_changed", ("sensor",), ()),
    events.FleetRenamed: ("fleets.renamed", ("name",), ()),
}
"""Event -> type of the broadcast, what of it its owner hears, what onlookers hear."""

_SIGHT = frozenset({
    events.FleetLaunched,
    events.CourseSet,
    events.FleetStopped,
    events.ShipsSplit,
    events.ShipsJoined,
    events.ShipsSpent,
    events.FleetDissolved,
    events.BattleEntered,
    events.BattleLeft,
    events.SensorsChanged,
})  # fmt: skip
"""What changes the area that the owner's sensors cover."""


def audience(ref: Ref, event: Event, states: States, _at_ms: int) -> Iterable[Heard]:
    """Say who hears an event of a fleet.

    `changes` holds new values of fields of the view that the room's snapshot shows;
    null where the fleet is gone from that view.

    Raises:
        KeyError: the event is not one of a fleet's.
    """
    fleet: Fleet = states[ref]
    if isinstance(event, events.SectorEntered):
        return _crossed(fleet, event)
    heard = list(_dissolved(fleet, event) or _changed(fleet, event))
    if type(event) in _SIGHT:
        heard.append(sight_changed(fleet.player))
    return heard


def _changed(fleet: Fleet, event: Event) -> Iterable[Heard]:
    kind, to_owner, to_onlookers = _SHOWN[type(event)]
    if isinstance(event, events.FleetStopped) and event.is_arrival:
        kind = "fleets.arrived"
    about = {"fleet": fleet.id, **_about(event)}
    changes = {name: PARTS[name](fleet) for name in to_owner}
    yield _heard(room(fleet.player), kind, about, changes)
    if to_onlookers:
        seen = {name: PUBLIC_PARTS[name](fleet) for name in to_onlookers}
        yield _heard(_full(fleet.sector), kind, {"fleet": fleet.id}, seen)


def _crossed(fleet: Fleet, event: events.SectorEntered) -> Iterable[Heard]:
    about = {"fleet": fleet.id}
    yield _heard(_full(event.left), "fleets.left", about, None)
    yield _heard(_full(event.sector), "fleets.entered", about, public(fleet))


def _dissolved(fleet: Fleet, event: Event) -> Iterable[Heard]:
    if not isinstance(event, events.FleetDissolved):
        return ()
    rooms = (room(fleet.player), _full(fleet.sector))
    payload = {"fleet": fleet.id, "changes": None}
    return (Heard(rooms=rooms, type=f"fleets.{event.reason}", payload=payload),)


def _about(event: Event) -> dict[str, Any]:
    """Say to the owner what an event was about, for notices; views don't need it."""
    match event:
        case events.OrderQueued() | events.OrderTaken():
            return {"about": order(event.order)}
        case events.OrderFailed():
            return {"about": order(event.order), "code": event.code}
        case events.ShipsSplit():
            return {"new": event.into}
        case events.ShipsJoined():
            return {"origin": event.origin}
        case events.BattleLeft():
            return {"lost": event.lost}
    return {}


def _full(sector: str) -> str:
    return f"sector:{sector}:full"


def _heard(
    name: str,
    kind: FleetBroadcast,
    about: Mapping[str, Any],
    changes: Mapping[str, Any] | None,
) -> Heard:
    return Heard(rooms=(name,), type=kind, payload={**about, "changes": changes})
