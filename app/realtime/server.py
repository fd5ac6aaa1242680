"""Serve Socket.IO: python-socketio's server, made strict, ordered and bounded."""

import logging
from collections.abc import Sequence
from secrets import randbelow
from time import monotonic, perf_counter
from typing import Any

import socketio
import structlog

from app.core.message import Rejected
from app.engine import metrics
from app.engine.reply import refused
from app.realtime import runtime
from app.realtime.client import Client
from app.realtime.commands import client_id_of
from app.realtime.edge import Edge
from app.realtime.engine import EngineServer
from app.realtime.manager import NAMESPACE, Manager
from app.realtime.namespace import Namespace
from app.realtime.sessions import Session, Sessions
from app.realtime.verbs import HOLDING
from app.realtime.wire import (
    CONNECT,
    CONNECT_ERROR,
    DISCONNECT,
    EVENT,
    Malformed,
    Message,
    Wire,
)

RESERVED = frozenset({"connect", "disconnect"})
EXPEL_S = 1.0
"""How long an expelled client has to hear why; polling takes a moment."""
SPAN_MS_MAX = 10_000
SPAN_MS_PER_CLIENT = 20
"""Over how long clients are spread who are all to ask for much."""
DRAIN_RESERVE_S = 3.0
"""What a drain leaves of its time to gunicorn."""
POLL_S = 0.05
AT_WORK_MAX = 256
"""Messages at work at once, a quarter of a second's: with more, all wait for longer
than anybody does. A refusal costs next to nothing."""
BUSY_RETRY_MS = 1_000
ALWAYS = frozenset({"resume", "auth.renew"})
"""What is answered all the same: who is refused it can't play on."""

log = structlog.get_logger()


def _quiet() -> logging.Logger:
    """Give the libraries a logger that tells of failures, not of every message."""
    logger = logging.getLogger("socketio.quiet")
    logger.setLevel(logging.ERROR)
    return logger


class Server(socketio.Server):
    """Answer every event with an ack, in the order in which a client sent them."""

    def __init__(
        self, edge: Edge, wire: Wire, manager: Manager, sessions: Sessions
    ) -> None:
        self._wire = wire
        self._sessions = sessions
        self._at_work = self._opening = 0
        self.is_draining = False
        self._drained_by_s = 0.0
        self._drain_span_ms = SPAN_MS_PER_CLIENT
        origins = list(edge.settings.allowed_origins)
        super().__init__(
            client_manager=manager,
            serializer=wire.packet_class,
            async_mode=runtime.mode(),
            async_handlers=False,
            cors_allowed_origins=origins or None,
            logger=_quiet(),
            engineio_logger=_quiet(),
            factor=edge.settings.rate_limits_factor,
            instance=edge.settings.instance,
            is_free=edge.limits.is_free,
        )
        manager.serve(wire, self.eio.rounds)
        manager.on_control("expel", self._expel_here)

    # what clients are told

    def tell(self, session: Session, event: str, data: Any) -> None:
        """Send an event to one session of this instance."""
        session.client.put(self._wire.event(event, data))

    def notice(self, session: Session, code: str, message: str, **more: Any) -> None:
        """Tell a client something about its connection."""
        self.tell(session, "notice", {"code": code, "message": message, **more})

    def ask_to_resync(self, galaxy: str | None = None) -> None:
        """Have clients of this instance resume, each at a moment of its own.

        Those of one galaxy, or all.
        """
        sessions = [
            session
            for session in self._sessions.all()
            if galaxy in (None, session.galaxy.id)
        ]
        span_ms = _span_ms(len(sessions))
        for session in sessions:
            self.notice(
                session,
                "resync",
                "Some broadcasts may be missing.",
                retry_after_ms=randbelow(span_ms + 1),
            )

    def client_of(self, sid: str) -> Client | None:
        """Give the connection of a session that may still be opening."""
        eio_sid = self.manager.eio_sid_from_sid(sid, NAMESPACE)
        found: Client | None = self.eio.sockets.get(eio_sid)
        return found

    # the end of a session

    def disconnect_player(self, player_id: str, code: str) -> None:
        """Close a player's sockets on every instance, saying why."""
        self._expel_here({"player": player_id, "code": code})
        self.manager.publish("expel", player=player_id, code=code)

    def expel(self, session: Session, code: str) -> None:
        """Close one session, saying why."""
        self.notice(session, code, "This connection ends here.")
        self.disconnect(session.sid, ignore_queue=True)
        runtime.spawn_after(EXPEL_S, session.client.close)

    def _expel_here(self, message: dict[str, Any]) -> None:
        for session in self._sessions.of_player(str(message.get("player"))):
            self.expel(session, str(message.get("code")))

    def drain(self, within_s: float) -> None:
        """Send everybody elsewhere, each at a moment of its own."""
        self._drained_by_s = monotonic() + max(0.0, within_s - DRAIN_RESERVE_S)
        self.is_draining = True  # who is welcomed from here on is sent on at once
        sessions = [one for one in self._sessions.all() if one.is_welcomed]
        self._drain_span_ms = _span_ms(len(sessions))
        log.info("draining", sessions=len(sessions), span_ms=self._drain_span_ms)
        for session in sessions:
            self.send_elsewhere(session)
        while (self._opening or self._sessions.all()) and self._has_time():
            runtime.sleep(POLL_S)
        for client in list(self.eio.sockets.values()):
            client.close(reason=self.reason.TRANSPORT_CLOSE)
        log.info("drained")

    def send_elsewhere(self, session: Session) -> None:
        """Tell a client of this instance, which drains, when to come back."""
        wait_ms = randbelow(self._drain_span_ms + 1)
        self.notice(
            session, "draining", "Come back in a moment.", retry_after_ms=wait_ms
        )
        runtime.spawn_after(wait_ms / 1_000, self._let_go, session)

    def _let_go(self, session: Session) -> None:
        """End a connection once its command was answered and it heard why."""
        client = session.client
        while (session.is_busy or not client.is_told) and self._has_time():
            runtime.sleep(POLL_S)
        client.close(reason=self.reason.TRANSPORT_CLOSE)

    def _has_time(self) -> bool:
        return monotonic() < self._drained_by_s

    # what clients say

    def _handle_eio_message(self, eio_sid: str, data: str | bytes) -> None:
        client = self.eio.sockets.get(eio_sid)
        if client is None:
            return
        try:
            message = self._wire.read(data)
        except Malformed as error:
            if error.kind == CONNECT:
                self._refuse_connect(eio_sid, error.reason)
            else:
                self._refuse(client, error.ack_id, Rejected("invalid", error.reason))
            return
        if message.kind == CONNECT:
            self._handle_connect(eio_sid, message.namespace, message.data)
        elif message.namespace != NAMESPACE:
            return
        elif message.kind == EVENT:
            self._answer(client, message)
        elif message.kind == DISCONNECT:
            reason = self.reason.CLIENT_DISCONNECT
            self._handle_disconnect(eio_sid, NAMESPACE, reason)

    def _answer(self, client: Client, message: Message) -> None:
        session = self._sessions.of_client(client)
        if session is None:
            return
        if client.is_flooding:
            self._slow_down(session, message)
            return
        started_s = perf_counter()
        name, *args = message.data
        is_holding = name in HOLDING
        session.is_busy = True
        self._at_work += 1
        if is_holding:
            client.hold()
        try:
            ack = self._acked(session, name, args)
            if message.id is not None:
                client.put(self._wire.ack(message.id, ack))
        finally:
            session.is_busy = False
            self._at_work -= 1
            if is_holding:
                client.release()
        metrics.ACK_SECONDS.observe(perf_counter() - started_s)
        if not ack["ok"]:
            metrics.REFUSALS.labels(ack["error"]["code"]).inc()

    def _acked(self, session: Session, name: str, args: list[Any]) -> dict[str, Any]:
        if name in RESERVED:
            return _ack_of(session, args, Rejected("unknown_command"))
        if self._at_work > AT_WORK_MAX and name not in ALWAYS:
            refusal = Rejected("busy", retry_after_ms=BUSY_RETRY_MS)
            return _ack_of(session, args, refusal)
        namespace: Namespace = self.namespace_handlers[NAMESPACE]
        return namespace.answer(session, name, args)

    def _slow_down(self, session: Session, message: Message) -> None:
        wait_ms = session.client.allowance.wait_ms()
        refusal = Rejected("rate_limited", retry_after_ms=wait_ms)
        if message.id is None:
            self.notice(
                session, "rate_limited", refusal.message, retry_after_ms=wait_ms
            )
        self._refuse(session.client, message.id, refusal, message.data[1:])

    def _refuse(
        self,
        client: Client,
        ack_id: int | None,
        refusal: Rejected,
        args: Sequence[Any] = (),
    ) -> None:
        """Answer a message that isn't worth a look."""
        metrics.REFUSALS.labels(refusal.code).inc()
        session = self._sessions.of_client(client)
        if session is not None and ack_id is not None:
            ack = _ack_of(session, args, refusal)
            client.put(self._wire.ack(ack_id, ack))

    def _refuse_connect(self, eio_sid: str, reason: str) -> None:
        """Answer a CONNECT that can't be read."""
        told = {"code": "unauthenticated", "message": reason}
        data = {"message": reason, "data": told}
        self._send_packet(eio_sid, self.packet_class(CONNECT_ERROR, data=data))

    # what python-socketio does, and what it leaves open

    def _handle_connect(self, eio_sid: str, namespace: str | None, data: Any) -> None:
        """Open a session, and welcome it once the client knows that it is one."""
        self._opening += 1
        try:
            super()._handle_connect(eio_sid, namespace, data)
        finally:
            self._opening -= 1
        sid = self.manager.sid_from_eio_sid(eio_sid, NAMESPACE)
        if sid is None or namespace not in (None, NAMESPACE):
            return
        if eio_sid not in self.eio.sockets:  # gone while it was being admitted
            self._handle_disconnect(eio_sid, NAMESPACE)
            return
        self.namespace_handlers[NAMESPACE].welcome(sid)

    def _engineio_server_class(self) -> type[EngineServer]:
        return EngineServer


def _ack_of(session: Session, args: Sequence[Any], refusal: Rejected) -> dict[str, Any]:
    client_id = client_id_of(args[0] if args else None)
    return refused(refusal, session.now_ms()).ack(client_id)


def _span_ms(clients: int) -> int:
    return min(SPAN_MS_MAX, SPAN_MS_PER_CLIENT * clients)
