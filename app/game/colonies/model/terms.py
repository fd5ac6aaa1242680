"""Say what any order on a colony must meet, whichever slice gives it."""

from collections.abc import Mapping

import app.game.players.model as players
from app.core.decider import States
from app.core.message import Rejected
from app.game.colonies.model import state
from app.game.colonies.model.buildings import REFUND_PERCENT
from app.game.colonies.model.state import Colony
from app.game.colonies.model.stock import Amounts, Stock, in_units, shortfall
from app.game.players.model import Player


def owned(states: States, colony_id: str, player_id: str) -> tuple[Colony, Player]:
    """Give the colony and its owner.

    Raises:
        Rejected: `not_found`, also where the colony is somebody else's: that it is
            there is not told.
    """
    colony: Colony | None = states[state.ref(colony_id)]
    player: Player | None = states[players.ref(player_id)]
    if colony is None or player is None or colony.player != player.id:
        raise Rejected("not_found", "You have no such colony.")
    return colony, player


def check_requirements(
    colony: Colony,
    player: Player,
    buildings: Mapping[str, int],
    technologies: Mapping[str, int],
) -> None:
    """Check levels of finished buildings and of research.

    Raises:
        Rejected: `requirements_missing`, with the levels that are needed.
    """
    missing = {
        "buildings": _below(colony.buildings, buildings),
        "technologies": _below(player.technologies, technologies),
    }
    if any(missing.values()):
        raise Rejected("requirements_missing", missing=missing)


def _below(levels: Mapping[str, int], needed: Mapping[str, int]) -> dict[str, int]:
    return {name: need for name, need in needed.items() if levels.get(name, 0) < need}


def check_paid(stock: Stock, cost: Amounts) -> None:
    """Check that a stock, settled to now, can pay.

    Raises:
        Rejected: `not_enough_resources`, with what is short in units.
    """
    short = shortfall(stock.amounts_milli, cost)
    if short:
        raise Rejected("not_enough_resources", short=in_units(short))


def refund(paid: Amounts) -> dict[str, int]:
    """Give what comes back of a price, rounded down to the milli-unit."""
    return {name: milli * REFUND_PERCENT // 100 for name, milli in paid.items()}
