"""Complete an order: a timer's command, set when the order is placed or moved."""

from msgspec.structs import replace

from app.core.decider import Due, Outcome, States
from app.core.message import Event
from app.game.colonies.model import state
from app.game.colonies.model.events import ConstructionCompleted, TrainingCompleted
from app.game.colonies.model.production import production
from app.game.colonies.model.state import Colony, Construction, Training
from app.game.colonies.model.stock import accrue
from app.game.colonies.model.terms import owned
from app.game.colonies.rules.own import ColonyCommand
from app.game.players.model import Player


class CompleteOrder(ColonyCommand, frozen=True, kw_only=True):
    """Complete an order of a colony's lines."""

    order: str


def due(colony: Colony, order: Construction | Training) -> Due:
    """Set the timer of an order. A moved order gets a timer of another name."""
    command = CompleteOrder(
        id=timer(order), player=colony.player, colony=colony.id, order=order.id
    )
    return Due(at_ms=order.complete_ms, command=command)


def timer(order: Construction | Training) -> str:
    """Name the timer of an order."""
    return f"{order.id}.{order.complete_ms}"


def complete(states: States, command: CompleteOrder, _now_ms: int) -> Outcome:
    """Complete the order at the time it was planned for, whenever this runs."""
    colony, player = owned(states, command.colony, command.player)
    orders: tuple[Construction | Training, ...]
    orders = (*colony.constructions, *colony.trainings)
    order = next((one for one in orders if one.id == command.order), None)
    if order is None:
        return Outcome()
    if isinstance(order, Construction):
        event = _built(colony, player, order)
    else:
        event = _trained(colony, player, order)
    return Outcome(events=((state.ref(colony.id), event),))


def _built(colony: Colony, player: Player, order: Construction) -> Event:
    levels = colony.buildings | {order.building: order.level}
    return ConstructionCompleted(
        order=order.id,
        building=order.building,
        level=order.level,
        accrual=accrue(colony.stock, order.complete_ms),
        production=production(replace(colony, buildings=levels), player.modifiers),
    )


def _trained(colony: Colony, player: Player, order: Training) -> Event:
    units = colony.units | {order.unit: colony.units.get(order.unit, 0) + order.count}
    return TrainingCompleted(
        order=order.id,
        unit=order.unit,
        count=order.count,
        accrual=accrue(colony.stock, order.complete_ms),
        production=production(replace(colony, units=units), player.modifiers),
    )
