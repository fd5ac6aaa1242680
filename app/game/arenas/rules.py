"""Call for a group battle, join one, and let it begin when its time is up.

Fight pirates at once, to practise.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any

import app.game.players.model as players
from app.core import chance
from app.core.decider import Due, Needs, Outcome, States, check_new
from app.core.message import Command, Ref, Rejected
from app.game.arenas import model
from app.game.arenas.model import (
    OPEN,
    Arena,
    ArenaCalledOff,
    ArenaOpened,
    ArenaStarted,
    Entry,
    Seat,
    SeatTaken,
)
from app.game.combat.model import state as battles
from app.game.combat.model.engine.spec import VERSION
from app.game.combat.model.events import BattleBegan, evolve
from app.game.combat.model.shown import exchange
from app.game.players.model import Player, SkirmishBegun

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


class BeginSkirmish(Command, frozen=True, kw_only=True):
    """Fight pirates, with nothing at stake."""


def begin_loads(command: BeginArena) -> tuple[Ref, ...]:
    """Name the player, and the arena that is to be."""
    return (players.ref(command.player), model.ref(_named(command)))


def join_loads(command: JoinArena) -> tuple[Ref, ...]:
    """Name the player and the arena."""
    return (players.ref(command.player), model.ref(command.battle))


def skirmish_loads(command: BeginSkirmish) -> tuple[Ref, ...]:
    """Name the player, and the battle that is to be."""
    return (players.ref(command.player), battles.ref(_skirmish(command)))


def start_loads(command: StartArena) -> tuple[Ref, ...]:
    """Name the arena and its battle."""
    return (model.ref(command.battle), battles.ref(command.battle))


def begin(states: States, command: BeginArena, now_ms: int) -> Outcome:
    """Open an arena; it starts `join_ms` from now.

    Raises:
        Rejected: `no_empire`, `id_reused`.
    """
    player = _player(states, command)
    arena = _named(command)
    check_new(states, model.ref(arena))
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
    began = _began(
        arena.id, model.seats(arena), chance.digest(secret, command.id), command.at_ms
    )
    follows = fight(began)
    return Outcome(events=((ref, ArenaStarted()), *follows.events), due=follows.due)


def begin_skirmish(
    secret: str, fight: Fight, states: States, command: BeginSkirmish, now_ms: int
) -> Outcome:
    """Let a player fight pirates; the first exchange is at once.

    Raises:
        Needs: the player's last skirmish.
        Rejected: `no_empire`, `already_joined` while that goes on, `id_reused`.
    """
    player = _player(states, command)
    _check_alone(states, player)
    name = _skirmish(command)
    check_new(states, battles.ref(name))
    seats = model.skirmish(name, player.id, player.username)
    follows = fight(_began(name, seats, chance.digest(secret, command.id), now_ms))
    first, *more = (event for one, event in follows.events if one == battles.ref(name))
    battle = reduce(evolve, more, evolve(None, first))
    own = seats[0].force
    return Outcome(
        events=(
            (players.ref(player.id), SkirmishBegun(skirmish=name)),
            *follows.events,
        ),
        due=follows.due,
        result={
            "battle": name,
            "side": own.side,
            "force": own.id,
            "exchange": exchange(battle),
        },
    )


def _check_alone(states: States, player: Player) -> None:
    """Refuse a second skirmish at a time."""
    if not player.skirmish:
        return
    ref = battles.ref(player.skirmish)
    if ref not in states:
        raise Needs(ref)
    last: battles.Battle | None = states[ref]
    if last is not None and not last.is_over:
        raise Rejected(
            "already_joined", "You fight pirates already.", battle=player.skirmish
        )


def _skirmish(command: BeginSkirmish) -> str:
    return chance.name(command.id, "skirmish")


def _began(battle_id: str, seats: Iterable[Seat], seed: int, at_ms: int) -> BattleBegan:
    taken = list(seats)
    return BattleBegan(
        battle=battle_id,
        engine=VERSION,
        seed=seed,
        sector="",
        x_milli=0,
        y_milli=0,
        colony="",
        arena=battle_id,
        at_ms=at_ms,
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
