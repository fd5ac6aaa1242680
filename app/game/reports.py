"""Show battles after the fact, and fight some that never were."""

from typing import Any

from marshmallow import ValidationError

from app.core.decider import States
from app.core.message import Ref, Rejected
from app.game.combat.model import state as battles
from app.game.combat.model.simulation import Simulation
from app.game.combat.model.state import Battle
from app.game.combat.schema import SimulatorSchema
from app.game.combat.views import report
from app.game.combat.views.shapes import ReplayView, ReportView
from app.game.wire import printable

_ABSENT = "There is no such battle."
_SIMULATOR = SimulatorSchema()


def report_refs(battle_id: str) -> tuple[Ref, ...]:
    """Name what a report is made of."""
    return (battles.ref(battle_id),)


def show_report(battle_id: str, player_id: str, states: States) -> ReportView:
    """Show a battle to a player who fights or fought in it.

    Raises:
        Rejected: `not_found`, also for whoever had no part in it.
    """
    battle: Battle | None = states[battles.ref(battle_id)]
    if battle is None or player_id not in battles.named(battle.parties.values()):
        raise Rejected("not_found", _ABSENT)
    return report.report(battle)


def show_replay(battle_id: str, states: States) -> ReplayView:
    """Show what a finished battle was fought with.

    Raises:
        Rejected: `not_found`; `in_progress` while its seed is a secret.
    """
    battle: Battle | None = states[battles.ref(battle_id)]
    if battle is None:
        raise Rejected("not_found", _ABSENT)
    if not battle.is_over:
        raise Rejected("in_progress", "It goes on.")
    return report.replay(battle)


def simulation(data: Any) -> Simulation:
    """Set up the battle that a message of `POST /simulator` describes.

    Raises:
        Rejected: `invalid`.
    """
    try:
        return Simulation(**_SIMULATOR.load(data))
    except ValidationError as error:
        raise Rejected("invalid", fields=printable(error.messages)) from error
