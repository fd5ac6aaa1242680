"""Answer the protocol's own messages: views, resume, clock, batches, a fresh token."""

from collections.abc import Callable
from typing import Any

from app.core.message import Rejected
from app.realtime.commands import Ack, Commands, answered, client_id_of, invalid
from app.realtime.edge import TOKEN_LENGTH_MAX, Edge
from app.realtime.healing import Healing
from app.realtime.sessions import Session
from app.realtime.viewing import Viewing

HOLDING = frozenset({"resume", "view.set", "view.clear"})
"""Verbs whose ack must reach the client before any broadcast that follows it."""
BARE = frozenset({"view.clear"})
"""Verbs that need no data."""

Verb = Callable[[Session, dict[str, Any]], dict[str, Any]]


class Verbs:
    """Know the protocol's verbs by name; all other events are commands."""

    def __init__(self, edge: Edge, viewing: Viewing, healing: Healing) -> None:
        self._edge = edge
        self._commands = Commands(edge)
        self._verbs: dict[str, Verb] = {
            "batch": self._commands.batch,
            "resume": healing.resume,
            "view.set": viewing.set,
            "view.clear": viewing.clear,
            "time.sync": self._sync_time,
            "auth.renew": self._renew,
        }

    def knows(self, name: str) -> bool:
        """Tell whether a name is a verb's."""
        return name in self._verbs

    def answer(self, session: Session, name: str, args: list[Any]) -> Ack:
        """Answer one event with its ack."""
        data = args[0] if args else None
        if data is None and name in BARE:
            data = {}
        if len(args) > 1:
            return answered(session, client_id_of(data), _refuse_shape)
        verb = self._verbs.get(name)
        if verb is None:
            return self._commands.run(session, name, data)
        if not isinstance(data, dict):
            return answered(session, None, _refuse_shape)
        return answered(session, client_id_of(data), lambda: verb(session, data))

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


def _refuse_shape() -> dict[str, Any]:
    raise Rejected("invalid", "An event carries one object.")
