"""Give clients what they missed: events while the history holds them, or a snapshot.

What was said in a room while a player's vision didn't cover it is not told afterwards:
a snapshot heals there as well.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from app.realtime.commands import invalid
from app.realtime.edge import Edge
from app.realtime.horizon import Hearing
from app.realtime.sessions import Session
from app.realtime.sights import Sights
from app.realtime.viewing import ROOMS_MAX, Viewing
from app.realtime.wire import Wire

ROOMS_A_MESSAGE = 16
"""Rooms that cost a client as much as a message."""
EVENTS_BYTES_MAX = 262_144
"""What one answer gives of events; past it rooms heal by their snapshots."""
ROOM_LENGTH_MAX = 128
SEQ_MAX = 2**53

_UNHEARD = {"error": {"code": "not_found", "message": "Not found."}}

Terms = Mapping[str, Hearing]


class Healing:
    """Answer `resume`."""

    def __init__(
        self, edge: Edge, wire: Wire, sights: Sights, viewing: Viewing
    ) -> None:
        self._edge = edge
        self._wire = wire
        self._sights = sights
        self._viewing = viewing

    def resume(self, session: Session, data: Mapping[str, Any]) -> dict[str, Any]:
        """Give what was missed. Rooms are joined first, so nothing falls between.

        Raises:
            Rejected: `invalid`.
            Unavailable: a server doesn't answer.
        """
        wanted = _wanted(data)
        session.client.allowance.take(len(wanted) / ROOMS_A_MESSAGE)
        with session.moving:
            try:
                healed = self._rejoined(session, wanted)
            finally:
                self._viewing.hush(session)  # vision moved on while we waited
        return {"rooms": {room: healed.get(room, _UNHEARD) for room in wanted}}

    def _rejoined(self, session: Session, wanted: Mapping[str, int]) -> dict[str, Any]:
        self._sights.freshen(session.galaxy, session.player_id)
        terms = self._allowed(session, tuple(wanted))
        if len(session.rooms | terms.keys()) > ROOMS_MAX:
            raise invalid("rooms", f"At most {ROOMS_MAX} rooms a connection.")
        self._leave(session, wanted.keys() - terms.keys())
        asked = {room: one.area for room, one in terms.items()}
        session.asked |= _without(asked, session.placed)
        try:
            self._viewing.join(session, terms)  # in them, even where it raises
            healed = self._healed(session, wanted, terms)
        finally:
            seen = self._viewing.seen(session)
            lost = {room for room, area in asked.items() if area & ~seen}
            self._leave(session, lost)
        return _without(healed, lost)

    def _allowed(self, session: Session, rooms: Sequence[str]) -> dict[str, Hearing]:
        sight = self._sights.sight(session.galaxy, session.player_id)
        if sight is None:
            return {}
        terms = self._edge.horizon.hears(session.galaxy, sight, rooms)
        seen = self._viewing.seen(session)
        return {room: one for room, one in terms.items() if not one.area & ~seen}

    def _leave(self, session: Session, rooms: Iterable[str]) -> None:
        gone = set(rooms)
        self._viewing.leave_rooms(session, gone)
        session.placed -= gone
        session.asked = _without(session.asked, gone)
        session.mark = None

    def _healed(
        self, session: Session, wanted: Mapping[str, int], terms: Terms
    ) -> dict[str, Any]:
        reads = session.galaxy.reads
        healed: dict[str, Any] = {}
        left = EVENTS_BYTES_MAX
        for room, hearing in terms.items():
            pieces = reads.history(room, wanted[room]) if left > 0 else None
            if pieces is not None and _heard_all(
                session.since.get(room), wanted[room], hearing, pieces
            ):
                healed[room] = {"events": self._wire.raw(pieces)}
                left -= sum(map(len, pieces))
                session.know(room, wanted[room] + len(pieces))
                session.since.setdefault(room, wanted[room])
        shots = reads.snapshots(room for room in terms if room not in healed)
        for room, (seq, at_ms, data) in shots.items():
            shown = {"seq": seq, "at_ms": at_ms, "snapshot": self._wire.part(data)}
            healed[room] = shown
            session.since.setdefault(room, seq)
            session.know(room, seq)
        return healed


def _heard_all(
    since: int | None, last_seq: int, hearing: Hearing, pieces: Sequence[bytes]
) -> bool:
    """Tell whether the player was sure to hear these events when they were said.

    `since` is the number from which on the session heard the room without a break.
    """
    if not hearing.since_ms or (since is not None and last_seq >= since):
        return True
    return all(orjson.loads(one)["at_ms"] >= hearing.since_ms for one in pieces)


def _wanted(data: Mapping[str, Any]) -> dict[str, int]:
    """Read which rooms a client wants to hear again, and from where.

    Raises:
        Rejected: `invalid`.
    """
    rooms = data.get("rooms")
    if not isinstance(rooms, dict) or len(rooms) > ROOMS_MAX:
        raise invalid("rooms", f"Must name {ROOMS_MAX} rooms at most.")
    for room, seq in rooms.items():
        is_number = isinstance(seq, int) and not isinstance(seq, bool)
        if len(room) > ROOM_LENGTH_MAX or not is_number or not 0 <= seq <= SEQ_MAX:
            raise invalid("rooms", "Must map names of rooms to the last seq heard.")
    return rooms


def _without(rooms: Mapping[str, Any], some: Iterable[str]) -> dict[str, Any]:
    gone = set(some)
    return {room: value for room, value in rooms.items() if room not in gone}
