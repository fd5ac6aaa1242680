"""Split ships off a fleet: they become a fleet of their own."""

from functools import reduce

import app.game.players.model as players
from app.core.decider import Outcome, States, check_new
from app.core.message import Event, Ref, Rejected
from app.core.units import decimal
from app.game.colonies.model.units import without
from app.game.fleets.model import ships, shown, state
from app.game.fleets.model.events import FleetLaunched, ShipsSplit, evolve
from app.game.fleets.model.leaving import (
    entered,
    is_too_weak,
    left_post,
    stood_down,
)
from app.game.fleets.model.state import Fleet, position
from app.game.fleets.model.terms import check_ships
from app.game.fleets.rules.command import FleetCommand, loads
from app.game.fleets.rules.launch import check_limit, fleet_id
from app.game.fleets.rules.orders import commanded
from app.game.galaxy.model.map import sector_at
from app.game.players.model import FleetGained, Player


class SplitFleet(FleetCommand, frozen=True, kw_only=True):
    """Let `ships` stand where the fleet is now, as a fleet of their own.

    The fleet itself goes on as before, with all its cargo; but it ends its blockade
    where no warship stays.
    """

    ships: dict[str, int]


def split_loads(command: SplitFleet) -> tuple[Ref, ...]:
    """Name the fleet, its owner and the fleet that is to be."""
    return (*loads(command), state.ref(fleet_id(command)))


def split(states: States, command: SplitFleet, now_ms: int) -> Outcome:
    """Split the ships off.

    Raises:
        Needs: the battle that it is in, or the colony whose blockade it ends.
        Rejected: `not_found`, `in_battle`, `not_enough_ships`, also where none would
            stay, `fleet_limit`; `no_room` where those that stay can't carry the cargo,
            `id_reused`.
    """
    check_new(states, state.ref(fleet_id(command)))
    fleet = commanded(states, command)
    player: Player = states[players.ref(command.player)]
    check_ships(fleet.ships, command.ships)
    left = without(fleet.ships, command.ships)
    if not left:
        raise Rejected("not_enough_ships", "At least one ship has to stay.")
    _check_room(fleet, left, player)
    check_limit(player)
    launched = _launched(fleet, player, command, now_ms)
    split_off = ShipsSplit(
        ships=command.ships,
        sensor_milli=ships.sensor_milli(left, player.modifiers),
        into=launched.fleet,
    )
    own: list[Event] = [*entered(fleet, now_ms), split_off]
    is_over = is_too_weak(fleet, left)
    if is_over:
        own.append(stood_down(fleet, now_ms))
    return Outcome(
        events=(
            *(left_post(states, fleet) if is_over else ()),
            *((state.ref(fleet.id), event) for event in own),
            (state.ref(launched.fleet), launched),
            (players.ref(player.id), FleetGained(fleet=launched.fleet)),
        ),
        result={
            "fleet": fleet.id,
            "new": launched.fleet,
            "fleets": [
                shown.whole(reduce(evolve, own, fleet)),
                shown.whole(evolve(None, launched)),
            ],
        },
    )


def _check_room(fleet: Fleet, left: dict[str, int], player: Player) -> None:
    room = ships.capacity_milli(left, player.modifiers)
    if sum(fleet.cargo.values()) > room:
        raise Rejected("no_room", "The rest can't carry it.", capacity=decimal(room))


def _launched(
    fleet: Fleet, player: Player, command: SplitFleet, now_ms: int
) -> FleetLaunched:
    x_milli, y_milli = position(fleet, now_ms)
    return FleetLaunched(
        fleet=fleet_id(command),
        player=player.id,
        username=player.username,
        name=f"Fleet {len(player.fleets) + 1}",
        home=fleet.home,
        ships=command.ships,
        x_milli=x_milli,
        y_milli=y_milli,
        sector=sector_at(x_milli, y_milli),
        sensor_milli=ships.sensor_milli(command.ships, player.modifiers),
        at_ms=now_ms,
    )
