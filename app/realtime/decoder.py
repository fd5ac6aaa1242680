"""Decode what the client of one WebSocket sends (RFC 6455), a whole message at a time.

No I/O, and nothing is taken that a client may not send: frames without a mask, with an
extension's bits, out of order, longer than need be, or a message past its bound.
"""

from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import Any

NORMAL, BAD_PROTOCOL, BAD_TEXT, TOO_BIG = 1000, 1002, 1007, 1009
_CODES = frozenset({1000, 1001, 1002, 1003, *range(1007, 1014), *range(3000, 5000)})
"""What a goodbye may carry."""

_CONTINUED = 0
_CONTROL_BYTES_MAX = 125
_TWO = 126
"""From here on a length has two bytes of its own, or eight."""
_TWO_BYTES_MAX = 65_535
_MASK_BYTES = 4
_SHORT_HEAD_BYTES, _LONG_HEAD_BYTES = 6, 8
"""Heads, with their masks, of frames with no bytes for the length, and with two."""


class Kind(IntEnum):
    """Say what came: a message, something about the connection, or its end."""

    TEXT = 1
    BINARY = 2
    CLOSE = 8
    PING = 9
    PONG = 10
    BROKEN = 16
    """Carries the code to close with; nothing is decoded after it."""


Came = tuple[int, Any]
"""What kind, and its text, bytes or code."""


class _Broken(Exception):
    def __init__(self, code: int) -> None:
        self.code = code


class Decoder:
    """Hold what came of a message so far."""

    __slots__ = ("_bytes_max", "_kind", "_over", "_parts", "_rest", "_size", "_wanted")

    def __init__(self, message_bytes_max: int) -> None:
        self._bytes_max = message_bytes_max
        self._rest = bytearray()
        self._wanted = 0
        """How many bytes there must be before it is worth to look at them."""
        self._parts: list[bytes] = []
        self._kind = _CONTINUED
        self._size = 0
        self._over = False

    def feed(self, data: bytes) -> Iterable[Came]:
        """Take what came over the wire; gives what is whole by now.

        It is decoded as it is taken: who leaves off before the end spares the rest,
        and feeds no more.
        """
        if self._over:
            return ()
        start = 0 if self._rest or self._kind else _start_of_one_text(data)
        if start and len(data) <= self._bytes_max:
            try:
                return [(Kind.TEXT, _unmasked(data, start, len(data)).decode())]
            except UnicodeDecodeError:
                self._over = True
                return [(Kind.BROKEN, BAD_TEXT)]
        if self._rest:
            self._rest += data
            if len(self._rest) < self._wanted:
                return ()
            data = bytes(self._rest)
            self._rest.clear()
        return self._whole(data)

    def _whole(self, data: bytes) -> Iterator[Came]:
        try:
            yield from self._frames(data)
        except _Broken as broken:
            self._over = True
            yield Kind.BROKEN, broken.code

    def _frames(self, data: bytes) -> Iterator[Came]:
        at = 0
        while True:
            head = self._head(data, at)
            if head is None:
                break
            start, length = head
            end = start + length
            if end > len(data):
                self._wanted = end - at
                break
            whole = self._frame(data[at], _unmasked(data, start, end))
            at = end
            if whole is not None:
                yield whole
                if whole[0] == Kind.CLOSE:
                    self._over = True
                    return
        self._rest += data[at:]

    def _head(self, data: bytes, at: int) -> tuple[int, int] | None:
        """Read a frame's head: where its payload starts, and its length."""
        if len(data) < at + 2:
            self._wanted = 2
            return None
        first, second = data[at], data[at + 1]
        self._check(first, second)
        length, start = second & 0x7F, at + 2
        if length >= _TWO:
            start += 2 if length == _TWO else 8
            if len(data) < start:
                self._wanted = start - at
                return None
            minimal = _CONTROL_BYTES_MAX if length == _TWO else _TWO_BYTES_MAX
            length = int.from_bytes(data[at + 2 : start], "big")
            if length <= minimal:
                raise _Broken(BAD_PROTOCOL)
        if first & 0x08 == 0 and self._size + length + 1 > self._bytes_max:
            raise _Broken(TOO_BIG)
        return start + _MASK_BYTES, length

    def _check(self, first: int, second: int) -> None:
        """Refuse a head that no client may send here.

        Raises:
            _Broken: with the code to close with.
        """
        kind = first & 0x0F
        if first & 0x70 or not second & 0x80:
            raise _Broken(BAD_PROTOCOL)
        if kind in (Kind.CLOSE, Kind.PING, Kind.PONG):
            if not first & 0x80 or second & 0x7F > _CONTROL_BYTES_MAX:
                raise _Broken(BAD_PROTOCOL)
        elif kind > Kind.BINARY or (kind == _CONTINUED) != (self._kind != _CONTINUED):
            raise _Broken(BAD_PROTOCOL)

    def _frame(self, first: int, payload: bytes) -> Came | None:
        kind = first & 0x0F
        if kind >= Kind.CLOSE:
            return (kind, payload if kind != Kind.CLOSE else _closing(payload))
        if kind == _CONTINUED:
            kind = self._kind
        if not first & 0x80:
            self._kind = kind
            self._parts.append(payload)
            self._size += len(payload) + 1  # empty parts add up, too
            return None
        if self._parts:
            payload = b"".join((*self._parts, payload))
            self._parts = []
        self._kind = self._size = 0
        return kind, _text(payload) if kind == Kind.TEXT else payload


def _start_of_one_text(data: bytes) -> int:
    """Find the payload in what nearly all clients send nearly always, else 0."""
    if data[:1] != b"\x81" or len(data) < _SHORT_HEAD_BYTES:
        return 0
    length = data[1] ^ 0x80  # which must have been set
    if length < _TWO:
        return _SHORT_HEAD_BYTES if length == len(data) - _SHORT_HEAD_BYTES else 0
    if length > _TWO or len(data) < _LONG_HEAD_BYTES + _TWO:
        return 0
    length = int.from_bytes(data[2:4], "big")
    return _LONG_HEAD_BYTES if length == len(data) - _LONG_HEAD_BYTES else 0


def _unmasked(data: bytes, start: int, end: int) -> bytes:
    """Undo the mask by one XOR of two long integers."""
    length = end - start
    mask = data[start - _MASK_BYTES : start]
    key = (mask * (length // _MASK_BYTES + 1))[:length]
    plain = int.from_bytes(data[start:end], "little") ^ int.from_bytes(key, "little")
    return plain.to_bytes(length, "little")


def _text(payload: bytes) -> str:
    try:
        return payload.decode()
    except UnicodeDecodeError as error:
        raise _Broken(BAD_TEXT) from error


def _closing(payload: bytes) -> int:
    """Read the code of a goodbye."""
    if not payload:
        return NORMAL
    code = int.from_bytes(payload[:2], "big")
    if len(payload) < 2 or code not in _CODES:
        raise _Broken(BAD_PROTOCOL)
    _text(payload[2:])
    return code
