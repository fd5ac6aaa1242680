"""Hold what goes out to clients, encoded once for all who hear it.

A frame is one Engine.IO packet. It has two shapes on the wire: the WebSocket frame, and
the piece of a polling answer, which is made when first needed and kept.
"""

from base64 import b64encode
from functools import cached_property
from struct import pack

_TEXT, _BINARY, _CLOSE, _PONG = 0x81, 0x82, 0x88, 0x8A
_SHORT_BYTES, _LONG_BYTES = 126, 65_536
POLLING_SEPARATOR = b"\x1e"


def _framed(first: int, payload: bytes) -> bytes:
    """Put RFC 6455's header before a payload; servers don't mask."""
    length = len(payload)
    if length < _SHORT_BYTES:
        return pack("!BB", first, length) + payload
    if length < _LONG_BYTES:
        return pack("!BBH", first, 126, length) + payload
    return pack("!BBQ", first, 127, length) + payload


class Frame:
    """Hold one Engine.IO packet: text with its type digit, or a binary message."""

    def __init__(self, payload: bytes, *, binary: bool = False) -> None:
        self.payload = payload
        self.binary = binary
        self.wire = _framed(_BINARY if binary else _TEXT, payload)
        """The frame as a WebSocket carries it."""

    def __len__(self) -> int:
        return len(self.payload)

    @cached_property
    def polled(self) -> bytes:
        """The frame as a polling answer carries it."""
        return b"b" + b64encode(self.payload) if self.binary else self.payload


PING = Frame(b"2")
NOOP = Frame(b"6")
PROBED = Frame(b"3probe")


def close(code: int) -> bytes:
    """Make the frame that ends a WebSocket."""
    return _framed(_CLOSE, pack("!H", code))


def pong(payload: bytes) -> Frame:
    """Make the answer to a WebSocket's own ping."""
    frame = Frame(payload)
    frame.wire = _framed(_PONG, payload)
    return frame
