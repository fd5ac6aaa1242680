"""Admit players to the Socket.IO edge: token, empire, slot, rooms."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from app.core.message import Rejected
from app.engine.redis import RETRY_AFTER_MS, Unavailable
from app.realtime.client import Client
from app.realtime.edge import TOKEN_LENGTH_MAX, Edge
from app.realtime.interest import Interest
from app.realtime.presence import Presence, Slot
from app.realtime.sessions import Session, Sessions
from app.realtime.sights import Sights

FIRST_GALAXY = "1"
_IN_URL = frozenset({"token", "access_token", "refresh_token", "jwt", "auth"})


class Admission:
    """Decide who comes in."""

    def __init__(
        self,
        edge: Edge,
        sessions: Sessions,
        interest: Interest,
        presence: Presence,
        sights: Sights,
    ) -> None:
        self._edge = edge
        self._sessions = sessions
        self._interest = interest
        self._presence = presence
        self._sights = sights

    def admit(
        self, sid: str, client: Client, environ: Mapping[str, Any], auth: Any
    ) -> Session:
        """Open a session. Its broadcasts are held back until it was welcomed.

        Raises:
            Rejected: with a code of the wire contract.
            Unavailable: a server doesn't answer.
        """
        token, name = _asked(environ, auth)
        identity = self._edge.authenticate(token)
        try:
            galaxy = self._edge.galaxy(name)
        except KeyError:
            raise Rejected("no_empire", "There is no such galaxy.") from None
        rooms = self._edge.rooms_of(galaxy, identity.player_id)
        if rooms is None:
            raise Rejected("no_empire", "Join this galaxy first.")
        slot = self._take_slot(sid, client, identity.player_id)
        session = Session(sid, client, identity, galaxy, slot)
        channels = [galaxy.keys.room(room) for room in rooms]
        client.hold()
        try:
            self._interest.join(sid, client, channels)
            session.seqs = dict(galaxy.reads.seqs(rooms))
            for room, seq in session.seqs.items():
                session.know(room, seq)
        except BaseException:
            self.dismiss(session)
            client.forget(set(channels))
            client.release()  # it may ask again, and still has to be quick
            raise
        session.placed = set(rooms)
        self._sessions.add(session)
        self._sights.watch(galaxy, session.player_id)
        return session

    def welcome(self, session: Session) -> dict[str, Any]:
        """Make what a client is told first."""
        return {
            "player_id": session.player_id,
            "galaxy": session.galaxy.id,
            "instance": self._edge.settings.instance,
            "server_ms": session.now_ms(),
            "rooms": session.seqs,
            "config": dict(self._edge.config),
        }

    def dismiss(self, session: Session) -> None:
        """Close a session, however far it got."""
        session.is_over = True
        self._interest.leave_all(session.sid)
        if self._sessions.remove(session.sid) is not None:
            self._sights.unwatch(session.galaxy, session.player_id)
        self._presence.give_back(session.slot, session.now_ms())

    def _take_slot(self, sid: str, client: Client, player_id: str) -> Slot:
        is_free = self._edge.limits.is_free(client.address)
        slot = Slot(sid, player_id, None if is_free else client.home)
        try:
            taken = self._presence.take(slot)
        except Unavailable:  # play goes on without the bus; count what we see here
            here = len(self._sessions.of_player(player_id))
            taken = here < self._edge.settings.connections_per_player
        if not taken:
            raise Rejected("too_many_connections", retry_after_ms=RETRY_AFTER_MS)
        return slot


def _asked(environ: Mapping[str, Any], auth: Any) -> tuple[str, str]:
    """Read token and galaxy of the auth payload.

    Raises:
        Rejected: `unauthenticated`, also for a token in the URL, where logs see it.
    """
    if _IN_URL & parse_qs(environ.get("QUERY_STRING", "")).keys():
        raise Rejected("unauthenticated", "Send the token as auth, not in the URL.")
    token = auth.get("token") if isinstance(auth, dict) else None
    if not isinstance(token, str) or not 0 < len(token) <= TOKEN_LENGTH_MAX:
        raise Rejected("unauthenticated", "Send a token as auth.")
    galaxy = FIRST_GALAXY if auth.get("galaxy") is None else auth["galaxy"]
    if isinstance(galaxy, bool) or not isinstance(galaxy, str | int):
        raise Rejected("no_empire", "There is no such galaxy.")
    return token, str(galaxy)
