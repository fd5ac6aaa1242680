"""Launch ships that stand in a colony: they become a fleet."""

import app.game.players.model as players
from app.core import chance
from app.core.decider import Outcome, States, check_new
from app.core.message import Command, Ref, Rejected
from app.game.colonies.model import state as colonies
from app.game.colonies.model.garrison import UnitsLaunched
from app.game.colonies.model.state import Colony
from app.game.colonies.model.terms import owned
from app.game.fleets.model import ships, shown, state
from app.game.fleets.model.events import FleetLaunched, evolve
from app.game.fleets.model.state import FLEETS_MAX
from app.game.fleets.model.terms import check_ships
from app.game.galaxy.model.map import sector_at
from app.game.players.model import FleetGained, Player


class Launch(Command, frozen=True, kw_only=True):
    """Launch `ships` from a colony; a fleet without a name gets one."""

    colony: str
    ships: dict[str, int]
    name: str = ""


def launch_loads(command: Launch) -> tuple[Ref, ...]:
    """Name the colony, its owner and the fleet that is to be."""
    return (
        colonies.ref(command.colony),
        players.ref(command.player),
        state.ref(fleet_id(command)),
    )


def fleet_id(command: Command) -> str:
    """Name the fleet that a command makes."""
    return chance.name(command.id, "fleet")


def launch(states: States, command: Launch, now_ms: int) -> Outcome:
    """Let the ships leave the colony, which goes on paying for them.

    Raises:
        Rejected: `not_found`, `in_battle`, `not_enough_ships`, `fleet_limit`,
            `id_reused`.
    """
    check_new(states, state.ref(fleet_id(command)))
    colony, player = owned(states, command.colony, command.player)
    if colony.battle:
        raise Rejected("in_battle", "The garrison is fighting.")
    check_ships(colony.units, command.ships)
    check_limit(player)
    launched = _launched(colony, player, command, now_ms)
    fleet = evolve(None, launched)
    left = UnitsLaunched(fleet=launched.fleet, units=command.ships)
    return Outcome(
        events=(
            (colonies.ref(colony.id), left),
            (state.ref(launched.fleet), launched),
            (players.ref(player.id), FleetGained(fleet=launched.fleet)),
        ),
        result={"fleet": launched.fleet, **shown.whole(fleet)},
    )


def check_limit(player: Player) -> None:
    """Check that a player may have one more fleet.

    Raises:
        Rejected: `fleet_limit`.
    """
    if len(player.fleets) >= FLEETS_MAX:
        raise Rejected("fleet_limit", fleets_max=FLEETS_MAX)


def _launched(
    colony: Colony, player: Player, command: Launch, now_ms: int
) -> FleetLaunched:
    return FleetLaunched(
        fleet=fleet_id(command),
        player=player.id,
        username=player.username,
        name=command.name or f"Fleet {len(player.fleets) + 1}",
        home=colony.id,
        ships=command.ships,
        x_milli=colony.x_milli,
        y_milli=colony.y_milli,
        sector=sector_at(colony.x_milli, colony.y_milli),
        sensor_milli=ships.sensor_milli(command.ships, player.modifiers),
        at_ms=now_ms,
    )
