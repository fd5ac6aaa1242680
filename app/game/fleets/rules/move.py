"""Move a fleet through points of the galaxy, or stop it where it is."""

from msgspec.structs import replace

from app.core.decider import Outcome, States
from app.core.message import Event
from app.core.units import decimal
from app.game.fleets.model import state, travel
from app.game.fleets.model.events import CourseSet, OrdersCleared
from app.game.fleets.model.leaving import entered, left_post, stood_down
from app.game.fleets.model.state import Order
from app.game.fleets.rules.command import FleetCommand, Moment, OrderingCommand
from app.game.fleets.rules.orders import commanded, give, order_id
from app.game.galaxy.model.grid import Point
from app.game.galaxy.model.map import Galaxy


class Move(OrderingCommand, frozen=True, kw_only=True):
    """Move to a point, by others in between; all in milli-units.

    `predicted_arrival_ms` is what the client expects: it is corrected, never trusted.
    """

    to: Point
    via: tuple[Point, ...] = ()
    predicted_arrival_ms: int = 0


class StopFleet(FleetCommand, frozen=True, kw_only=True):
    """Stop, and forget all orders."""


def move(galaxy: Galaxy, states: States, command: Move, now_ms: int) -> Outcome:
    """Set out for a point at once, or when the orders before are done.

    Raises:
        Needs: the battle that it is in, or the colony whose post it leaves.
        Rejected: `not_found`, `in_battle`, `queue_full`, `protected`, `path_blocked`,
            `out_of_range`.
    """
    order = Order(id=order_id(command), kind="move", points=(*command.via, command.to))
    moment = Moment(galaxy, states, now_ms, command.id)
    outcome = give(moment, command, order)
    if "arrive_ms" not in outcome.result:
        return outcome
    return _corrected(outcome, command.predicted_arrival_ms)


def _corrected(outcome: Outcome, predicted_ms: int) -> Outcome:
    """Note what the client expected, and tell it how far off that is."""
    events = tuple(
        (ref, replace(event, predicted_ms=predicted_ms))
        if isinstance(event, CourseSet)
        else (ref, event)
        for ref, event in outcome.events
    )
    arrive_ms: int = outcome.result["arrive_ms"]
    off_ms = arrive_ms - predicted_ms if predicted_ms else 0
    result = outcome.result | {"corrected_ms": off_ms}
    return replace(outcome, events=events, result=result)


def stop(states: States, command: StopFleet, now_ms: int) -> Outcome:
    """Let a fleet stand where it is now, without post or orders.

    Raises:
        Needs: the battle that it is in, or the colony whose post it leaves.
        Rejected: `not_found`, `in_battle`.
    """
    fleet = commanded(states, command)
    ref = state.ref(fleet.id)
    left = left_post(states, fleet)
    own: list[Event] = [OrdersCleared()] if fleet.queue else []
    stopped = stood_down(fleet, now_ms)
    if fleet.course or fleet.stance:
        own += (*entered(fleet, now_ms), stopped)
    return Outcome(
        events=(*left, *((ref, event) for event in own)),
        drop=travel.pending(fleet),
        result={
            "fleet": fleet.id,
            "x": decimal(stopped.x_milli),
            "y": decimal(stopped.y_milli),
            "at_ms": now_ms,
        },
    )
