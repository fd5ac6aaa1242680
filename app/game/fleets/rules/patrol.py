"""Patrol: fly from point to point, again and again."""

from msgspec.structs import replace

from app.core.decider import Outcome, States
from app.core.message import Rejected
from app.game.fleets.model.state import Fleet, Order
from app.game.fleets.model.travel import LOOP_MIN_MS, PATROL_MS
from app.game.fleets.rules.arrival import Arrival, done, stopped
from app.game.fleets.rules.command import Moment, OrderingCommand
from app.game.fleets.rules.departure import depart, planned
from app.game.fleets.rules.orders import commanded, give, order_id
from app.game.galaxy.model.grid import Point
from app.game.galaxy.model.map import Galaxy


class Patrol(OrderingCommand, frozen=True, kw_only=True):
    """Fly through points, in milli-units, and from the last to the first again."""

    points: tuple[Point, ...]


def patrol(galaxy: Galaxy, states: States, command: Patrol, now_ms: int) -> Outcome:
    """Set out for the first point of the loop.

    Raises:
        Needs: the battle that it is in, or the colony whose post it leaves.
        Rejected: `not_found`, `in_battle`, `queue_full`, `protected`, `path_blocked`,
            `out_of_range`, `too_short`.
    """
    fleet = commanded(states, command)
    order = Order(
        id=order_id(command),
        kind="patrol",
        points=command.points,
        until_ms=now_ms + PATROL_MS,
    )
    moment = Moment(galaxy, states, now_ms, command.id)
    _check_loop(moment, fleet, order)
    return give(moment, command, order)


def _check_loop(moment: Moment, fleet: Fleet, order: Order) -> None:
    """Check a whole loop, as if the fleet stood at its end."""
    x_milli, y_milli = order.points[-1]
    there = replace(fleet, course=None, x_milli=x_milli, y_milli=y_milli)
    loop = planned(moment, moment.player(fleet.player), there, order).course
    lasts_ms = loop.arrive_ms - loop.depart_ms
    if lasts_ms < LOOP_MIN_MS:
        raise Rejected(
            "too_short", "The loop is too short.", loop_ms=lasts_ms, min_ms=LOOP_MIN_MS
        )


def patrolled(arrival: Arrival) -> Outcome:
    """Begin the next loop, unless other orders wait or the time is over.

    Raises:
        Rejected: `protected`, `path_blocked`, `out_of_range`, `too_short`.
    """
    fleet, order = arrival.fleet, arrival.order
    if fleet.queue or order.until_ms <= arrival.moment.at_ms:
        return done(arrival, stopped(arrival))
    _check_loop(arrival.moment, fleet, order)
    return depart(arrival.moment, fleet, order)
