"""Serve Engine.IO: python-engineio's server, with our clients in it."""

from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any
from urllib.parse import parse_qs

import engineio
import structlog

from app.realtime import address, runtime, websocket
from app.realtime.client import TAKEN, Client
from app.realtime.frames import Frame
from app.realtime.rounds import Rounds
from app.realtime.wire import dumps

MESSAGE_BYTES_MAX = 65_536
"""What one message or POST may hold; past it the connection ends."""
PING_INTERVAL_S = 25
PING_TIMEOUT_S = 20
BEAT_S = 1.0
CONNECTIONS_MAX = 10_000
UNJOINED_MAX = 100
"""Connections of one home that have no session yet."""

log = structlog.get_logger()


class EngineServer(engineio.Server):
    """Take requests under /socket.io/ and keep the clients."""

    def __init__(
        self,
        *,
        instance: str,
        factor: int = 1,
        is_free: Callable[[str], bool] = lambda _address: False,
        **options: Any,
    ) -> None:
        super().__init__(
            ping_interval=PING_INTERVAL_S,
            ping_timeout=PING_TIMEOUT_S,
            max_http_buffer_size=MESSAGE_BYTES_MAX,
            http_compression=False,
            **options,
        )
        self._instance = instance
        self._is_free = is_free
        self.factor = factor
        self.unjoined: set[Client] = set()
        """Connections without a session."""
        self.rounds = Rounds()
        self.silence_s = float(PING_INTERVAL_S + PING_TIMEOUT_S)

    def handle_request(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Serve a request; what isn't one of ours is refused before any work."""
        reason = _unserved(environ)
        if reason is None:
            try:
                answer = super().handle_request(environ, start_response)
            except KeyError:  # the session ended between two looks at it
                reason = "Session is gone"
        if reason is not None:
            refusal = self.refuse(reason)
            start_response(refusal["status"], refusal["headers"])
            return [refusal["response"]]
        if answer is TAKEN:
            raise StopIteration  # so gunicorn closes the socket and writes nothing
        return answer

    def refuse(self, reason: str) -> dict[str, Any]:
        """Answer a request that can't be served."""
        refusal: dict[str, Any] = self._bad_request(reason)
        return refusal

    def hear(self, client: Client, message: str | bytes) -> None:
        """Pass on what a client said."""
        try:
            self.handlers["message"](client.sid, message)
        except Exception:
            self.logger.exception("message handler error")

    def ended(self, client: Client, reason: str) -> None:
        """Tell that a connection is no more."""
        self._trigger_event("disconnect", client.sid, reason, run_async=False)

    def _handle_connect(
        self, environ: dict[str, Any], start_response: Any, transport: str, _jsonp: Any
    ) -> Any:
        """Open a connection."""
        if self.start_service_task:
            self.start_service_task = False
            runtime.spawn(self._service_task)
        client = Client(self, self._session_id(), address.of(environ))
        if len(self.sockets) >= CONNECTIONS_MAX or self._is_crowded(client):
            return self.refuse("Too many connections")
        self.sockets[client.sid] = client
        self.unjoined.add(client)
        client.put(self._greeting(client, transport))
        self._trigger_event("connect", client.sid, environ, run_async=False)
        if transport == "polling":
            client.connected = True
        return client.handle_get_request(environ, start_response)

    def _session_id(self) -> str:
        """Name the instance in the id: nginx finds it for clients without cookies."""
        return f"{self._instance}~{self.generate_id()}"

    def _greeting(self, client: Client, transport: str) -> Frame:
        greeting = {
            "sid": client.sid,
            "upgrades": ["websocket"] if transport == "polling" else [],
            "pingInterval": PING_INTERVAL_S * 1_000,
            "pingTimeout": PING_TIMEOUT_S * 1_000,
            "maxPayload": MESSAGE_BYTES_MAX,
        }
        return Frame(b"0" + dumps(greeting).encode())

    def _is_crowded(self, new: Client) -> bool:
        if self._is_free(new.address):
            return False
        at_home = sum(client.home == new.home for client in self.unjoined)
        return at_home >= UNJOINED_MAX * self.factor

    def _service_task(self) -> None:
        """Keep the beat of all clients; one green thread for all of them."""
        while True:
            runtime.sleep(BEAT_S)
            for client in list(self.sockets.values()):
                try:
                    client.beat(monotonic())
                except Exception:
                    log.exception("a client's beat failed")

    def _log_error_once(self, message: str, message_key: str) -> None:
        """Log only what kind of bad request it is: the message quotes the request."""
        if message_key not in self.log_message_keys:
            self.log_message_keys.add(message_key)
            log.info("bad request", kind=message_key)


def _unserved(environ: Mapping[str, Any]) -> str | None:
    """Tell why a request can't be served, or None."""
    query = parse_qs(environ.get("QUERY_STRING", ""))
    if "j" in query:
        return "JSONP is not served"
    if websocket.is_upgrade(environ):
        if query.get("transport") != ["websocket"] or not websocket.accepts(environ):
            return "Invalid websocket upgrade"
    elif query.get("transport") == ["websocket"]:
        return "Invalid websocket upgrade"
    return None
