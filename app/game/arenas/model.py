"""Keep an arena: a group battle of equal fleets, which players join within a time.

Its id is also the id of its battle. Nothing of it touches fleets or colonies. A
skirmish is fought in the same way, by one player against pirates, and is kept as a
battle only.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from app.core import chance
from app.core.message import Event, Ref
from app.core.units import MINUTE_MS, SECOND_MS, to_milli
from app.game.combat.model.engine.spec import Force
from app.game.combat.model.state import NPC, SEAT, Party

KIND = "arena"

SIDES_MAX = 4
SEATS_MAX = 8
"""Seats of one side; all of four sides are what a battle takes."""
JOIN_MS_MIN = 5 * SECOND_MS
JOIN_MS_MAX = 10 * MINUTE_MS

SHIPS: Mapping[str, int] = {
    "fighter": 20,
    "interceptor": 8,
    "bomber": 6,
    "frigate": 4,
    "cruiser": 2,
}
"""The fleet of every seat (tune)."""

OPEN, FIGHTS, CALLED_OFF = "open", "fights", "called_off"

PIRATES: Mapping[str, int] = {
    "fighter": 8,
    "interceptor": 4,
    "frigate": 2,
    "freighter": 2,
}
"""Whom a seat fights in a skirmish: weak enough to lose, whatever the seed, in half a
minute and not at once (tune)."""
PIRATES_NAME = "pirates"
SKIRMISH_REACH = 350
"""Units from the middle at which both stand in a skirmish, to close in first (tune)."""
SKIRMISH_SIDE = 0
"""The player's side in a skirmish."""

_CORNERS = ((-150, 0), (150, 0), (0, -150), (0, 150))
"""Where the sides stand, in units from the middle: in range of one another."""
_SEAT_GAP = 20
"""Units between the seats of a side."""


class Entry(Struct, frozen=True, kw_only=True):
    """Seat a player on a side; `group` names friends who want to fight together."""

    player: str
    username: str
    side: int
    group: str = ""


class Arena(Struct, frozen=True, kw_only=True):
    """Hold who has joined a group battle. `state` is OPEN, FIGHTS or CALLED_OFF."""

    id: str
    name: str
    host: str
    sides: int
    seats: int
    join_until_ms: int
    entries: tuple[Entry, ...] = ()
    state: str = OPEN


class ArenaOpened(Event, frozen=True, kw_only=True):
    """Record that a player calls for a group battle."""

    arena: str
    name: str
    host: str
    sides: int
    seats: int
    join_until_ms: int


class SeatTaken(Event, frozen=True, kw_only=True):
    """Record that a player joined."""

    entry: Entry


class ArenaStarted(Event, frozen=True, kw_only=True):
    """Record that those who joined fight."""


class ArenaCalledOff(Event, frozen=True, kw_only=True):
    """Record that too few had joined when the time was up."""


EVENTS: tuple[type[Event], ...] = (
    ArenaOpened,
    SeatTaken,
    ArenaStarted,
    ArenaCalledOff,
)


def ref(arena_id: str) -> Ref:
    """Name the aggregate of an arena."""
    return Ref(KIND, arena_id)


def evolve(arena: Arena | None, event: Event) -> Arena:
    """Apply an event to an arena.

    Raises:
        TypeError: the event is not one of an arena's.
    """
    if isinstance(event, ArenaOpened):
        return _opened(event)
    if arena is None:
        raise TypeError(event)
    match event:
        case SeatTaken(entry=entry):
            return replace(arena, entries=(*arena.entries, entry))
        case ArenaStarted():
            return replace(arena, state=FIGHTS)
        case ArenaCalledOff():
            return replace(arena, state=CALLED_OFF)
    raise TypeError(event)


def _opened(event: ArenaOpened) -> Arena:
    return Arena(
        id=event.arena,
        name=event.name,
        host=event.host,
        sides=event.sides,
        seats=event.seats,
        join_until_ms=event.join_until_ms,
    )


class Seat(NamedTuple):
    """Hold a force of an arena's battle and who fights with it."""

    force: Force
    party: Party


def seats(arena: Arena) -> Iterator[Seat]:
    """Give every player the same fleet, each side in a corner of its own."""
    taken = [0] * arena.sides
    for entry in arena.entries:
        x, y = _CORNERS[entry.side]
        row = to_milli(_SEAT_GAP * taken[entry.side])
        taken[entry.side] += 1
        is_beside = x != 0
        force = Force(
            id=seat_id(arena.id, entry.player),
            side=entry.side,
            ships=dict(SHIPS),
            x_milli=to_milli(x) + row * (not is_beside),
            y_milli=to_milli(y) + row * is_beside,
        )
        party = Party(player=entry.player, username=entry.username, kind=SEAT)
        yield Seat(force, party)


def seat_id(arena_id: str, player: str) -> str:
    """Name the force that a player commands in an arena."""
    return chance.name(arena_id, "seat", player)


def skirmish(battle_id: str, player: str, username: str) -> tuple[Seat, Seat]:
    """Seat a player, first, and the pirates."""
    own = Force(
        id=seat_id(battle_id, player),
        side=SKIRMISH_SIDE,
        ships=dict(SHIPS),
        x_milli=-to_milli(SKIRMISH_REACH),
        y_milli=0,
    )
    theirs = Force(
        id=seat_id(battle_id, ""),
        side=SKIRMISH_SIDE + 1,
        ships=dict(PIRATES),
        x_milli=to_milli(SKIRMISH_REACH),
        y_milli=0,
    )
    return (
        Seat(own, Party(player=player, username=username, kind=SEAT)),
        Seat(theirs, Party(player="", username=PIRATES_NAME, kind=NPC)),
    )
