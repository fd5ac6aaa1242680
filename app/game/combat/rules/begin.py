"""Begin a battle with an attack, or join the one that the target is in."""

from collections.abc import Iterator
from functools import reduce
from typing import NamedTuple

from app.core.decider import Due, Needs, States
from app.core.message import Rejected
from app.game.colonies.model import state as colonies
from app.game.colonies.model.siege import SiegeBegun
from app.game.colonies.model.state import Colony
from app.game.combat.model import fight, state
from app.game.combat.model.engine.spec import VERSION
from app.game.combat.model.events import BattleBegan, evolve
from app.game.combat.model.state import Battle
from app.game.combat.rules import muster
from app.game.combat.rules.aim import Sighted
from app.game.combat.rules.muster import Events, Follows, Spot
from app.game.combat.rules.reinforce import defense_due, side_for
from app.game.combat.rules.step import fought, step_due
from app.game.fleets.model import ships
from app.game.fleets.model import state as fleets
from app.game.fleets.model.state import Fleet
from app.game.players.model import Player

STATIONED_MAX = 3
"""Fleets stationed at a colony that fight in the first exchange; others join after."""
ATTACKER, DEFENDER = 0, 1


class Assault(NamedTuple):
    """Hold an attack that is allowed, and the battle that it may begin."""

    battle: str
    seed: int
    states: States
    at_ms: int
    fleet: Fleet
    player: Player
    target: Sighted
    owner: Player


def join(assault: Assault) -> tuple[Battle, Follows]:
    """Join the battle of the target, on the own side, an ally's or a new one.

    Raises:
        Needs: the battle.
        Rejected: `allied`, `busy`, `battle_full`, `fled`.
    """
    ref = state.ref(assault.target.what.battle)
    if ref not in assault.states:
        raise Needs(ref)
    battle: Battle = assault.states[ref]
    target = battle.parties.get(assault.target.what.id)
    if battle.is_over or target is None:
        raise Rejected("busy", "That battle is ending.")
    side = side_for(battle, assault.player)
    if any(
        one.side == side for one in battle.forces if one.id == assault.target.what.id
    ):
        raise Rejected("allied", "You fight on the same side.")
    spot = muster.spot_in(battle, side, assault.at_ms)
    brought = muster.of_fleet(assault.fleet, assault.player, spot, assault.at_ms)
    event = muster.joined(battle, brought)
    entering = muster.entering(assault.fleet, battle.id, assault.at_ms)
    return evolve(battle, event), Follows(
        events=(*entering.events, (ref, event)), drop=entering.drop
    )


def begin(assault: Assault) -> tuple[Battle, Follows]:
    """Begin a battle at the target's place, and fight its first tick.

    Raises:
        Needs: fleets that are stationed at the colony.
    """
    stationed = tuple(_stationed(assault))
    began = _began(assault, stationed)
    late = tuple(_late(assault, stationed))
    battle = evolve(None, began)
    opening = _opening(battle, assault, is_awaited=bool(late))
    fighting = [assault.fleet, *stationed]
    if isinstance(assault.target.what, Fleet):
        fighting.append(assault.target.what)
    entering = [muster.entering(one, battle.id, assault.at_ms) for one in fighting]
    ref = state.ref(battle.id)
    events: Events = (
        *_besieged(assault, battle),
        *(event for one in entering for event in one.events),
        (ref, began),
        *opening.events,
    )
    own = [event for one, event in opening.events if one == ref]
    return reduce(evolve, own, battle), Follows(
        events=events,
        due=(*late, *opening.due),
        drop=tuple(name for one in entering for name in one.drop),
    )


def _stationed(assault: Assault) -> Iterator[Fleet]:
    """Give fleets of the owner that stand ready at the colony, the first few."""
    colony = assault.target.what
    if not isinstance(colony, Colony):
        return
    refs = [fleets.ref(name) for name in colony.stationed[:STATIONED_MAX]]
    missing = [ref for ref in refs if ref not in assault.states]
    if missing:
        raise Needs(*missing)
    for ref in refs:
        fleet: Fleet | None = assault.states[ref]
        if fleet and fleet.player == colony.player and stands_ready(fleet, colony):
            yield fleet


def stands_ready(fleet: Fleet, colony: Colony) -> bool:
    """Tell whether a fleet can fight for the colony that it is stationed at."""
    is_here = fleet.post == colony.id and not fleet.battle
    return is_here and ships.has_warships(fleet.ships)


def _late(assault: Assault, stationed: tuple[Fleet, ...]) -> Iterator[Due]:
    """Call the other fleets that are stationed at the colony."""
    colony = assault.target.what
    if isinstance(colony, Colony):
        there = {assault.fleet.id, *(fleet.id for fleet in stationed)}
        for name in colony.stationed:
            if name not in there:
                yield defense_due(assault.battle, colony, name, assault.at_ms)


def _began(assault: Assault, stationed: tuple[Fleet, ...]) -> BattleBegan:
    target, at_ms = assault.target, assault.at_ms
    here = Spot(target.x_milli, target.y_milli, 0, ATTACKER)
    there = here._replace(side=DEFENDER)
    brought = [muster.of_fleet(assault.fleet, assault.player, here, at_ms)]
    if isinstance(target.what, Colony):
        brought.append(muster.of_colony(target.what, assault.owner, there))
    else:
        brought.append(muster.of_fleet(target.what, assault.owner, there, at_ms))
    brought += [muster.of_fleet(one, assault.owner, there, at_ms) for one in stationed]
    return BattleBegan(
        battle=assault.battle,
        engine=VERSION,
        seed=assault.seed,
        sector=target.sector,
        x_milli=target.x_milli,
        y_milli=target.y_milli,
        colony=target.what.id if isinstance(target.what, Colony) else "",
        arena="",
        at_ms=at_ms,
        forces=tuple(one.force for one in brought),
        parties={one.force.id: one.party for one in brought},
    )


def _opening(battle: Battle, assault: Assault, *, is_awaited: bool) -> Follows:
    """Fight the first tick, unless that ends what others are still to join."""
    if is_awaited and fight.advanced(battle, 1).over:
        return Follows(due=(step_due(battle, 1),))
    return fought(battle, 1, assault.at_ms)


def _besieged(assault: Assault, battle: Battle) -> Events:
    if not battle.colony:
        return ()
    return ((colonies.ref(battle.colony), SiegeBegun(battle=battle.id)),)
