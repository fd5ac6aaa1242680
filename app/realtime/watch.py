"""Watch over the sessions of this instance: slots, expiry, revocation."""

from time import monotonic

import redis
import structlog

from app.core.message import Rejected
from app.engine.redis import Unavailable
from app.realtime import runtime
from app.realtime.edge import Edge
from app.realtime.presence import Presence
from app.realtime.server import Server
from app.realtime.sessions import Session, Sessions

BEAT_S = 1.0
RECHECK_S = 4.0
"""A revoked token ends its sockets within 5 s, even if the bus said nothing."""
REFRESH_S = 25.0

log = structlog.get_logger()


class Watch:
    """Look after the sessions once a second."""

    def __init__(
        self, edge: Edge, server: Server, sessions: Sessions, presence: Presence
    ) -> None:
        self._edge = edge
        self._server = server
        self._sessions = sessions
        self._presence = presence

    def keep_slots(self) -> None:
        """Beat, and prolong the slots, for as long as the process lives."""
        refreshed_s = monotonic()
        while not self._server.is_draining:
            self._presence.beat()
            if monotonic() - refreshed_s >= REFRESH_S:
                refreshed_s = monotonic()
                slots = [session.slot for session in self._sessions.all()]
                self._presence.refresh(slots)
            runtime.sleep(BEAT_S)
        self._presence.leave()

    def keep_rights(self) -> None:
        """End sessions whose right has ended, for as long as the process lives."""
        while True:
            runtime.sleep(RECHECK_S)
            try:
                self._recheck()
            except Exception:
                log.exception("recheck failed")

    def _recheck(self) -> None:
        for session in self._sessions.all():
            try:
                self._refuse_expired(session)
                self._edge.recheck(session.identity)
            except Rejected as refusal:
                self._server.expel(session, refusal.code)
            except (Unavailable, redis.RedisError):
                return  # sockets stay while nobody can tell

    def _refuse_expired(self, session: Session) -> None:
        if session.identity.expires_ms <= session.now_ms():
            raise Rejected("unauthenticated")
