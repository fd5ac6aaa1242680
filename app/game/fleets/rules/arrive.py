"""End a course: do what the fleet was sent for."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from app.core.decider import Due, Outcome, States
from app.core.message import Command, Ref, Rejected
from app.game.colonies.model.state import Colony
from app.game.fleets.model import state
from app.game.fleets.model.events import OrderFailed
from app.game.fleets.model.leaving import entered
from app.game.fleets.model.state import Fleet, Order
from app.game.fleets.rules.arrival import Arrival, done, stopped
from app.game.fleets.rules.colonise import colonised
from app.game.fleets.rules.command import Moment, loads
from app.game.fleets.rules.departure import TOUCHED_MAX, Arrive, halted
from app.game.fleets.rules.land import landed
from app.game.fleets.rules.patrol import patrolled
from app.game.fleets.rules.posts import blockaded, defended
from app.game.fleets.rules.transport import transported
from app.game.galaxy.model.map import Galaxy


class Calls(NamedTuple):
    """Make the commands of battles that an arrival calls for, under an id.

    `attack` makes a fleet attack what its order says; `defend` brings it to a battle.
    """

    attack: Callable[[Fleet, Order, str], Command]
    defend: Callable[[Fleet, str, str], Command]


_ACTS: Mapping[str, Callable[[Arrival], Outcome]] = {
    "move": lambda arrival: done(arrival, stopped(arrival)),
    "defend": defended,
    "blockade": blockaded,
    "patrol": patrolled,
    "transport": transported,
    "colonise": colonised,
    "return": landed,
}
"""Kind of order -> what the fleet does on arrival."""


def arrive_loads(command: Arrive) -> tuple[Ref, ...]:
    """Name the fleet, its owner and what the order is about."""
    about = (Ref(*one) for one in command.touched[:TOUCHED_MAX])
    return tuple(dict.fromkeys((*loads(command), *about)))


def arrive_reaches(command: Arrive) -> tuple[Ref, ...]:
    """Name what the orders are about that wait behind this one (law L7)."""
    return tuple(Ref(*one) for one in command.touched)


def arrive(
    galaxy: Galaxy, calls: Calls, states: States, command: Arrive, _now_ms: int
) -> Outcome:
    """Arrive at the time the course says, whenever this runs."""
    fleet: Fleet | None = states[state.ref(command.fleet)]
    if fleet is None or fleet.course is None or fleet.order is None:
        return Outcome()
    if fleet.course.id != command.course:
        return Outcome()
    moment = Moment(galaxy, states, fleet.course.arrive_ms, command.id)
    return _arrived(moment, calls, fleet, fleet.order)


def _arrived(moment: Moment, calls: Calls, fleet: Fleet, order: Order) -> Outcome:
    arrival = Arrival(moment, halted(fleet, moment.at_ms), order)
    outcome = _done(arrival, calls)
    crossed = ((arrival.ref, event) for event in entered(fleet, moment.at_ms))
    return replace(outcome, events=(*crossed, *outcome.events))


def _done(arrival: Arrival, calls: Calls) -> Outcome:
    order = arrival.order
    if order.kind == "attack":
        command_id = f"{arrival.moment.command_id}.attack"
        attack = calls.attack(arrival.fleet, order, command_id)
        due = Due(at_ms=arrival.moment.at_ms, command=attack)
        return Outcome(events=(stopped(arrival),), due=(due,))
    try:
        outcome = _ACTS[order.kind](arrival)
    except Rejected as refusal:
        failed = OrderFailed(order=order, code=refusal.code)
        return Outcome(events=(stopped(arrival), (arrival.ref, failed)))
    return replace(outcome, due=(*_defense(arrival, calls), *outcome.due))


def _defense(arrival: Arrival, calls: Calls) -> tuple[Due, ...]:
    """Call a fleet that comes to defend a colony to the battle there."""
    if arrival.order.kind != "defend":
        return ()
    colony: Colony = arrival.moment.states[Ref(*arrival.order.target)]
    if not colony.battle:
        return ()
    command_id = f"{arrival.moment.command_id}.defend"
    command = calls.defend(arrival.fleet, colony.battle, command_id)
    return (Due(at_ms=arrival.moment.at_ms, command=command),)
