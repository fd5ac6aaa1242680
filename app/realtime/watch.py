"""Watch over the sessions of this instance: slots, expiry, revocation."""

from time import monotonic

import redis

from app.engine.peeks import cut
from app.engine.redis import Unavailable
from app.realtime.edge import Edge
from app.realtime.loops import repeat
from app.realtime.presence import Presence
from app.realtime.server import Server
from app.realtime.sessions import Sessions

BEAT_S = 1.0
RECHECK_S = 4.0
"""A revoked token ends its sockets within 5 s, even if the bus said nothing."""
REFRESH_S = 25.0
SESSIONS_A_TIME = 500


class Watch:
    """Look after the sessions once a second."""

    def __init__(
        self, edge: Edge, server: Server, sessions: Sessions, presence: Presence
    ) -> None:
        self._edge = edge
        self._server = server
        self._sessions = sessions
        self._presence = presence
        self._refreshed_s = monotonic()

    def keep_slots(self) -> None:
        """Beat, and prolong the slots, until this instance leaves."""
        repeat(BEAT_S, self._beat, until=lambda: self._server.is_draining)
        self._presence.leave()

    def keep_rights(self) -> None:
        """End sessions whose right has ended, for as long as the process lives."""
        repeat(RECHECK_S, self._recheck)

    def _beat(self) -> None:
        self._presence.beat()
        if monotonic() - self._refreshed_s >= REFRESH_S:
            self._refreshed_s = monotonic()
            self._presence.refresh([session.slot for session in self._sessions.all()])

    def _recheck(self) -> None:
        for session in self._sessions.all():
            if session.identity.expires_ms <= session.now_ms():
                self._server.expel(session, "unauthenticated")
        for sessions in cut(self._sessions.all(), SESSIONS_A_TIME):
            identities = [session.identity for session in sessions]
            try:
                refusals = self._edge.refusals(identities)
            except (Unavailable, redis.RedisError):
                return  # sockets stay while nobody can tell
            for session, identity, refusal in zip(
                sessions, identities, refusals, strict=True
            ):
                if refusal is not None and session.identity is identity:
                    self._server.expel(session, refusal.code)
