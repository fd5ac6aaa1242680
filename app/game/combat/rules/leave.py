"""Let a fleet leave a battle: it fled, it was destroyed, or the battle is over."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

import app.game.players.model as players
from app.core.decider import Due, Outcome, States
from app.core.message import Command, Event, Ref
from app.game.colonies.model import garrison
from app.game.colonies.model import state as colonies
from app.game.colonies.model.production import production
from app.game.colonies.model.state import Colony
from app.game.colonies.model.stock import accrue
from app.game.colonies.model.units import without
from app.game.combat.model import state
from app.game.combat.model.engine.spec import Force, Tally
from app.game.combat.model.state import Battle, tally
from app.game.combat.rules.muster import Events
from app.game.fleets.model import ships
from app.game.fleets.model import state as fleets
from app.game.fleets.model.events import BattleLeft, FleetDissolved
from app.game.fleets.model.leaving import is_too_weak, left_post, stood_down
from app.game.fleets.model.state import Fleet
from app.game.players.model import FleetLost, Player

FLED = "fled"
DROPPED_FIRST = ("energy", "minerals", "population", "rare_elements")
"""What goes overboard first where ships that carried it are lost."""


class LeaveBattle(Command, frozen=True, kw_only=True):
    """Take a fleet out of a battle, with what it has left, at a time.

    `home` is the colony that pays its upkeep, `post` the one that it guards.
    """

    battle: str
    fleet: str
    home: str
    post: str
    at_ms: int


def leave_due(battle: Battle, force: Force, at_ms: int) -> Due:
    """Let a fleet leave at once."""
    party = battle.parties[force.id]
    command = LeaveBattle(
        id=f"{battle.id}.l.{force.id}",
        player=party.player,
        battle=battle.id,
        fleet=force.id,
        home=party.home,
        post=party.post,
        at_ms=at_ms,
    )
    return Due(at_ms=at_ms, command=command)


def leave_loads(command: LeaveBattle) -> tuple[Ref, ...]:
    """Name the fleet, its owner, the battle, and the colonies that it concerns."""
    kept = dict.fromkeys(name for name in (command.home, command.post) if name)
    return (
        fleets.ref(command.fleet),
        players.ref(command.player),
        state.ref(command.battle),
        *map(colonies.ref, kept),
    )


def leave(states: States, command: LeaveBattle, _now_ms: int) -> Outcome:
    """Let the fleet go on with what is left; a destroyed one is no more."""
    fleet: Fleet | None = states[fleets.ref(command.fleet)]
    battle: Battle | None = states[state.ref(command.battle)]
    if fleet is None or battle is None or fleet.battle != battle.id:
        return Outcome()
    force = next(one for one in battle.forces if one.id == fleet.id)
    end = tally(battle, force)
    released = _released(states, command, end.lost)
    if not end.ships:
        return Outcome(events=(*_destroyed(states, fleet, command), *released))
    return Outcome(events=(*_survived(states, fleet, end, command), *released))


def _destroyed(states: States, fleet: Fleet, command: LeaveBattle) -> Events:
    gone = FleetDissolved(reason="destroyed", cargo=fleet.cargo, at_ms=command.at_ms)
    return (
        *left_post(states, fleet),
        (fleets.ref(fleet.id), gone),
        (players.ref(fleet.player), FleetLost(fleet=fleet.id)),
    )


def _survived(states: States, fleet: Fleet, end: Tally, command: LeaveBattle) -> Events:
    owner: Player = states[players.ref(fleet.player)]
    left = BattleLeft(
        battle=fleet.battle,
        ships=end.ships,
        lost=end.lost,
        dropped=_dropped(fleet.cargo, ships.capacity_milli(end.ships, owner.modifiers)),
        sensor_milli=ships.sensor_milli(end.ships, owner.modifiers),
        at_ms=command.at_ms,
    )
    ref = fleets.ref(fleet.id)
    if not fleet.stance or not _leaves_off(fleet, end):
        return ((ref, left),)
    stopped = stood_down(fleet, command.at_ms)
    return (*left_post(states, fleet), (ref, left), (ref, stopped))


def _leaves_off(fleet: Fleet, end: Tally) -> bool:
    """Tell whether a fleet doesn't go on with what it did before the battle."""
    has_fled = end.state == FLED
    return has_fled or fleet.stance == "patrol" or is_too_weak(fleet, end.ships)


def _dropped(cargo: Mapping[str, int], room_milli: int) -> dict[str, int]:
    """Give what finds no room any more."""
    over_milli = sum(cargo.values()) - room_milli
    dropped: dict[str, int] = {}
    for resource in DROPPED_FIRST:
        part = min(cargo.get(resource, 0), max(over_milli, 0))
        over_milli -= part
        if part:
            dropped[resource] = part
    return dropped


def _released(
    states: States, command: LeaveBattle, lost: Mapping[str, int]
) -> Iterator[tuple[Ref, Event]]:
    """Free the home of the upkeep of what was lost."""
    ref = colonies.ref(command.home)
    home: Colony | None = states.get(ref)
    owner: Player | None = states[players.ref(command.player)]
    if not lost or home is None or owner is None or home.player != owner.id:
        return
    lighter = replace(home, away=without(home.away, lost))
    yield (
        ref,
        garrison.UpkeepReleased(
            units=dict(lost),
            accrual=accrue(home.stock, command.at_ms),
            production=production(lighter, owner.modifiers),
        ),
    )
