"""Trace what clients send over Socket.IO: one span a message, named by its verb.

nginx sees a socket only once, when it opens, so each message begins a trace here.
"""

from collections.abc import Callable
from typing import Any

from app.engine import logs
from app.engine.traced.provider import SERVER, span, trace_id
from app.realtime.commands import Ack
from app.realtime.sessions import Session
from app.realtime.verbs import Verbs

UNKNOWN = "unknown"
"""Stands for every name that clients made up."""


class TracedVerbs:
    """Answer events as `verbs` does, each within a span."""

    def __init__(self, verbs: Verbs, is_known: Callable[[str], bool]) -> None:
        self._verbs = verbs
        self._is_known = is_known

    def answer(self, session: Session, name: str, args: list[Any]) -> Ack:
        """Answer one event with its ack."""
        known = name if self._is_known(name) else UNKNOWN
        names = {"messaging.system": "socket.io", "gd.player_id": session.player_id}
        with (
            span(f"socket {known}", SERVER, names) as made,
            logs.bound(trace_id=trace_id()),
        ):
            ack = self._verbs.answer(session, name, args)
            made.set_attribute("gd.result", "ok" if ack["ok"] else ack["error"]["code"])
        return ack
