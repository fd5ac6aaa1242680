"""Turn fleets and garrisons into forces of a battle."""

from collections.abc import Iterator
from typing import NamedTuple

from app.core.decider import Due
from app.core.message import Event, Ref, Rejected
from app.game.colonies.model.state import Colony
from app.game.combat.model.engine.spec import (
    FORCES_MAX,
    GRID,
    MODIFIER_MAX,
    MODIFIER_MIN,
    MODIFIERS,
    Force,
)
from app.game.combat.model.events import ForceJoined
from app.game.combat.model.state import COLONY, FLEET, Battle, Party, tick_at
from app.game.fleets.model import ships, state, travel
from app.game.fleets.model.events import BattleEntered
from app.game.fleets.model.leaving import entered
from app.game.fleets.model.state import Fleet, position
from app.game.galaxy.model.map import sector_at
from app.game.players.model import Player

Events = tuple[tuple[Ref, Event], ...]


class Brought(NamedTuple):
    """Hold a force and who brings it."""

    force: Force
    party: Party


class Follows(NamedTuple):
    """Hold what comes of something: events, follow-ups, timers that are void."""

    events: Events = ()
    due: tuple[Due, ...] = ()
    drop: tuple[str, ...] = ()


class Spot(NamedTuple):
    """Place a battle, in milli-units, and say at which tick and on which side."""

    x_milli: int
    y_milli: int
    tick: int
    side: int


def spot_in(battle: Battle, side: int, at_ms: int) -> Spot:
    """Give where, when and on which side a force joins a battle."""
    return Spot(battle.x_milli, battle.y_milli, tick_at(battle, at_ms), side)


def of_fleet(fleet: Fleet, player: Player, spot: Spot, at_ms: int) -> Brought:
    """Bring all ships of a fleet, from where they are."""
    x_milli, y_milli = position(fleet, at_ms)
    force = Force(
        id=fleet.id,
        side=spot.side,
        ships=fleet.ships,
        x_milli=x_milli - spot.x_milli,
        y_milli=y_milli - spot.y_milli,
        modifiers=_modifiers(player),
        tick=spot.tick,
    )
    party = Party(
        player=player.id,
        username=player.username,
        kind=FLEET,
        alliance=player.alliance,
        home=fleet.home,
        post=fleet.post,
        cargo_percent=100 + player.modifiers.get("cargo", 0),
    )
    return Brought(force, party)


def of_colony(colony: Colony, player: Player, spot: Spot) -> Brought:
    """Bring what defends a colony: its units that can fight, and its grid."""
    force = Force(
        id=colony.id,
        side=spot.side,
        ships=garrison(colony),
        x_milli=colony.x_milli - spot.x_milli,
        y_milli=colony.y_milli - spot.y_milli,
        modifiers=_modifiers(player),
        grid=colony.buildings.get(GRID, 0),
        tick=spot.tick,
    )
    party = Party(
        player=player.id,
        username=player.username,
        kind=COLONY,
        alliance=player.alliance,
    )
    return Brought(force, party)


def garrison(colony: Colony) -> dict[str, int]:
    """Give the units of a colony that fight for it."""
    return {
        unit: count
        for unit, count in colony.units.items()
        if ships.has_warships({unit: count})
    }


def _modifiers(player: Player) -> dict[str, int]:
    known = {name: player.modifiers.get(name, 0) for name in MODIFIERS}
    return {
        name: max(MODIFIER_MIN, min(percent, MODIFIER_MAX))
        for name, percent in known.items()
        if percent
    }


def entering(fleet: Fleet, battle_id: str, at_ms: int) -> Follows:
    """Let a fleet stand and fight where it is: its course and its orders end."""
    ref = state.ref(fleet.id)
    return Follows(
        events=tuple((ref, event) for event in _entered(fleet, battle_id, at_ms)),
        drop=travel.pending(fleet),
    )


def _entered(fleet: Fleet, battle_id: str, at_ms: int) -> Iterator[Event]:
    yield from entered(fleet, at_ms)
    x_milli, y_milli = position(fleet, at_ms)
    yield BattleEntered(
        battle=battle_id,
        x_milli=x_milli,
        y_milli=y_milli,
        sector=sector_at(x_milli, y_milli),
        at_ms=at_ms,
    )


def joined(battle: Battle, brought: Brought) -> ForceJoined:
    """Let a force join a battle.

    Raises:
        Rejected: `battle_full`, `fled` where it was in this battle before.
    """
    if brought.force.id in battle.parties:
        raise Rejected("fled", "It has fled from this battle.")
    if len(battle.forces) >= FORCES_MAX:
        raise Rejected("battle_full", forces_max=FORCES_MAX)
    return ForceJoined(force=brought.force, party=brought.party)
