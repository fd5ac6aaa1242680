"""Speak of one fleet: what the commands on a fleet share."""

from typing import NamedTuple

import app.game.players.model as players
from app.core.decider import States
from app.core.message import Command, Ref
from app.game.fleets.model import state
from app.game.galaxy.model.map import Galaxy
from app.game.players.model import Player


class FleetCommand(Command, frozen=True, kw_only=True):
    """Ask for something of one fleet, on behalf of its owner."""

    fleet: str


class OrderingCommand(FleetCommand, frozen=True, kw_only=True):
    """Order a fleet; `queue` lets the order wait until the fleet is done with others.

    Otherwise it takes the place of all that the fleet was told before.
    """

    queue: bool = False


class Moment(NamedTuple):
    """Hold what a rule sees: the galaxy, the states, the time, and the command's id."""

    galaxy: Galaxy
    states: States
    at_ms: int
    command_id: str

    def player(self, player_id: str) -> Player:
        """Give a player that is known to be there."""
        found: Player = self.states[players.ref(player_id)]
        return found


def loads(command: FleetCommand) -> tuple[Ref, ...]:
    """Name the fleet, and its owner, on whose research and colonies much depends."""
    return (state.ref(command.fleet), players.ref(command.player))
