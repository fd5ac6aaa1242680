"""Say who hears of an arena: all hear the call and the end, its room all of it."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, NotRequired, TypedDict

from app.core.decider import Heard, States
from app.core.message import Event, Ref
from app.core.shapes import one_of, some_of
from app.game.arenas import model
from app.game.arenas.model import (
    SHIPS,
    Arena,
    ArenaCalledOff,
    ArenaOpened,
    ArenaStarted,
    Entry,
    SeatTaken,
    seat_id,
)
from app.game.colonies.model.shapes import Ships

GALAXY = "galaxy"


class EntryView(TypedDict):
    """A player in an arena; `force` is what the battle calls the player's ships."""

    player: str
    username: str
    side: int
    group: str
    force: str


ArenaState = Annotated[
    str, one_of("ArenaState", (model.OPEN, model.FIGHTS, model.CALLED_OFF))
]


class ArenaView(TypedDict):
    """A group battle: who has joined, and until when others may."""

    id: str
    name: str
    host: str
    sides: int
    seats: int
    join_until_ms: int
    state: ArenaState
    ships: Ships
    entries: list[EntryView]


ArenaBroadcast = Literal[
    "battle:begin", "battle:join", "battle:started", "battle:finished"
]


class ArenaTold(TypedDict):
    """A broadcast of an arena to its room; one that is fought ends as a battle."""

    type: ArenaBroadcast
    battle: str
    player: NotRequired[str]
    username: NotRequired[str]
    side: NotRequired[int]
    winner: NotRequired[None]
    changes: Annotated[dict[str, Any], some_of(ArenaView)]


class ArenaCalled(TypedDict):
    """A broadcast to all: who wants to fight may join."""

    type: Literal["battle:begin"]
    battle: str
    name: str
    host: str
    sides: int
    seats: int
    join_until_ms: int


class ArenaUnfought(TypedDict):
    """A broadcast to all: too few joined."""

    type: Literal["battle:finished"]
    battle: str
    winner: None


class ArenaRules(TypedDict):
    """The rules of arenas; `join_ms` are the least and the most.

    `pirates` are whom a player fights in a skirmish, with `ships`.
    """

    ships: Ships
    sides_max: int
    seats_max: int
    join_ms: tuple[int, int]
    pirates: Ships


def audience(ref: Ref, event: Event, states: States, _at_ms: int) -> Iterable[Heard]:
    """Say who hears an event of an arena.

    `changes` holds new values of fields of `arena_view`. The end of an arena that is
    fought is its battle's to tell.

    Raises:
        TypeError: the event is not one of an arena's.
    """
    arena: Arena = states[ref]
    match event:
        case ArenaOpened():
            yield _lobby(arena, "battle:begin")
            yield _said(arena, "battle:begin", GALAXY, **_call(arena))
        case SeatTaken(entry=entry):
            about = {"player": entry.player, "username": entry.username}
            yield _lobby(arena, "battle:join", side=entry.side, **about)
        case ArenaStarted():
            yield _lobby(arena, "battle:started")
        case ArenaCalledOff():
            yield _lobby(arena, "battle:finished", winner=None)
            yield _said(arena, "battle:finished", GALAXY, winner=None)
        case _:
            raise TypeError(event)


def catalogue() -> ArenaRules:
    """Show what arenas are like, for `GET /rules`."""
    return {
        "ships": dict(SHIPS),
        "sides_max": model.SIDES_MAX,
        "seats_max": model.SEATS_MAX,
        "join_ms": (model.JOIN_MS_MIN, model.JOIN_MS_MAX),
        "pirates": dict(model.PIRATES),
    }


def arena_view(arena: Arena) -> ArenaView:
    """Show who has joined."""
    return {
        "id": arena.id,
        "name": arena.name,
        "host": arena.host,
        "sides": arena.sides,
        "seats": arena.seats,
        "join_until_ms": arena.join_until_ms,
        "state": arena.state,
        "ships": dict(SHIPS),
        "entries": [_entry(arena, entry) for entry in arena.entries],
    }


def _entry(arena: Arena, entry: Entry) -> EntryView:
    return {
        "player": entry.player,
        "username": entry.username,
        "side": entry.side,
        "group": entry.group,
        "force": seat_id(arena.id, entry.player),
    }


def _call(arena: Arena) -> dict[str, Any]:
    named = ("name", "host", "sides", "seats", "join_until_ms")
    return {name: getattr(arena, name) for name in named}


def _lobby(arena: Arena, kind: ArenaBroadcast, **about: Any) -> Heard:
    room = f"battle:{arena.id}"
    return _said(arena, kind, room, changes=arena_view(arena), **about)


def _said(arena: Arena, kind: ArenaBroadcast, room: str, **payload: Any) -> Heard:
    return Heard(rooms=(room,), type=kind, payload={"battle": arena.id, **payload})
