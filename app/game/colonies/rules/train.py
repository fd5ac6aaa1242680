"""Order units in the shipyard."""

from app.core import chance
from app.core.decider import Outcome, States
from app.core.message import Rejected
from app.game.colonies.model import buildings, state, units
from app.game.colonies.model.events import TrainingPlaced
from app.game.colonies.model.state import Colony, Training
from app.game.colonies.model.stock import accrue, settle
from app.game.colonies.model.terms import check_paid, check_requirements, owned
from app.game.colonies.rules.complete import due
from app.game.colonies.rules.own import ColonyCommand, start_ms
from app.game.players.model import Player


class Train(ColonyCommand, frozen=True, kw_only=True):
    """Order `count` of a unit."""

    unit: str
    count: int


def train(states: States, command: Train, now_ms: int) -> Outcome:
    """Pay for the units and put them into the shipyard's line.

    Raises:
        Rejected: `not_found`, `queue_full`, `requirements_missing`,
            `not_enough_resources`.
    """
    colony, player = owned(states, command.colony, command.player)
    if len(colony.trainings) >= buildings.QUEUE_MAX:
        raise Rejected("queue_full", queue_max=buildings.QUEUE_MAX)
    table = units.UNITS[command.unit]
    check_requirements(colony, player, table.buildings, table.technologies)
    accrual = accrue(colony.stock, now_ms)
    order = _order(colony, player, command, now_ms)
    check_paid(settle(colony.stock, accrual), order.paid)
    placed = TrainingPlaced(training=order, accrual=accrual)
    return Outcome(
        events=((state.ref(colony.id), placed),),
        due=(due(colony, order),),
        result={
            "order": order.id,
            "colony": colony.id,
            "unit": order.unit,
            "count": order.count,
            "started_ms": order.started_ms,
            "complete_ms": order.complete_ms,
        },
    )


def _order(colony: Colony, player: Player, command: Train, now_ms: int) -> Training:
    speed = player.modifiers.get("train_speed", 0)
    speed += buildings.effect(colony.buildings, "train_speed")
    started_ms = start_ms(colony.trainings, now_ms)
    duration_ms = units.duration_ms(command.unit, command.count, speed)
    return Training(
        id=chance.name(command.id, "order", now_ms),
        unit=command.unit,
        count=command.count,
        paid=units.cost(command.unit, command.count),
        started_ms=started_ms,
        complete_ms=started_ms + duration_ms,
    )
