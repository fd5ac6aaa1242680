"""Answer the protocol's own messages: resume, clock, batches, a fresh token."""

from collections.abc import Callable
from typing import Any

from app.core.message import Rejected
from app.realtime.admission import TOKEN_LENGTH_MAX
from app.realtime.commands import Ack, Commands, answered, invalid
from app.realtime.edge import Edge
from app.realtime.interest import Interest
from app.realtime.sessions import Session
from app.realtime.wire import Wire

RESUMED_MAX = 64
ROOMS_MAX = 512
"""The most rooms that one session may be in."""
ROOM_LENGTH_MAX = 128
SEQ_MAX = 2**53

HOLDING = frozenset({"resume"})
"""Verbs whose ack must reach the client before any broadcast that follows it."""

Verb = Callable[[Session, dict[str, Any]], dict[str, Any]]


class Verbs:
    """Know the protocol's verbs by name; all other events are commands."""

    def __init__(self, edge: Edge, interest: Interest, wire: Wire) -> None:
        self._edge = edge
        self._interest = interest
        self._wire = wire
        self._commands = Commands(edge)
        self._verbs: dict[str, Verb] = {
            "batch": self._commands.batch,
            "resume": self._resume,
            "time.sync": self._sync_time,
            "auth.renew": self._renew,
        }

    def answer(self, session: Session, name: str, args: list[Any]) -> Ack:
        """Answer one event with its ack."""
        data = args[0] if args else None
        if len(args) > 1:
            return answered(session, data, _refuse_shape)
        verb = self._verbs.get(name)
        if verb is None:
            return self._commands.run(session, name, data)
        if not isinstance(data, dict):
            return answered(session, data, _refuse_shape)
        return answered(session, data, lambda: verb(session, data))

    def _sync_time(self, session: Session, data: dict[str, Any]) -> dict[str, Any]:
        client_ms = data.get("client_ms")
        if isinstance(client_ms, bool) or not isinstance(client_ms, int | float):
            raise invalid("client_ms", "Not a number.")
        return {"client_ms": client_ms, "server_ms": session.now_ms()}

    def _renew(self, session: Session, data: dict[str, Any]) -> dict[str, Any]:
        """Go on with a fresh token of the same player."""
        token = data.get("token")
        if not isinstance(token, str) or not 0 < len(token) <= TOKEN_LENGTH_MAX:
            raise invalid("token", "Not a token.")
        identity = self._edge.authenticate(token)
        if identity.player_id != session.player_id:
            raise Rejected("not_yours", "This token is another player's.")
        session.identity = identity
        return {"expires_ms": identity.expires_ms}

    def _resume(self, session: Session, data: dict[str, Any]) -> dict[str, Any]:
        """Give what was missed. Rooms are joined first, so nothing falls between."""
        wanted = _resumed(data)
        galaxy = session.galaxy
        allowed = self._edge.may_hear(galaxy, session.player_id, tuple(wanted))
        rooms = [room for room in wanted if room in allowed]
        channels = {room: galaxy.keys.room(room) for room in wanted}
        for room in wanted.keys() - set(rooms):
            self._interest.leave(session.sid, channels[room])
        joined = {channels[room] for room in rooms}
        if len(joined.union(self._interest.channels(session.sid))) > ROOMS_MAX:
            raise invalid("rooms", f"At most {ROOMS_MAX} rooms a connection.")
        self._interest.join(session.sid, session.client, joined)
        unheard = {"error": {"code": "not_found", "message": "Not found."}}
        healed = {room: self._healed(session, room, wanted[room]) for room in rooms}
        return {"rooms": {room: healed.get(room, unheard) for room in wanted}}

    def _healed(self, session: Session, room: str, last_seq: int) -> dict[str, Any]:
        reads = session.galaxy.reads
        pieces = reads.history(room, last_seq)
        if pieces is not None:
            return {"events": self._wire.raw(pieces)}
        shown = reads.snapshot(room)
        return {"seq": shown.seq, "at_ms": shown.at_ms, "snapshot": shown.body}


def _resumed(data: dict[str, Any]) -> dict[str, int]:
    """Read which rooms a client wants to hear again, and from where.

    Raises:
        Rejected: `invalid`.
    """
    rooms = data.get("rooms")
    if not isinstance(rooms, dict) or not 0 < len(rooms) <= RESUMED_MAX:
        raise invalid("rooms", f"Must name 1 to {RESUMED_MAX} rooms.")
    for room, seq in rooms.items():
        is_number = isinstance(seq, int) and not isinstance(seq, bool)
        if len(room) > ROOM_LENGTH_MAX or not is_number or not 0 <= seq <= SEQ_MAX:
            raise invalid("rooms", "Must map names of rooms to the last seq heard.")
    return rooms


def _refuse_shape() -> dict[str, Any]:
    raise Rejected("invalid", "An event carries one object.")
