"""Say which orders stand: a formation, a focus, a retreat for each force."""

from collections.abc import Sequence
from typing import NamedTuple

from app.game.combat.model.engine.arrays import Ints, ints
from app.game.combat.model.engine.field import NONE
from app.game.combat.model.engine.spec import RETREAT_TICKS, Force, Order

DEALT_PERCENT = {"line": 100, "assault": 110, "defensive": 90}
TAKEN_PERCENT = {"line": 100, "assault": 110, "defensive": 90}

NEVER = 1 << 30


class Standing(NamedTuple):
    """Hold one value a force.

    `dealt` and `taken` are percent of damage, `focus` the place of the force that it
    prefers, `escape` the tick at whose end it has fled (NEVER, if it doesn't).
    """

    dealt: Ints
    taken: Ints
    focus: Ints
    escape: Ints


def standing(forces: Sequence[Force], orders: Sequence[Order], tick: int) -> Standing:
    """Give the orders that stand in a tick; a later one replaces an earlier one."""
    place = {force.id: index for index, force in enumerate(forces)}
    formation = ["line"] * len(forces)
    focus, escape = [NONE] * len(forces), [NEVER] * len(forces)
    for order in sorted(orders, key=lambda one: one.tick):
        if order.tick >= tick:
            break
        force = place[order.force]
        if order.kind == "formation":
            formation[force] = order.value
        elif order.kind == "focus":
            focus[force] = place.get(order.value, NONE)
        else:
            escape[force] = min(escape[force], order.tick + RETREAT_TICKS)
    return Standing(
        dealt=ints([DEALT_PERCENT[one] for one in formation]),
        taken=ints([TAKEN_PERCENT[one] for one in formation]),
        focus=ints(focus),
        escape=ints(escape),
    )
