"""Speak WebSocket as a client, one plain asyncio protocol a connection.

A crowd holds thousands of these in one process, on the machine that it measures, so a
received message costs one pass over its bytes. Compression is never offered.
"""

import asyncio
from base64 import b64encode
from binascii import hexlify
from collections.abc import Callable, Mapping
from hashlib import sha1
from random import getrandbits, randbytes
from typing import Any, Self, cast

OPEN_S = 30.0
"""How long connecting and upgrading may take: whole crowds come at once."""
HEAD_BYTES_MAX = 16_384
MESSAGE_BYTES_MAX = 16 * 1024 * 1024
ENDLESS = 1 << 62
"""A length that never is there: nothing more is read."""
WAITING_BYTES_MAX = 1024 * 1024
"""What may wait to be written before the connection counts as stuck."""
TEXT, BINARY, CLOSE, PING, PONG = 0x81, 0x82, 0x88, 0x89, 0x8A
FIN, OPCODE, CONTINUED, MASKED = 0x80, 0x0F, 0x00, 0x80
SHORT_MAX, LONG, HUGE = 125, 126, 127
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
LEFT = "left"

OnMessage = Callable[[str | bytes], None]
"""Takes a whole message: text as str, binary as bytes."""
OnClosed = Callable[[str], None]
"""Takes why the connection is gone; called once, and only if it was ever open."""


class Dropped(Exception):
    """Tell that a connection is gone, or never was one, and why."""


class Refused(Exception):
    """Tell that the server did not let us in; `code` says why."""

    def __init__(self, code: str, retry_after_ms: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after_ms = retry_after_ms


class Connection(asyncio.Protocol):
    """Hold one WebSocket. `on_message` and `on_closed` may be replaced at any time."""

    __slots__ = (
        "_begun",
        "_key",
        "_missing",
        "_pieces",
        "_transport",
        "_upgraded",
        "on_closed",
        "on_message",
    )

    def __init__(self, on_message: OnMessage, on_closed: OnClosed) -> None:
        self.on_message = on_message
        self.on_closed = on_closed
        self._transport: asyncio.Transport | None = None
        self._upgraded: asyncio.Future[None] | None = None
        self._key = b""
        self._pieces: list[bytes] = []
        self._missing = 0
        self._begun: list[bytes] = []

    @classmethod
    async def open(
        cls,
        host: str,
        port: int,
        path: str,
        headers: Mapping[str, str] | None = None,
        *,
        on_message: OnMessage,
        on_closed: OnClosed,
    ) -> Self:
        """Connect and upgrade. Messages may come before this returns.

        Raises:
            Refused: the server answered with something else; `http_<status>`.
            Dropped: there was no answer.
        """
        loop = asyncio.get_running_loop()
        connection = cls(on_message, on_closed)
        connection._upgraded = loop.create_future()
        try:
            async with asyncio.timeout(OPEN_S):
                await loop.create_connection(lambda: connection, host, port)
                connection._ask(host, port, path, headers or {})
                await connection._upgraded
        except (OSError, TimeoutError) as error:
            connection._forget()
            raise Dropped(type(error).__name__) from error
        except BaseException:
            connection._forget()
            raise
        return connection

    @property
    def is_open(self) -> bool:
        """Tell whether messages can be sent."""
        return self._transport is not None and self._upgraded is None

    # what goes out

    def send_text(self, text: str) -> None:
        """Send a text message; what is sent over a closed connection is lost."""
        self._send(TEXT, text.encode())

    def send_binary(self, data: bytes) -> None:
        """Send a binary message."""
        self._send(BINARY, data)

    def close(self) -> None:
        """Say goodbye and hang up; `on_closed` hears nothing of it."""
        self.on_closed = _unheard
        if self.is_open:
            self._send(CLOSE, b"\x03\xe8")
        if self._transport is not None:
            self._transport.close()
            self._transport = None

    def abort(self, reason: str = LEFT) -> None:
        """Cut the connection without a word, as a lost network would."""
        transport, self._transport = self._transport, None
        if transport is not None:
            transport.abort()
            self._ended(reason)

    def _forget(self) -> None:
        self.on_closed = _unheard
        self.abort()

    def _send(self, head: int, payload: bytes) -> None:
        if self._transport is not None:
            self._transport.write(frame(head, payload, getrandbits(32)))

    def _ask(self, host: str, port: int, path: str, headers: Mapping[str, str]) -> None:
        self._key = b64encode(randbytes(16))
        lines = [
            f"GET {path} HTTP/1.1",
            f"Host: {host}:{port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {self._key.decode()}",
            "Sec-WebSocket-Version: 13",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        if self._transport is not None:
            self._transport.write("\r\n".join([*lines, "", ""]).encode())

    # what comes in

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the open TCP connection."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.set_write_buffer_limits(high=WAITING_BYTES_MAX)

    def pause_writing(self) -> None:
        """Give up on a server that reads nothing any more."""
        self.abort("stuck")

    def connection_lost(self, exc: Exception | None) -> None:
        """Take that the TCP connection is gone."""
        if self._transport is not None:
            self._transport = None
            self._ended(type(exc).__name__ if exc else "eof")

    def data_received(self, data: bytes) -> None:
        """Take bytes: many frames, one, or a part of one."""
        if self._upgraded is not None:
            data = self._head(data)
        elif self._pieces:
            self._pieces.append(data)
            self._missing -= len(data)
            if self._missing > 0:
                return
            data = b"".join(self._pieces)
            self._pieces.clear()
        if not data:
            return
        at, self._missing = self._frames(data)
        if self._transport is not None and at < len(data):
            self._pieces.append(data[at:])

    def _frames(self, data: bytes) -> tuple[int, int]:
        """Take whole frames: gives where the rest begins, and what it lacks."""
        at, end = 0, len(data)
        while self._transport is not None:
            start = at + 2
            if start > end:
                return at, start - end
            head, size = data[at], data[at + 1]
            if size > SHORT_MAX:
                start += 2 if size == LONG else 8
                size = self._long(size, data[at + 2 : start])
            stop = start + size
            if stop > end:
                return at, stop - end
            if head == TEXT:
                self._text(data[start:stop])
            elif head == BINARY:
                self.on_message(data[start:stop])
            else:
                self._other(head, data[start:stop])
            at = stop
        return end, 0

    def _long(self, size: int, given: bytes) -> int:
        """Read the length of a longer frame; past what is allowed, cut."""
        long = int.from_bytes(given, "big")
        if size & MASKED or long > MESSAGE_BYTES_MAX:
            self.abort("masked" if size & MASKED else "too long")
            return ENDLESS
        return long

    def _text(self, payload: bytes) -> None:
        try:
            text = payload.decode()
        except UnicodeDecodeError:
            self.abort("not utf-8")
        else:
            self.on_message(text)

    def _other(self, head: int, payload: bytes) -> None:
        """Take a control frame, or a fragment of a message."""
        if head == PING:
            self._send(PONG, payload)
        elif head == CLOSE:
            self._send(CLOSE, payload[:2])
            code = int.from_bytes(payload[:2], "big") if len(payload) > 1 else 0
            self.abort(f"closed {code}" if code else "closed")
        elif head & OPCODE == CONTINUED and self._begun:
            self._continue(head, payload)
        elif head in {TEXT ^ FIN, BINARY ^ FIN} and not self._begun:
            self._begun = [bytes([head | FIN]), payload]
        elif head != PONG:
            self.abort(f"frame {head:#x}")

    def _continue(self, head: int, payload: bytes) -> None:
        self._begun.append(payload)
        if sum(map(len, self._begun)) > MESSAGE_BYTES_MAX:
            self.abort("too long")
        elif head & FIN:
            (first, *parts), self._begun = self._begun, []
            if first[0] == TEXT:
                self._text(b"".join(parts))
            else:
                self.on_message(b"".join(parts))

    # the upgrade

    def _head(self, data: bytes) -> bytes:
        """Take the answer to the upgrade; gives what came behind it."""
        self._pieces.append(data)
        head, end, rest = b"".join(self._pieces).partition(b"\r\n\r\n")
        if not end and len(head) <= HEAD_BYTES_MAX:
            return b""
        self._pieces.clear()
        upgraded, self._upgraded = self._upgraded, None
        if upgraded is None or upgraded.done():
            return b""
        problem = _problem(head, self._key)
        if problem is None:
            upgraded.set_result(None)
            return rest
        upgraded.set_exception(problem)
        return b""

    def _ended(self, reason: str) -> None:
        self._pieces.clear()
        self._begun.clear()
        upgraded, self._upgraded = self._upgraded, None
        if upgraded is not None:
            if not upgraded.done():
                upgraded.set_exception(Dropped(reason))
            return
        heard, self.on_closed = self.on_closed, _unheard
        heard(reason)


def frame(head: int, payload: bytes, mask: int) -> bytes:
    """Make one masked frame: the mask is applied as one XOR of two big integers."""
    size = len(payload)
    if size <= SHORT_MAX:
        start = bytes((head, MASKED | size))
    elif size < 1 << 16:
        start = bytes((head, MASKED | LONG)) + size.to_bytes(2, "big")
    else:
        start = bytes((head, MASKED | HUGE)) + size.to_bytes(8, "big")
    key = mask.to_bytes(4, "big")
    pad = (key * (size // 4 + 1))[:size]
    masked = int.from_bytes(payload, "big") ^ int.from_bytes(pad, "big")
    return start + key + masked.to_bytes(size, "big")


def accept_of(key: bytes) -> bytes:
    """Give what a server must answer to a key (RFC 6455, 4.2.2)."""
    return b64encode(sha1(key + GUID, usedforsecurity=False).digest())


def _problem(head: bytes, key: bytes) -> Exception | None:
    status, *lines = head.split(b"\r\n")
    parts = status.split(b" ", 2)
    if len(parts) < 2 or not parts[0].startswith(b"HTTP/"):
        return Dropped(f"answered {hexlify(status[:16]).decode()}")
    if parts[1] != b"101":
        return Refused(f"http_{parts[1].decode(errors='replace')}")
    fields: dict[bytes, Any] = {}
    for line in lines:
        name, _colon, value = line.partition(b":")
        fields[name.strip().lower()] = value.strip()
    if fields.get(b"sec-websocket-accept") != accept_of(key):
        return Dropped("wrong accept")
    return None


def _unheard(_reason: str) -> None:
    """Hear nothing."""
