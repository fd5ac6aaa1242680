"""Write and read the messages of a room of Colyseus 0.18, as its packages do.

The first byte says what a message is. Numbers and strings of the head are those of
MessagePack, but little-endian; what follows them is MessagePack as it is.
"""

from typing import Any, NamedTuple

import msgspec

JOIN_ROOM, ERROR, ROOM_DATA = 10, 11, 13
ROOM_REQUEST, ROOM_RESPONSE = 21, 22
CODE = 0x1F
"""The other bits of the first byte tell of timed and unreliable messages."""
OK = 0
NUMBER_MAX = 0x7F
NUMBER_BYTES = {0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8}
SHORT, SHORT_MAX = 0xA0, 0x1F
STRING_BYTES = {0xD9: 1, 0xDA: 2, 0xDB: 4}
JOINED = bytes([JOIN_ROOM])
"""What a client answers to JOIN_ROOM; before, it is sent nothing else."""

encode = msgspec.msgpack.encode
decode = msgspec.msgpack.decode


class Told(NamedTuple):
    """Hold what a room sent by a name."""

    name: str
    body: Any


class Response(NamedTuple):
    """Hold the answer to a request."""

    id: int
    ok: bool
    body: Any


class Problem(NamedTuple):
    """Hold why the server will not have us."""

    code: int
    text: str


def request(number: int, name: str, body: Any) -> bytes:
    """Write a request; the room's handler of that name answers."""
    return bytes([ROOM_REQUEST]) + _number(number) + _string(name) + encode(body)


def read(message: bytes) -> Told | Response | Problem | None:
    """Read what a room sent; None for what is not chat, as joining and state."""
    code = message[0] & CODE
    if code == ROOM_DATA:
        name, at = _read_string(message, 1)
        return Told(name, _rest(message, at))
    if code == ROOM_RESPONSE:
        number, at = _read_number(message, 1)
        return Response(number, message[at] == OK, _rest(message, at + 1))
    if code == ERROR:
        number, at = _read_number(message, 1)
        return Problem(number, _read_string(message, at)[0])
    return None


def _rest(message: bytes, at: int) -> Any:
    return decode(memoryview(message)[at:]) if at < len(message) else None


def _number(number: int) -> bytes:
    if number <= NUMBER_MAX:
        return bytes([number])
    for head, size in NUMBER_BYTES.items():
        if number < 1 << 8 * size:
            return bytes([head]) + number.to_bytes(size, "little")
    raise ValueError(number)


def _read_number(message: bytes, at: int) -> tuple[int, int]:
    head = message[at]
    if head <= NUMBER_MAX:
        return head, at + 1
    end = at + 1 + NUMBER_BYTES[head]
    return int.from_bytes(message[at + 1 : end], "little"), end


def _string(text: str) -> bytes:
    data = text.encode()
    if len(data) > SHORT_MAX:
        raise ValueError(text)
    return bytes([SHORT | len(data)]) + data


def _read_string(message: bytes, at: int) -> tuple[str, int]:
    head = message[at]
    if head & ~SHORT_MAX == SHORT:
        start, size = at + 1, head & SHORT_MAX
    else:
        start = at + 1 + STRING_BYTES[head]
        size = int.from_bytes(message[at + 1 : start], "little")
    return message[start : start + size].decode(), start + size
