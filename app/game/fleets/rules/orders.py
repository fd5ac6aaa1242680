"""Give a fleet an order, at once or when its turn comes; call the waiting ones off."""

from msgspec.structs import replace

from app.core import chance
from app.core.decider import Due, Outcome, States
from app.core.message import Event, Ref, Rejected
from app.game.fleets.model import state
from app.game.fleets.model.events import (
    OrderFailed,
    OrderQueued,
    OrdersCleared,
    OrderTaken,
    evolve,
)
from app.game.fleets.model.state import ORDERS_MAX, Fleet, Order
from app.game.fleets.model.terms import at_peace, owned
from app.game.fleets.model.travel import arrival_timer
from app.game.fleets.rules.command import (
    FleetCommand,
    Moment,
    OrderingCommand,
    loads,
)
from app.game.fleets.rules.departure import (
    TOUCHED_MAX,
    arrival_due,
    depart,
    touched,
)
from app.game.galaxy.model.map import Galaxy


class ClearOrders(FleetCommand, frozen=True, kw_only=True):
    """Call off the orders that wait; the fleet goes on with the one it is about."""


class TakeOrder(FleetCommand, frozen=True, kw_only=True):
    """Begin with the first waiting order: follows when the fleet is done with another.

    `touched` are kind and id of what it and those behind it are about.
    """

    order: str
    at_ms: int
    touched: tuple[tuple[str, str], ...] = ()


def commanded(states: States, command: FleetCommand) -> Fleet:
    """Give the fleet that a player may order now.

    Raises:
        Needs: the battle that it is in.
        Rejected: `not_found`, `in_battle`.
    """
    fleet = owned(states, command.fleet, command.player)
    at_peace(states, fleet)
    return fleet


def give(moment: Moment, command: OrderingCommand, order: Order) -> Outcome:
    """Give an order to a fleet that may be ordered.

    Raises:
        Needs: the battle, or the colony whose post the fleet leaves.
        Rejected: `not_found`, `in_battle`, `queue_full`; what `depart` refuses.
    """
    fleet = commanded(moment.states, command)
    if command.queue and (fleet.course or fleet.queue):
        return queued(fleet, order, moment)
    departed = depart(moment, replace(fleet, queue=()), order)
    cleared = _cleared(fleet)
    return Outcome(
        events=(*cleared, *departed.events),
        due=departed.due,
        drop=departed.drop,
        result=departed.result,
    )


def order_id(command: OrderingCommand) -> str:
    """Name the order that a command gives."""
    return chance.name(command.id, "order")


def queued(fleet: Fleet, order: Order, moment: Moment) -> Outcome:
    """Let an order wait until the fleet is done with those before.

    Raises:
        Rejected: `queue_full`.
    """
    if len(fleet.queue) >= ORDERS_MAX:
        raise Rejected("queue_full", queue_max=ORDERS_MAX)
    event = OrderQueued(order=order)
    waiting = evolve(fleet, event)
    return Outcome(
        events=((state.ref(fleet.id), event),),
        due=arrival_due(waiting) if fleet.course else next_due(waiting, moment),
        drop=(arrival_timer(fleet.course.id),) if fleet.course else (),
        result={"fleet": fleet.id, "order": order.id, "queued": len(waiting.queue)},
    )


def _cleared(fleet: Fleet) -> tuple[tuple[Ref, Event], ...]:
    return ((state.ref(fleet.id), OrdersCleared()),) if fleet.queue else ()


def clear(states: States, command: ClearOrders, _now_ms: int) -> Outcome:
    """Call the waiting orders off.

    Raises:
        Needs: the battle that it is in.
        Rejected: `not_found`, `in_battle`.
    """
    fleet = commanded(states, command)
    result = {"fleet": fleet.id, "cleared": len(fleet.queue)}
    return Outcome(events=_cleared(fleet), result=result)


def next_due(fleet: Fleet, moment: Moment) -> tuple[Due, ...]:
    """Let a fleet that is done begin with its next order, if one waits."""
    if not fleet.queue:
        return ()
    first = fleet.queue[0]
    command = TakeOrder(
        id=f"{moment.command_id}.{first.id}",
        player=fleet.player,
        fleet=fleet.id,
        order=first.id,
        at_ms=moment.at_ms,
        touched=touched(fleet, fleet.queue),
    )
    return (Due(at_ms=moment.at_ms, command=command),)


def take_loads(command: TakeOrder) -> tuple[Ref, ...]:
    """Name the fleet, its owner and what the order is about."""
    about = (Ref(*one) for one in command.touched[:TOUCHED_MAX])
    return tuple(dict.fromkeys((*loads(command), *about)))


def take_reaches(command: TakeOrder) -> tuple[Ref, ...]:
    """Name what the orders are about that wait behind this one (law L7)."""
    return tuple(Ref(*one) for one in command.touched)


def take(galaxy: Galaxy, states: States, command: TakeOrder, _now_ms: int) -> Outcome:
    """Set out by the order whose turn it is, or say why that can't be.

    It does so at the time when its turn came, whenever this runs.

    Raises:
        Needs: the colony whose post the fleet leaves.
    """
    fleet: Fleet | None = states[state.ref(command.fleet)]
    if fleet is None or fleet.course or fleet.battle or not fleet.queue:
        return Outcome()
    order = fleet.queue[0]
    if order.id != command.order:
        return Outcome()
    ref = state.ref(fleet.id)
    taken = OrderTaken(order=order)
    moment = Moment(galaxy, states, command.at_ms, command.id)
    try:
        departed = depart(moment, evolve(fleet, taken), order)
    except Rejected as refusal:
        failed = OrderFailed(order=order, code=refusal.code)
        return Outcome(events=((ref, taken), (ref, failed)))
    return Outcome(
        events=((ref, taken), *departed.events), due=departed.due, drop=departed.drop
    )
