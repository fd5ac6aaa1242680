"""End the siege of a colony: losses, plunder, and who holds it for a time."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

import app.game.players.model as players
from app.core.decider import Due, Outcome, States
from app.core.message import Command, Event, Ref
from app.core.units import to_milli
from app.game.colonies.model import events, siege
from app.game.colonies.model import state as colonies
from app.game.colonies.model.production import production
from app.game.colonies.model.siege import OccupationEnded, Occupied, SiegeEnded
from app.game.colonies.model.state import Colony
from app.game.colonies.model.stock import Stock, accrue, settle
from app.game.colonies.model.units import without
from app.game.combat.model import state
from app.game.combat.model.engine.spec import Force
from app.game.combat.model.events import PlunderTaken
from app.game.combat.model.state import FLEET, NO_SIDE, Battle, tally
from app.game.fleets.model import ships
from app.game.fleets.model import state as fleets
from app.game.fleets.model.events import CargoLoaded
from app.game.fleets.model.state import Fleet
from app.game.players.model import Player

PLUNDERERS_MAX = 4
"""Fleets that take loot home: those with the greatest holds."""
PLUNDERED = ("rare_elements", "minerals", "energy")
"""What can be carried off; what is dearest first."""
SPARED_PARTS = 2
"""Of what is stored, no more than one part in so many is taken."""
FIGHTING = "fighting"

Loot = dict[str, dict[str, int]]
"""Fleet -> resource -> milli-units."""


class EndSiege(Command, frozen=True, kw_only=True):
    """Do to a colony what a battle decided, at a time; `fleets` may plunder it."""

    battle: str
    colony: str
    fleets: tuple[str, ...]
    at_ms: int


class EndOccupation(Command, frozen=True, kw_only=True):
    """Leave a colony to its owner again: a timer's command."""

    colony: str
    until_ms: int


def siege_due(battle: Battle, at_ms: int) -> tuple[Due, ...]:
    """End the siege that a battle was, if it was one, at once."""
    if not battle.colony:
        return ()
    command = EndSiege(
        id=f"{battle.id}.e",
        player=battle.parties[battle.colony].player,
        battle=battle.id,
        colony=battle.colony,
        fleets=tuple(force.id for force in _plunderers(battle)),
        at_ms=at_ms,
    )
    return (Due(at_ms=at_ms, command=command),)


def _plunderers(battle: Battle) -> list[Force]:
    """Give the fleets of the winner, those with the greatest holds first."""
    left = {force.id: tally(battle, force) for force in _victors(battle)}
    fleets_left = [force for force in battle.forces if force.id in left]
    return sorted(fleets_left, key=lambda one: -ships.capacity(left[one.id].ships))[
        :PLUNDERERS_MAX
    ]


def _victors(battle: Battle) -> Iterator[Force]:
    """Give the forces that stand on the field after the colony lost."""
    winner = battle.frame.winner
    home = next(one for one in battle.forces if one.id == battle.colony)
    if winner in (NO_SIDE, home.side):
        return
    for force in battle.forces:
        is_fleet = battle.parties[force.id].kind == FLEET
        stands = tally(battle, force).state == FIGHTING
        if force.side == winner and is_fleet and stands:
            yield force


def siege_loads(command: EndSiege) -> tuple[Ref, ...]:
    """Name the colony, its owner, the battle, and the fleets that may plunder."""
    return (
        colonies.ref(command.colony),
        players.ref(command.player),
        state.ref(command.battle),
        *map(fleets.ref, command.fleets),
    )


def end_siege(states: States, command: EndSiege, _now_ms: int) -> Outcome:
    """Take losses and loot from the colony, load the loot, let the victor hold it."""
    ref = colonies.ref(command.colony)
    colony: Colony | None = states[ref]
    battle: Battle | None = states[state.ref(command.battle)]
    if colony is None or battle is None or colony.battle != command.battle:
        return Outcome()
    owner: Player = states[players.ref(command.player)]
    accrual = accrue(colony.stock, command.at_ms)
    present = [states[fleets.ref(name)] for name in command.fleets]
    loot = _loot(battle, settle(colony.stock, accrual), present)
    ended = SiegeEnded(
        battle=battle.id,
        lost=_garrison_lost(battle),
        looted=_sum(loot),
        accrual=accrual,
        production=colony.stock.production,
    )
    after = without(colony.units, ended.lost)
    rates = production(replace(colony, units=after), owner.modifiers)
    ended = replace(ended, production=rates)
    held = _held(events.evolve(colony, ended), battle, owner, command)
    return Outcome(
        events=((ref, ended), *_loaded(battle, loot), *held.events),
        due=held.due,
        drop=held.drop,
    )


def _garrison_lost(battle: Battle) -> dict[str, int]:
    home = next(one for one in battle.forces if one.id == battle.colony)
    return tally(battle, home).lost


def _loot(battle: Battle, stock: Stock, plunderers: list[Fleet | None]) -> Loot:
    """Fill the holds of the fleets in turn, with what is dearest first."""
    spoils = {
        resource: stock.amounts_milli.get(resource, 0) // SPARED_PARTS
        for resource in PLUNDERED
    }
    loot: Loot = {}
    for fleet in plunderers:
        if fleet is None or fleet.battle != battle.id:
            continue
        room_milli = _room_milli(battle, fleet)
        taken: dict[str, int] = {}
        for resource in PLUNDERED:
            part = min(spoils[resource], room_milli - sum(taken.values()))
            if part > 0:
                taken[resource] = part
                spoils[resource] -= part
        if taken:
            loot[fleet.id] = taken
    return loot


def _room_milli(battle: Battle, fleet: Fleet) -> int:
    """Give the room in the ships that a fleet has left."""
    force = next(one for one in battle.forces if one.id == fleet.id)
    carries = to_milli(ships.capacity(tally(battle, force).ships))
    carries = carries * battle.parties[fleet.id].cargo_percent // 100
    return max(0, carries - sum(fleet.cargo.values()))


def _sum(loot: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for taken in loot.values():
        for resource, milli in taken.items():
            total[resource] = total.get(resource, 0) + milli
    return total


def _loaded(battle: Battle, loot: Loot) -> Iterator[tuple[Ref, Event]]:
    for fleet, taken in loot.items():
        yield fleets.ref(fleet), CargoLoaded(cause="looted", cargo=taken)
    if loot:
        yield state.ref(battle.id), PlunderTaken(loot=loot)


def _held(colony: Colony, battle: Battle, owner: Player, command: EndSiege) -> Outcome:
    """Let the victor hold the colony; who held it before holds it no more."""
    victor = next(_victors(battle), None)
    if victor is None:
        return Outcome()
    until_ms = command.at_ms + siege.OCCUPATION_MS
    occupier = battle.parties[victor.id].player
    idle = replace(colony, occupier=occupier, occupied_until_ms=until_ms)
    held = Occupied(
        occupier=occupier,
        until_ms=until_ms,
        accrual=accrue(colony.stock, command.at_ms),
        production=production(idle, owner.modifiers),
    )
    ends = EndOccupation(
        id=_timer(colony.id, until_ms),
        player=colony.player,
        colony=colony.id,
        until_ms=until_ms,
    )
    old = (_timer(colony.id, colony.occupied_until_ms),) if colony.occupier else ()
    return Outcome(
        events=((colonies.ref(colony.id), held),),
        due=(Due(at_ms=until_ms, command=ends),),
        drop=old,
    )


def _timer(colony: str, until_ms: int) -> str:
    return f"{colony}.o{until_ms}"


def occupation_loads(command: EndOccupation) -> tuple[Ref, ...]:
    """Name the colony and its owner."""
    return (colonies.ref(command.colony), players.ref(command.player))


def end_occupation(states: States, command: EndOccupation, _now_ms: int) -> Outcome:
    """Let the colony produce for its owner again."""
    ref = colonies.ref(command.colony)
    colony: Colony | None = states[ref]
    owner: Player | None = states[players.ref(command.player)]
    if colony is None or owner is None or not colony.occupier:
        return Outcome()
    if colony.occupied_until_ms != command.until_ms:
        return Outcome()
    free = replace(colony, occupier="", occupied_until_ms=0)
    ended = OccupationEnded(
        occupier=colony.occupier,
        accrual=accrue(colony.stock, command.until_ms),
        production=production(free, owner.modifiers),
    )
    return Outcome(events=((ref, ended),))
