"""Keep the books of who pays for the ships that fly."""

from collections.abc import Mapping

from msgspec.structs import replace

import app.game.players.model as players
from app.core.decider import Outcome, States
from app.core.message import Ref
from app.game.colonies.model import state as colonies
from app.game.colonies.model.garrison import UpkeepAssumed, UpkeepReleased
from app.game.colonies.model.production import production
from app.game.colonies.model.state import Colony
from app.game.colonies.model.stock import accrue
from app.game.colonies.model.terms import owned
from app.game.colonies.model.units import together, without
from app.game.fleets.model.leaving import ReleaseUpkeep
from app.game.players.model import Player


def release_loads(command: ReleaseUpkeep) -> tuple[Ref, ...]:
    """Name the colony and its owner."""
    return (colonies.ref(command.colony), players.ref(command.player))


def release(states: States, command: ReleaseUpkeep, now_ms: int) -> Outcome:
    """Let a colony no longer pay for ships that are no more.

    Raises:
        Rejected: `not_found`.
    """
    colony, player = owned(states, command.colony, command.player)
    event = released(colony, player, command.ships, now_ms)
    return Outcome(events=((colonies.ref(colony.id), event),))


def released(
    colony: Colony, player: Player, ships: Mapping[str, int], at_ms: int
) -> UpkeepReleased:
    """Let a colony no longer pay for ships."""
    left = replace(colony, away=without(colony.away, ships))
    return UpkeepReleased(
        units=dict(ships),
        accrual=accrue(colony.stock, at_ms),
        production=production(left, player.modifiers),
    )


def assumed(
    colony: Colony, player: Player, ships: Mapping[str, int], at_ms: int
) -> UpkeepAssumed:
    """Let a colony pay for ships from now on."""
    grown = replace(colony, away=together(colony.away, ships))
    return UpkeepAssumed(
        units=dict(ships),
        accrual=accrue(colony.stock, at_ms),
        production=production(grown, player.modifiers),
    )
