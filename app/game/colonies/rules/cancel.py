"""Cancel an order: part of its price comes back, the orders behind it move up."""

from typing import TypeVar

from msgspec.structs import replace

from app.core.decider import Due, Outcome, States
from app.core.message import Event, Rejected
from app.game.colonies.model import state
from app.game.colonies.model.events import ConstructionCancelled, TrainingCancelled
from app.game.colonies.model.state import Colony, Construction, Training
from app.game.colonies.model.stock import Accrual, accrue, in_units
from app.game.colonies.model.terms import owned, refund
from app.game.colonies.rules.complete import due, timer
from app.game.colonies.rules.own import ColonyCommand

Order = TypeVar("Order", Construction, Training)


class CancelOrder(ColonyCommand, frozen=True, kw_only=True):
    """Cancel an order of the construction line or of the shipyard's."""

    order: str


def cancel(states: States, command: CancelOrder, now_ms: int) -> Outcome:
    """Take the order out of its line, refund it, move up what waits behind it.

    Raises:
        Rejected: `not_found`; `requirements_missing` where a later order is for the
            level after this one.
    """
    colony, _player = owned(states, command.colony, command.player)
    accrual = accrue(colony.stock, now_ms)
    for construction in colony.constructions:
        if construction.id == command.order:
            return _cancel_construction(colony, construction, accrual)
    for training in colony.trainings:
        if training.id == command.order:
            return _cancel_training(colony, training, accrual)
    raise Rejected("not_found", "There is no such order.")


def _cancel_construction(
    colony: Colony, order: Construction, accrual: Accrual
) -> Outcome:
    _check_later(colony, order)
    left = _moved_up(colony.constructions, order, accrual.at_ms)
    cancelled = ConstructionCancelled(
        order=order.id,
        building=order.building,
        level=order.level,
        was_under_way=order == colony.constructions[0],
        refunded=refund(order.paid),
        left=left,
        accrual=accrual,
    )
    moved = _timers(colony, colony.constructions, left)
    return _outcome(colony, order, cancelled, moved)


def _cancel_training(colony: Colony, order: Training, accrual: Accrual) -> Outcome:
    left = _moved_up(colony.trainings, order, accrual.at_ms)
    cancelled = TrainingCancelled(
        order=order.id,
        unit=order.unit,
        count=order.count,
        refunded=refund(order.paid),
        left=left,
        accrual=accrual,
    )
    moved = _timers(colony, colony.trainings, left)
    return _outcome(colony, order, cancelled, moved)


def _outcome(
    colony: Colony,
    order: Construction | Training,
    cancelled: Event,
    timers: tuple[tuple[Due, ...], tuple[str, ...]],
) -> Outcome:
    back = refund(order.paid)
    return Outcome(
        events=((state.ref(colony.id), cancelled),),
        due=timers[0],
        drop=timers[1],
        result={
            "order": order.id,
            "colony": colony.id,
            "refund": in_units(back),
        },
    )


def _check_later(colony: Colony, order: Construction) -> None:
    later = [
        one.id
        for one in colony.constructions
        if one.building == order.building and one.level > order.level
    ]
    if later:
        raise Rejected(
            "requirements_missing", "Cancel later levels first.", later=later
        )


def _moved_up(line: tuple[Order, ...], gone: Order, now_ms: int) -> tuple[Order, ...]:
    """Give the line without an order: what waits behind it starts that much earlier."""
    place = line.index(gone)
    left = list(line[:place])
    for order in line[place + 1 :]:
        started_ms = left[-1].complete_ms if left else now_ms
        lasts_ms = order.complete_ms - order.started_ms
        left.append(
            replace(order, started_ms=started_ms, complete_ms=started_ms + lasts_ms)
        )
    return tuple(left)


def _timers(
    colony: Colony, before: tuple[Order, ...], after: tuple[Order, ...]
) -> tuple[tuple[Due, ...], tuple[str, ...]]:
    """Give the timers to set and the names of those to drop."""
    old = {timer(order) for order in before}
    new = {timer(order): due(colony, order) for order in after}
    added = tuple(one for name, one in new.items() if name not in old)
    return added, tuple(sorted(old - new.keys()))
