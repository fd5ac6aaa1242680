"""Let battles be watched: finished ones, and some that never were."""

from typing import Any

from marshmallow import ValidationError

from app.core.decider import States
from app.core.message import Rejected
from app.game.combat.model import state as battles
from app.game.combat.model.engine.spec import VERSION
from app.game.combat.model.film import Film, Inputs
from app.game.combat.model.state import Battle
from app.game.combat.schema import SimulatorSchema
from app.game.wire import printable

_ABSENT = "There is no such battle."
_SIMULATOR = SimulatorSchema()


def film_of(battle_id: str, states: States, from_tick: int) -> Film:
    """Set up a finished battle to be watched from a tick on.

    Raises:
        Rejected: `not_found`; `in_progress` while its seed is a secret;
            `other_engine` where this engine is not the one that fought it.
    """
    battle: Battle | None = states[battles.ref(battle_id)]
    if battle is None:
        raise Rejected("not_found", _ABSENT)
    if not battle.is_over:
        raise Rejected("in_progress", "It goes on.")
    if battle.engine != VERSION:
        raise Rejected("other_engine", "Today's engine fights otherwise.")
    inputs = Inputs(battle.seed, battle.forces, battle.orders, battle.frame.tick)
    return Film(inputs, from_tick)


def film(data: Any, from_tick: int) -> Film:
    """Set up a battle that a message of `POST /simulator` describes.

    Raises:
        Rejected: `invalid`.
    """
    try:
        asked = _SIMULATOR.load(data)
    except ValidationError as error:
        raise Rejected("invalid", fields=printable(error.messages)) from error
    inputs = Inputs(
        asked["seed"], tuple(asked["forces"]), tuple(asked["orders"]), asked["ticks"]
    )
    return Film(inputs, from_tick)
