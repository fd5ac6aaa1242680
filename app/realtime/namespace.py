"""Handle the life of a session: connect, disconnect, and each event between."""

from typing import Any

import redis
import socketio
import structlog
from socketio.exceptions import ConnectionRefusedError as Refused

from app.core.message import Rejected
from app.engine.redis import RETRY_AFTER_MS, Unavailable
from app.realtime.admission import Admission
from app.realtime.commands import Ack
from app.realtime.sessions import Session
from app.realtime.verbs import Verbs

log = structlog.get_logger()


class Namespace(socketio.Namespace):
    """Serve the one namespace there is."""

    def __init__(self, admission: Admission, verbs: Verbs) -> None:
        super().__init__("/")
        self._admission = admission
        self._verbs = verbs
        self._open: dict[str, Session] = {}

    def trigger_event(self, event: str, *args: Any) -> Any:
        """Handle connect and disconnect; the server answers events by itself."""
        if event == "connect":
            return self.on_connect(*args)
        if event == "disconnect":
            return self.on_disconnect(*args)
        return None

    def on_connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        """Admit a player or say why not.

        Raises:
            Refused: goes out as `connect_error` with a code.
        """
        client = self.server.client_of(sid)
        try:
            if client is None or self.server.is_draining:
                raise Rejected("draining", retry_after_ms=RETRY_AFTER_MS)
            self._open[sid] = self._admission.admit(sid, client, environ, auth)
        except Rejected as refusal:
            raise _refused(refusal) from refusal
        except (Unavailable, redis.RedisError) as error:
            refusal = Rejected("unavailable", retry_after_ms=RETRY_AFTER_MS)
            raise _refused(refusal) from error
        except Exception as error:
            log.exception("connect failed")
            raise _refused(Rejected("internal")) from error

    def on_disconnect(self, sid: str, _reason: str | None = None) -> None:
        """Close a session."""
        session = self._open.pop(sid, None)
        if session is not None:
            self._admission.dismiss(session)

    def welcome(self, sid: str) -> None:
        """Tell a client what it needs first, then let it hear its rooms; once only."""
        session = self._open.get(sid)
        if session is not None and not session.is_welcomed:
            self.server.tell(session, "welcome", self._admission.welcome(session))
            session.client.release()
            session.is_welcomed = True
            if self.server.is_draining:  # since it was let in
                self.server.send_elsewhere(session)

    def answer(self, session: Session, name: str, args: list[Any]) -> Ack:
        """Answer one event."""
        return self._verbs.answer(session, name, args)


def _refused(refusal: Rejected) -> Refused:
    data = {"code": refusal.code, "message": refusal.message, **refusal.details}
    return Refused(refusal.message, data)
