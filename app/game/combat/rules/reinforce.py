"""Bring another fleet to a battle that is going on."""

import app.game.players.model as players
from app.core.decider import Due, Needs, Outcome, States
from app.core.message import Command, Ref, Rejected
from app.core.units import to_milli
from app.game.colonies.model.state import Colony
from app.game.combat.model import state
from app.game.combat.model.state import Battle, side_of
from app.game.combat.rules import aim, muster
from app.game.combat.rules.muster import Follows
from app.game.fleets.model import ships
from app.game.fleets.model import state as fleets
from app.game.fleets.model.state import Fleet
from app.game.fleets.model.terms import at_peace, owned
from app.game.players.model import Player

JOINS_WITHIN = 300
"""How near to a battle's place a fleet must be to join it, in units (tune)."""


class Reinforce(Command, frozen=True, kw_only=True):
    """Bring a fleet to the battle that its owner or an ally fights."""

    fleet: str
    battle: str


class JoinDefense(Command, frozen=True, kw_only=True):
    """Call a fleet that is stationed at a colony to the battle there, at a time."""

    fleet: str
    battle: str
    at_ms: int


def reinforce_loads(command: Reinforce) -> tuple[Ref, ...]:
    """Name the fleet, its owner and the battle."""
    return (
        fleets.ref(command.fleet),
        players.ref(command.player),
        state.ref(command.battle),
    )


def reinforce(states: States, command: Reinforce, now_ms: int) -> Outcome:
    """Join the battle, on the side of the owner or of an ally.

    Raises:
        Needs: the battle that the fleet is in.
        Rejected: `not_found`, `in_battle`, `requirements_missing`, `finished`,
            `out_of_range`, `battle_full`, `fled`.
    """
    fleet = owned(states, command.fleet, command.player)
    battle: Battle | None = states[state.ref(command.battle)]
    player: Player = states[players.ref(command.player)]
    side = side_of(battle, player.id, player.alliance) if battle else None
    if battle is None or battle.arena or side is None:
        raise Rejected("not_found", "You fight in no such battle.")
    if battle.is_over:
        raise Rejected("finished", "That battle is over.")
    at_peace(states, fleet)
    aim.check_armed(fleet)
    place = (battle.x_milli, battle.y_milli)
    aim.check_within(fleet, place, to_milli(JOINS_WITHIN), now_ms)
    spot = muster.spot_in(battle, side, now_ms)
    follows = _brought(
        battle, muster.of_fleet(fleet, player, spot, now_ms), fleet, now_ms
    )
    result = {"battle": battle.id, "fleet": fleet.id, "side": side, "tick": spot.tick}
    return Outcome(events=follows.events, drop=follows.drop, result=result)


def _brought(
    battle: Battle, brought: muster.Brought, fleet: Fleet, at_ms: int
) -> Follows:
    event = muster.joined(battle, brought)
    entering = muster.entering(fleet, battle.id, at_ms)
    return Follows(
        events=(*entering.events, (state.ref(battle.id), event)), drop=entering.drop
    )


def side_for(battle: Battle, player: Player) -> int:
    """Give the side on which a player fights: a new one where nobody is with them."""
    side = side_of(battle, player.id, player.alliance)
    return 1 + max(one.side for one in battle.forces) if side is None else side


def defense_due(battle_id: str, colony: Colony, fleet: str, at_ms: int) -> Due:
    """Call a stationed fleet at once, before the next step."""
    command = JoinDefense(
        id=f"{battle_id}.j.{fleet}",
        player=colony.player,
        fleet=fleet,
        battle=battle_id,
        at_ms=at_ms,
    )
    return Due(at_ms=at_ms, command=command)


def on_arrival(fleet: Fleet, battle_id: str, command_id: str) -> Command:
    """Call a fleet that came to defend a colony to the battle that is fought there."""
    return JoinDefense(
        id=command_id,
        player=fleet.player,
        fleet=fleet.id,
        battle=battle_id,
        at_ms=fleet.since_ms,
    )


def defense_loads(command: JoinDefense) -> tuple[Ref, ...]:
    """Name the fleet and the battle; whose fleet it is turns out on the way."""
    return (fleets.ref(command.fleet), state.ref(command.battle))


def join_defense(states: States, command: JoinDefense, _now_ms: int) -> Outcome:
    """Join on the colony's side, if the fleet is there and able.

    Raises:
        Needs: the fleet's owner.
        Rejected: `battle_full`.
    """
    fleet: Fleet | None = states[fleets.ref(command.fleet)]
    battle: Battle | None = states[state.ref(command.battle)]
    if fleet is None or battle is None or battle.is_over or fleet.battle:
        return Outcome()
    if fleet.post != battle.colony or not ships.has_warships(fleet.ships):
        return Outcome()
    ref = players.ref(fleet.player)
    if ref not in states:
        raise Needs(ref)
    home = next(one for one in battle.forces if one.id == battle.colony)
    spot = muster.spot_in(battle, home.side, command.at_ms)
    brought = muster.of_fleet(fleet, states[ref], spot, command.at_ms)
    follows = _brought(battle, brought, fleet, command.at_ms)
    return Outcome(events=follows.events, drop=follows.drop)
