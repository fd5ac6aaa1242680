"""Serve one WebSocket (RFC 6455) over a socket of any async mode.

wsproto decodes the frames. Ours is what the async modes' own servers leave open: a
bound on a whole message however it is cut, no compression, and writes that never wait.
"""

import socket
from base64 import b64encode
from binascii import Error, a2b_base64
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha1
from typing import Any

from wsproto.frame_protocol import CloseReason, FrameProtocol, Opcode, ParseFailed

from app.realtime import frames, runtime
from app.realtime.frames import Frame

RECEIVE_BYTES = 16_384
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_KEY_BYTES = 16


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

    def __init__(
        self,
        environ: Mapping[str, Any],
        answer: Callable[[Frame], None],
        *,
        message_bytes_max: int,
    ) -> None:
        self.sock = environ["gunicorn.socket"]
        self._answer = answer
        self._bytes_max = message_bytes_max
        self._protocol = FrameProtocol(client=False, extensions=[])
        self._parts: list[Any] = []
        self._size = 0
        self._received = self._messages()
        key = environ["HTTP_SEC_WEBSOCKET_KEY"].encode()
        accept = b64encode(sha1(key + _GUID, usedforsecurity=False).digest())
        self.sock.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Accept: " + accept + b"\r\n\r\n"
        )

    def receive(self) -> str | bytes | None:
        """Wait for the next message; None when there will be none."""
        return next(self._received, None)

    def close(self, code: int = CloseReason.NORMAL_CLOSURE) -> None:
        """Say goodbye, and wake whoever waits here. Bytes still to be sent are lost."""
        with suppress(OSError):
            runtime.send_now(self.sock, frames.close(code))
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)

    def _messages(self) -> Iterator[str | bytes]:
        """Yield whole messages until the socket ends, for whatever reason."""
        try:
            while data := self.sock.recv(RECEIVE_BYTES):
                self._protocol.receive_bytes(data)
                for frame in self._protocol.received_frames():
                    if frame.opcode is Opcode.CLOSE:
                        return self.close()
                    if frame.opcode is Opcode.PING:
                        self._answer(frames.pong(bytes(frame.payload)))
                    elif not frame.opcode.iscontrol() and self._is_whole(frame):
                        yield self._taken()
        except ParseFailed as error:
            self.close(error.code)
        except OSError:
            return

    def _is_whole(self, frame: Any) -> bool:
        self._parts.append(frame.payload)
        self._size += len(frame.payload) + 1  # empty parts add up, too
        if self._size > self._bytes_max:
            raise ParseFailed("too big", CloseReason.MESSAGE_TOO_BIG)
        return bool(frame.message_finished)

    def _taken(self) -> str | bytes:
        parts, self._parts, self._size = self._parts, [], 0
        return parts[0] if len(parts) == 1 else type(parts[0])().join(parts)
