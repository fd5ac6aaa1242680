"""Call for a group battle, join one, and let it begin when its time is up."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import app.game.players.model as players
from app.core import chance
from app.core.decider import Due, Outcome, States
from app.core.message import Command, Ref, Rejected
from app.game.arenas import model
from app.game.arenas.model import (
    OPEN,
    Arena,
    ArenaCalledOff,
    ArenaOpened,
    ArenaStarted,
    Entry,
    SeatTaken,
)
from app.game.combat.model import state as battles
from app.game.combat.model.engine.spec import VERSION
from app.game.combat.model.events import BattleBegan
from app.game.players.model import Player

SIDES_NEEDED = 2


Fight = Callable[[BattleBegan], Outcome]
"""Give what comes of a battle that begins, its first tick fought."""


class BeginArena(Command, frozen=True, kw_only=True):
    """Call for a group battle, and take its first seat."""

    name: str = ""
    sides: int
    seats: int
    join_ms: int


class JoinArena(Command, frozen=True, kw_only=True):
    """Join a group battle: on a side, with one's group, or where fewest are."""

    battle: str
    side: int | None = None
    group: str = ""


class StartArena(Command, frozen=True, kw_only=True):
    """Begin the battle, or call it off: a timer's command, when time to join is up."""

    battle: str
    at_ms: int


def begin_loads(command: BeginArena) -> tuple[Ref, ...]:
    """Name the player, and the arena that is to be."""
    return (players.ref(command.player), model.ref(_named(command)))


def join_loads(command: JoinArena) -> tuple[Ref, ...]:
    """Name the player and the arena."""
    return (players.ref(command.player), model.ref(command.battle))


def start_loads(command: StartArena) -> tuple[Ref, ...]:
    """Name the arena and its battle."""
    return (model.ref(command.battle), battles.ref(command.battle))


def begin(states: States, command: BeginArena, now_ms: int) -> Outcome:
    """Open an arena; it starts `join_ms` from now.

    Raises:
        Rejected: `no_empire`.
    """
    player = _player(states, command)
    arena = _named(command)
    until_ms = now_ms + command.join_ms
    opened = ArenaOpened(
        arena=arena,
        name=command.name,
        host=player.id,
        sides=command.sides,
        seats=command.seats,
        join_until_ms=until_ms,
    )
    first = Entry(player=player.id, username=player.username, side=0)
    start = StartArena(
        id=f"{arena}.start", player=player.id, battle=arena, at_ms=until_ms
    )
    ref = model.ref(arena)
    return Outcome(
        events=((ref, opened), (ref, SeatTaken(entry=first))),
        due=(Due(at_ms=until_ms, command=start),),
        result={"battle": arena, "join_until_ms": until_ms, **_seated(arena, first)},
    )


def join(states: States, command: JoinArena, _now_ms: int) -> Outcome:
    """Take a seat.

    Raises:
        Rejected: `no_empire`, `not_found`, `finished` where it fights already or was
            called off, `already_joined`, `battle_full`; `invalid` for a side that it
            doesn't have.
    """
    player = _player(states, command)
    arena: Arena | None = states[model.ref(command.battle)]
    if arena is None:
        raise Rejected("not_found", "There is no such group battle.")
    if arena.state != OPEN:
        raise Rejected("finished", "The time to join is over.")
    if any(entry.player == player.id for entry in arena.entries):
        raise Rejected("already_joined", "You have a seat there.")
    entry = Entry(
        player=player.id,
        username=player.username,
        side=_side(arena, command),
        group=command.group,
    )
    return Outcome(
        events=((model.ref(arena.id), SeatTaken(entry=entry)),),
        result={"battle": arena.id, **_seated(arena.id, entry)},
    )


def start(
    secret: str, fight: Fight, states: States, command: StartArena, _now_ms: int
) -> Outcome:
    """Let those who joined fight, if they are on two sides at least."""
    ref = model.ref(command.battle)
    arena: Arena | None = states[ref]
    if arena is None or arena.state != OPEN:
        return Outcome()
    if len({entry.side for entry in arena.entries}) < SIDES_NEEDED:
        return Outcome(events=((ref, ArenaCalledOff()),))
    follows = fight(_began(secret, arena, command))
    return Outcome(events=((ref, ArenaStarted()), *follows.events), due=follows.due)


def _began(secret: str, arena: Arena, command: StartArena) -> BattleBegan:
    taken = list(model.seats(arena))
    return BattleBegan(
        battle=arena.id,
        engine=VERSION,
        seed=chance.digest(secret, command.id),
        sector="",
        x_milli=0,
        y_milli=0,
        colony="",
        arena=arena.id,
        at_ms=command.at_ms,
        forces=tuple(seat.force for seat in taken),
        parties={seat.force.id: seat.party for seat in taken},
    )


def _player(states: States, command: Command) -> Player:
    player: Player | None = states[players.ref(command.player)]
    if player is None:
        raise Rejected("no_empire", "Join the galaxy first.")
    return player


def _named(command: BeginArena) -> str:
    return chance.name(command.id, "arena")


def _side(arena: Arena, command: JoinArena) -> int:
    """Choose a side: the one that was asked for, the group's, or the emptiest."""
    if command.side is not None and command.side >= arena.sides:
        raise Rejected("invalid", fields={"side": ["There is no such side."]})
    taken = Counter(entry.side for entry in arena.entries)
    friends = [
        entry.side
        for entry in arena.entries
        if command.group and entry.group == command.group
    ]
    wanted = [command.side] if command.side is not None else friends[:1]
    side = wanted[0] if wanted else min(range(arena.sides), key=lambda one: taken[one])
    if taken[side] >= arena.seats:
        raise Rejected("battle_full", seats=arena.seats)
    return side


def _seated(arena: str, entry: Entry) -> dict[str, Any]:
    return {"side": entry.side, "force": model.seat_id(arena, entry.player)}
