"""Move sessions in and out of rooms: by what they look at, and by what they see.

A session is in the rooms of its view and of its player's own sectors, each sector in
the one tier that the player's vision allows, in those that the player is a member of,
and in the rooms that it asked for by name, for as long as they may be heard.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from app.engine.snapshots import Shot
from app.realtime.commands import invalid
from app.realtime.edge import Edge
from app.realtime.horizon import Area
from app.realtime.interest import Interest
from app.realtime.limits import EVERYTHING
from app.realtime.sessions import Session
from app.realtime.shots import Shots
from app.realtime.sights import Sights
from app.realtime.wire import Wire

ROOMS_MAX = 512
"""The most rooms that one session may be in."""
MAP = "sector:"
"""How the rooms begin that a view is made of."""


class Change(NamedTuple):
    """Hold which rooms a session should be in, and what that changes."""

    placed: set[str]
    asked: dict[str, Area]
    left: set[str]
    entered: set[str]


class Viewing:
    """Know which rooms each session should be in, and bring it there.

    Whoever moves a session holds its `moving`.
    """

    def __init__(
        self,
        edge: Edge,
        interest: Interest,
        shots: Shots,
        wire: Wire,
        sights: Sights,
    ) -> None:
        self._edge = edge
        self._interest = interest
        self._shots = shots
        self._wire = wire
        self._sights = sights

    def set(self, session: Session, data: Mapping[str, Any]) -> dict[str, Any]:
        """Look at a part of the map, and no longer at any other.

        Raises:
            Rejected: `invalid`, `rate_limited`.
            Unavailable: a server doesn't answer; the view stays what it was.
        """
        box = {name: value for name, value in data.items() if name != "id"}
        area = self._edge.horizon.box(box)
        self._edge.limits.player(EVERYTHING, session.player_id)
        with session.moving:
            asked = [room for room in session.asked if not room.startswith(MAP)]
            return self._look(session, area, asked)

    def clear(self, session: Session, _data: Mapping[str, Any]) -> dict[str, Any]:
        """Look at nothing; what was asked for by name stays."""
        with session.moving:
            return self._look(session, 0, session.asked)

    def seen(self, session: Session) -> Area:
        """Give what a session's player sees now."""
        at_ms = session.now_ms()
        return self._sights.seen(session.galaxy, session.player_id, at_ms)

    def plan(
        self, session: Session, seen: Area, asked: Collection[str] | None = None
    ) -> Change:
        """Say where a session should be, given what its player sees.

        Of the rooms it asked for by name, those in `asked` stay; all by default.
        """
        own, joined = self._own(session)
        placed = {*joined, *self._edge.horizon.rooms(session.view | own, seen | own)}
        kept = {
            room: area
            for room, area in session.asked.items()
            if not area & ~seen and (asked is None or room in asked)
        }
        before, after = session.rooms, placed | kept.keys()
        return Change(placed, kept, before - after, after - before)

    def leave(self, session: Session, change: Change) -> None:
        """Take a session out of rooms: from now on it is told nothing of them."""
        self.leave_rooms(session, change.left)
        session.placed = change.placed & session.rooms
        session.asked = change.asked

    def leave_rooms(self, session: Session, rooms: Iterable[str]) -> None:
        """Be told nothing of some rooms any more, not even what was held back."""
        gone = set(rooms)
        for room in gone:
            self._interest.leave(session.sid, session.galaxy.keys.room(room))
        self._forget(session, gone)

    def hush(self, session: Session) -> None:
        """Forget what was held back of rooms out of sight; the sweep leaves them."""
        self._forget(session, self.plan(session, self.seen(session)).left)

    def _forget(self, session: Session, rooms: Iterable[str]) -> None:
        for room in rooms:
            session.since.pop(room, None)
        session.client.forget({session.galaxy.keys.room(room) for room in rooms})

    def join(self, session: Session, rooms: Iterable[str]) -> None:
        """Hear some rooms; what they say comes after what the caller tells of them.

        Raises:
            Unavailable: the bus doesn't answer. The session is in the rooms all the
                same.
        """
        channels = [session.galaxy.keys.room(room) for room in rooms]
        try:
            self._interest.join(session.sid, session.client, channels)
        finally:
            if session.is_over:  # while we waited
                self._interest.leave_all(session.sid)

    def shots(self, galaxy: Any, rooms: Iterable[str]) -> Mapping[str, Shot]:
        """Read what rooms show that somebody joined.

        Raises:
            Unavailable: a server doesn't answer.
        """
        return self._shots.of(galaxy, rooms)

    def shown(
        self, session: Session, rooms: Iterable[str], shots: Mapping[str, Shot]
    ) -> dict[str, Any]:
        """Show rooms that a session entered, but for those it may not hear any more.

        What is held back of others that went out of sight is forgotten.
        """
        wanted = set(rooms)
        change = self.plan(session, self.seen(session))
        self._forget(session, change.left)
        lost = wanted - change.placed
        if lost:
            self.leave_rooms(session, lost)
            session.mark = None
        kept = wanted - lost
        session.placed |= kept
        session.since |= {room: shots[room].seq for room in kept}
        for room in kept:
            session.know(room, shots[room].seq)
        return {room: self._shown(shots[room]) for room in kept}

    def _shown(self, shot: Shot) -> dict[str, Any]:
        part = self._wire.part(shot.data)
        return {"seq": shot.seq, "at_ms": shot.at_ms, "snapshot": part}

    def _own(self, session: Session) -> tuple[Area, Iterable[str]]:
        """Give the sectors that the player always hears, and the other rooms."""
        sight = self._sights.sight(session.galaxy, session.player_id)
        return (sight.own, sight.joined) if sight else (0, ())

    def _look(
        self, session: Session, area: Area, asked: Collection[str]
    ) -> dict[str, Any]:
        before, session.view, session.mark = session.view, area, None
        try:
            self._sights.freshen(session.galaxy, session.player_id)
            change = self.plan(session, self.seen(session), asked)
            if len(change.placed) + len(change.asked) > ROOMS_MAX:
                raise invalid("rooms", f"At most {ROOMS_MAX} rooms a connection.")
            rooms = self._entered(session, change.entered)
        except BaseException:
            session.view = before
            self.hush(session)
            raise
        self.leave(session, change)  # last: who is refused keeps what it had
        return {"rooms": rooms, "left": sorted(change.left)}

    def _entered(self, session: Session, rooms: Collection[str]) -> dict[str, Any]:
        try:
            self.join(session, rooms)
            shots = self.shots(session.galaxy, rooms)
        except BaseException:
            self.leave_rooms(session, rooms)
            raise
        return self.shown(session, rooms, shots)
