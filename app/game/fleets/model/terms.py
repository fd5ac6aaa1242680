"""Say what any order to a fleet must meet, whichever slice gives it."""

from collections.abc import Mapping

from app.core.decider import Needs, States
from app.core.message import Ref, Rejected
from app.game.fleets.model import state
from app.game.fleets.model.state import Fleet

BATTLE = "battle"
"""The kind of aggregate that a fleet in battle belongs to."""


def owned(states: States, fleet_id: str, player_id: str) -> Fleet:
    """Give a player's fleet.

    Raises:
        Rejected: `not_found`, also where the fleet is no more or somebody else's: that
            it is there is not told.
    """
    fleet: Fleet | None = states[state.ref(fleet_id)]
    if fleet is None or not fleet.ships or fleet.player != player_id:
        raise Rejected("not_found", "You have no such fleet.")
    return fleet


def at_peace(states: States, fleet: Fleet) -> None:
    """Check that a fleet fights in no battle, as the battle stands now.

    Raises:
        Needs: the battle, whose steps that are due are fought first.
        Rejected: `in_battle`.
    """
    if not fleet.battle:
        return
    battle = Ref(BATTLE, fleet.battle)
    if battle not in states:
        raise Needs(battle)
    raise Rejected("in_battle", "The fleet is fighting.", battle=fleet.battle)


def check_ships(held: Mapping[str, int], wanted: Mapping[str, int]) -> None:
    """Check that ships are there.

    Raises:
        Rejected: `not_enough_ships`, with what is short.
    """
    short = {
        unit: count - held.get(unit, 0)
        for unit, count in wanted.items()
        if count > held.get(unit, 0)
    }
    if short:
        raise Rejected("not_enough_ships", short=short)
