"""Serve one WebSocket (RFC 6455) over a socket of any async mode.

While it is being opened, whoever opens it waits for messages. From then on it has no
green thread: the loop reads, and each burst of messages borrows one for as long as it
takes to answer. No more is read meanwhile than was on its way.

Messages are bounded however they are cut, nothing is compressed, and writes never wait.
"""

import socket
from base64 import b64encode
from binascii import Error, a2b_base64
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import sha1
from typing import Any

from app.realtime import decoder, frames, runtime
from app.realtime.decoder import Decoder, Kind
from app.realtime.frames import Frame

RECEIVE_BYTES = 16_384
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_KEY_BYTES = 16
_CONTROL = frozenset({Kind.PING, Kind.PONG})
"""What is about the connection, and no message."""


def is_upgrade(environ: Mapping[str, Any]) -> bool:
    """Tell whether a request asks for a WebSocket."""
    connection = environ.get("HTTP_CONNECTION", "").lower()
    return (
        "upgrade" in (part.strip() for part in connection.split(","))
        and environ.get("HTTP_UPGRADE", "").lower() == "websocket"
    )


def accepts(environ: Mapping[str, Any]) -> bool:
    """Tell whether an upgrade request is one that we can serve."""
    try:
        key = a2b_base64(environ.get("HTTP_SEC_WEBSOCKET_KEY", ""), strict_mode=True)
    except (Error, ValueError):
        return False
    return (
        environ["REQUEST_METHOD"] == "GET"
        and environ.get("HTTP_SEC_WEBSOCKET_VERSION") == "13"
        and len(key) == _KEY_BYTES
        and "gunicorn.socket" in environ
    )


class WebSocket:
    """Hold the server's end of one WebSocket."""

    __slots__ = (
        "_answer",
        "_counted",
        "_decoder",
        "_ended",
        "_heard",
        "_inbox",
        "_is_at_end",
        "_is_over",
        "_is_serving",
        "_stop",
        "raw",
        "sock",
    )

    def __init__(
        self,
        environ: Mapping[str, Any],
        answer: Callable[[Frame], None],
        counted: Callable[[], bool],
        *,
        message_bytes_max: int,
    ) -> None:
        self.sock = environ["gunicorn.socket"]
        self.raw = runtime.raw(self.sock)
        self._answer = answer
        self._counted = counted
        self._decoder = Decoder(message_bytes_max)
        self._inbox: list[str | bytes] = []
        self._heard: Callable[[str | bytes], None] | None = None
        self._ended: Callable[[], None] = _nothing
        self._stop: Callable[[], None] | None = None
        self._is_over = self._is_at_end = self._is_serving = False
        key = environ["HTTP_SEC_WEBSOCKET_KEY"].encode()
        accept = b64encode(sha1(key + _GUID, usedforsecurity=False).digest())
        self.sock.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Accept: " + accept + b"\r\n\r\n"
        )

    def receive(self) -> str | bytes | None:
        """Wait for the next message; None when there will be none."""
        while not self._inbox and not self._is_at_end:
            try:
                data = self.sock.recv(RECEIVE_BYTES)
            except OSError:
                data = b""
            self._take(data)
        return self._inbox.pop(0) if self._inbox else None

    def listen(
        self, heard: Callable[[str | bytes], None], ended: Callable[[], None]
    ) -> None:
        """Hand messages to `heard`, in order and one at a time; `ended` is the last.

        The socket is kept, whatever becomes of the request that it came with.
        """
        self._heard, self._ended = heard, ended
        self.sock = runtime.kept(self.sock)
        self.raw = runtime.raw(self.sock)
        self._go_on()
        if self._inbox or self._is_at_end:
            self._is_serving = True
            runtime.spawn(self._serve)

    def close(self, code: int = decoder.NORMAL) -> None:
        """Say goodbye and end. Bytes still to be sent are lost."""
        if self._is_over:
            return
        self._is_over = True
        with suppress(OSError):
            runtime.send_now(self.raw, frames.close(code))
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        if self._heard is not None:
            self._go_on()  # what came is read, lest the goodbye be lost with it

    def _go_on(self) -> None:
        if self._stop is None:
            self._stop = runtime.watch(self.sock, self._readable)

    def _pause(self) -> None:
        stop, self._stop = self._stop, None
        if stop is not None:
            stop()

    def _readable(self) -> None:
        """Take what came; the loop calls."""
        if self._stop is None:
            return
        try:
            data = self.raw.recv(RECEIVE_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._pause()
        if not self._is_over:
            self._take(data)
            self._have_served()
        elif not data:
            self.sock.close()

    def _have_served(self) -> None:
        if self._is_serving:
            self._pause()
        elif self._inbox or self._is_at_end:
            self._is_serving = True
            runtime.call(self._serve)

    def _take(self, data: bytes) -> None:
        if not data:
            self._is_at_end = True
        for kind, payload in self._decoder.feed(data):
            if kind <= Kind.BINARY:
                self._inbox.append(payload)
            elif kind not in _CONTROL or not self._counted():
                self._is_at_end = True
                self.close(payload if kind == Kind.BROKEN else decoder.NORMAL)
                return
            elif kind == Kind.PING:
                self._answer(frames.pong(payload))

    def _serve(self) -> None:
        """Answer what came, in a green thread."""
        try:
            while self._inbox:
                self._heard(self._inbox.pop(0))  # type: ignore[misc]
        finally:
            self._is_serving = False
        if self._is_at_end:
            self._ended()
            self._finish()
        elif not self._is_over:
            self._go_on()

    def _finish(self) -> None:
        """Close what nobody reads any more."""
        if self._is_over and self._stop is None:
            self.sock.close()


def _nothing() -> None:
    return None
