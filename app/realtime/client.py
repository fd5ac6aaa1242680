"""Hold one Engine.IO connection: over polling, WebSocket, or from one to the other.

Stands in for python-engineio's socket, which keeps an unbounded queue and three green
threads per client. Here a client that keeps up costs none, over WebSocket.
"""

from binascii import Error, a2b_base64
from collections.abc import Callable, Collection, Mapping
from time import monotonic
from typing import TYPE_CHECKING, Any

from engineio.exceptions import ContentTooLongError

from app.engine import metrics
from app.realtime import address as addresses
from app.realtime import frames, runtime, websocket
from app.realtime.bucket import Bucket
from app.realtime.frames import Frame
from app.realtime.outbox import Full, Outbox
from app.realtime.rounds import QUIET_S
from app.realtime.websocket import WebSocket
from app.realtime.wire import Batch

if TYPE_CHECKING:
    from app.realtime.engine import EngineServer

HELD_MAX = 512
KNOWN_S = 10.0
"""How long after an answer a room's broadcasts of before it may still arrive."""
JOIN_S_MAX = 10.0
"""How long a connection may stay open without a session."""
PROBE_S_MAX = 10.0
MESSAGES_MAX = 600
MESSAGES_PER_S = 30
FLOOD_FROM = -2_000
"""How far past its allowance a client is still answered; then it is dropped."""
YIELD_EVERY = 32
TAKEN = object()
"""What a request answers whose socket became a WebSocket; nothing must be written."""


class Client:
    """Hold one connection to a client; what it says goes to the server."""

    def __init__(self, server: "EngineServer", sid: str, address: str) -> None:
        self.server = server
        self.sid = sid
        self.address = address
        self.home = addresses.home(address)
        self.connected = self.upgraded = self.upgrading = False
        self.closing = self.closed = self.is_joined = False
        self.allowance = Bucket(
            MESSAGES_MAX * server.factor, MESSAGES_PER_S * server.factor
        )
        self.is_flooding = False
        self.session: dict[str, Any] = {}
        """Where python-socketio's `save_session` would keep things."""
        self._outbox = Outbox()
        self._held: list[tuple[str, Batch, object]] = []
        self._known: dict[str, int] = {}
        self._known_s = 0.0
        self._holds = 0
        self._told_s = 0.0
        self._is_due = False
        self._ws: WebSocket | None = None
        self._poll: Any = None
        self._messages = 0
        self._opened_s = self._heard_s = monotonic()
        self._pong_by_s: float | None = None

    # what goes out

    def send(self, packet: Any) -> None:
        """Send one of python-engineio's packets."""
        data = packet.encode()
        payload = data.encode() if isinstance(data, str) else data
        self.put(Frame(payload, binary=packet.binary))

    def put(self, frame: Frame, supersedes: object = None) -> None:
        """Send a frame after what waits, or drop a client that is too far behind."""
        self._try(self._outbox.put, frame, supersedes)
        if self._poll is not None:
            self._poll.set()

    def flush(self) -> None:
        """Send the broadcasts that waited for each other."""
        self._is_due = False
        self._told_s = monotonic()
        self._try(self._outbox.flush)
        if self._poll is not None and len(self._outbox):
            self._poll.set()

    def _try(self, work: Callable[..., None], *args: Any) -> None:
        if self.closing:
            return
        try:
            work(*args)
        except Full:
            self.drop("slow")
        except OSError:
            self.drop("gone")

    @property
    def is_told(self) -> bool:
        """Tell whether nothing waits to be written, or fetched by the next poll."""
        return not len(self._outbox)

    def know(self, channel: str, seq: int) -> None:
        """Take it that the client is told of a room up to an event by an answer.

        What the room said before may still be on its way here, and isn't told again.
        """
        self._known[channel] = seq
        self._known_s = monotonic()

    def hear(
        self,
        batch: Batch,
        channel: str,
        supersedes: object = None,
        *,
        is_prompt: bool = False,
    ) -> None:
        """Send a room's broadcast, or keep it until what must come before it.

        But for prompt ones they leave together, where there are many.
        """
        if self._holds:
            self._hold_back(batch, channel, supersedes)
            return
        frame = self._news(batch, channel) if self._known else batch
        if frame is None:
            return
        if is_prompt or (not self._is_due and monotonic() - self._told_s >= QUIET_S):
            self._told_s = monotonic()
            self.put(frame, supersedes)
        else:
            self._gather(frame, supersedes)

    def _news(self, batch: Batch, channel: str) -> Frame | None:
        """Give what of a batch the client wasn't told by an answer."""
        seq = self._known.get(channel)
        if seq is None:
            return batch
        if batch.span.to <= seq:
            return None
        del self._known[channel]
        return batch if batch.span.from_ >= seq else batch.after(seq)

    def _gather(self, frame: Frame, supersedes: object) -> None:
        self._try(self._outbox.queue, frame, supersedes)
        if self._outbox.is_ample:
            self.flush()
        elif not self._is_due:
            self._is_due = True
            self.server.rounds.add(self)

    def _hold_back(self, batch: Batch, channel: str, supersedes: object) -> None:
        if len(self._held) < HELD_MAX:
            self._held.append((channel, batch, supersedes))
        else:
            self.drop("slow")

    def forget(self, channels: Collection[str]) -> None:
        """Keep no broadcast of rooms that were left."""
        self._held = [held for held in self._held if held[0] not in channels]
        for channel in channels:
            self._known.pop(channel, None)

    def hold(self) -> None:
        """Keep broadcasts back until as many `release`s."""
        self._holds += 1

    def release(self) -> None:
        """Send the broadcasts that were kept back."""
        self._holds = max(0, self._holds - 1)
        if not self._holds:
            held, self._held = self._held, []
            for channel, batch, supersedes in held:
                frame = self._news(batch, channel)
                if frame is not None:
                    self._try(self._outbox.queue, frame, supersedes)
            if held:
                self.flush()

    def join(self) -> None:
        """Have a session."""
        self.is_joined = True
        self.server.unjoined.discard(self)

    def leave(self) -> None:
        """Have no session any more: go soon, or open another."""
        self.is_joined = False
        if not self.closed:
            self.server.unjoined.add(self)
        self._opened_s = monotonic()
        self._holds = 0
        self._held.clear()
        self._known.clear()

    # what comes in

    def handle_get_request(
        self, environ: Mapping[str, Any], _start_response: Any
    ) -> dict[str, Any] | object:
        """Answer a poll once there is something to say, or become a WebSocket."""
        if websocket.is_upgrade(environ):
            return self._serve_websocket(environ)
        if self.upgrading:
            return _polled([frames.NOOP])
        return self._answer_poll()

    def handle_post_request(self, environ: Mapping[str, Any]) -> None:
        """Hear what a polling client says.

        Raises:
            ContentTooLongError: more than may be said at once; ends the connection.
        """
        length = environ.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > self.server.max_http_buffer_size:
            raise ContentTooLongError
        body = environ["wsgi.input"].read(int(length))
        for packet in body.decode("utf-8", "replace").split("\x1e"):
            if not self.closing:
                self.receive(_unwrapped(packet))

    def receive(self, message: str | bytes) -> None:
        """Hear one Engine.IO packet. What is none is counted, and else ignored."""
        if not self._counted():
            return
        self._messages += 1
        if self._messages % YIELD_EVERY == 0:
            runtime.sleep()  # messages that wait for nothing must let others run
        if isinstance(message, bytes):
            self.server.hear(self, message)
        elif message[:1] == "4":
            self.server.hear(self, message[1:])
        elif message[:1] == "3":
            self._pong_by_s = None
            self._heard_s = monotonic()
        elif message[:1] == "1":
            self.close(reason=self.server.reason.CLIENT_DISCONNECT)

    def _counted(self) -> bool:
        """Count what came; False when nothing more is heard from this client."""
        left = self.allowance.take()
        self.is_flooding = left < 0
        if left < FLOOD_FROM:
            self.drop("flood")
        return not self.closing

    def beat(self, now_s: float) -> None:
        """Ping the client when it is time, and end a connection that is none."""
        if self._known and now_s - self._known_s > KNOWN_S:
            self._known.clear()
        if not self.is_joined and now_s - self._opened_s > JOIN_S_MAX:
            self.drop("unjoined")
        elif self._pong_by_s is not None:
            if now_s > self._pong_by_s:
                self.close(reason=self.server.reason.PING_TIMEOUT)
        elif now_s - self._heard_s >= self.server.ping_interval:
            self._pong_by_s = now_s + self.server.ping_timeout
            self.put(frames.PING)

    # the end

    def drop(self, reason: str) -> None:
        """End the connection from wherever we are, and count it."""
        if not self.closing:
            self.closing = True
            self._outbox.clear()
            metrics.CLIENTS_DROPPED.labels(reason).inc()
            runtime.spawn(self._end, self.server.reason.TRANSPORT_ERROR)

    def close(
        self, wait: bool = True, abort: bool = False, reason: str | None = None
    ) -> None:
        """End the connection."""
        if not self.closing:
            self.closing = True
            self._end(reason or self.server.reason.SERVER_DISCONNECT)

    def _end(self, reason: str) -> None:
        self.closed = True
        if self._ws is not None:
            self._ws.close()
        if self._poll is not None:
            self._poll.set()
        self.server.sockets.pop(self.sid, None)
        self.server.unjoined.discard(self)
        self.server.ended(self, reason)

    # the transports

    def _answer_poll(self) -> dict[str, Any]:
        if not len(self._outbox) and not self.closed and not self._awaited():
            return _polled([frames.NOOP])  # another poll came
        taken = self._outbox.take()
        if taken:
            return _polled(taken)
        self.close(reason=self.server.reason.TRANSPORT_ERROR)
        return self.server.refuse("Session is gone")

    def _awaited(self) -> bool:
        """Wait for something to say. False when another poll took this one's place."""
        if self._poll is not None:
            self._poll.set()
        self._poll = mine = self.server.create_event()
        mine.wait(timeout=self.server.silence_s)
        if self._poll is not mine or self.upgrading:
            return False
        self._poll = None
        return True

    def _serve_websocket(self, environ: Mapping[str, Any]) -> object:
        ws = WebSocket(
            environ,
            lambda frame: self.put(frame) if self._ws is ws else None,
            self._counted,
            message_bytes_max=self.server.max_http_buffer_size,
        )
        ws.sock.settimeout(PROBE_S_MAX)
        if (self.connected and not self._probed(ws)) or self.closing:
            ws.close()
            return TAKEN
        self.connected = self.upgraded = True
        self._ws = ws
        ws.listen(self._said, self._left)
        ws.sock.settimeout(self.server.silence_s)
        self._outbox.open(ws.sock, ws.raw)
        return TAKEN

    def _said(self, message: str | bytes) -> None:
        if not self.closing:
            self.receive(message)

    def _left(self) -> None:
        self.close(reason=self.server.reason.TRANSPORT_CLOSE)

    @property
    def _moves(self) -> bool:
        """Tell whether a WebSocket is being moved to, or was."""
        return self.upgrading or self.upgraded

    def _probed(self, ws: WebSocket) -> bool:
        """Move from polling to the WebSocket, as Engine.IO's probe has it."""
        if self._moves or ws.receive() != "2probe" or self._moves:
            return False  # another one was faster, maybe while we waited
        runtime.send_now(ws.raw, frames.PROBED.wire)
        self.upgrading = True
        if self._poll is not None:
            self._poll.set()
        upgraded = ws.receive() == "5"
        self.upgrading = False
        return upgraded


def _polled(taken: list[Frame]) -> dict[str, Any]:
    return {
        "status": "200 OK",
        "headers": [("Content-Type", "text/plain; charset=UTF-8")],
        "response": frames.POLLING_SEPARATOR.join(frame.polled for frame in taken),
    }


def _unwrapped(packet: str) -> str | bytes:
    """Undo the wrapping of a binary message that polling needs."""
    if packet[:1] != "b":
        return packet
    try:
        return a2b_base64(packet[1:])
    except (Error, ValueError):
        return ""
