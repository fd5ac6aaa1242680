"""The crowd's WebSocket reads any cut of bytes, and masks as RFC 6455 says."""

from asyncio import Transport
from collections.abc import Iterator
from itertools import cycle
from typing import Any, cast

import pytest

from tests.load.crowd import websocket
from tests.load.crowd.websocket import Connection, accept_of, frame

MASK = 0x37FA213D


class Wire:
    """Stand in for a transport: what was written, and whether it was cut."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.is_cut = False

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def abort(self) -> None:
        self.is_cut = True

    def set_write_buffer_limits(self, **_limits: Any) -> None:
        """Take the limits."""


class Ear:
    """Hold a connection that is open, and what it heard."""

    def __init__(self) -> None:
        self.heard: list[str | bytes] = []
        self.ends: list[str] = []
        self.wire = Wire()
        self.connection = Connection(self.heard.append, self.ends.append)
        self.connection.connection_made(cast("Transport", self.wire))


def sent(head: int, payload: bytes) -> bytes:
    """Make a frame as a server does: without a mask."""
    size = len(payload)
    if size <= websocket.SHORT_MAX:
        return bytes((head, size)) + payload
    if size < 1 << 16:
        return bytes((head, 126)) + size.to_bytes(2, "big") + payload
    return bytes((head, 127)) + size.to_bytes(8, "big") + payload


def unmasked(data: bytes) -> bytes:
    """Undo a short client's frame byte by byte, as servers do it."""
    key, payload = data[2:6], data[6:]
    return bytes(a ^ b for a, b in zip(payload, cycle(key), strict=False))


def parts(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


@pytest.mark.parametrize(
    "payload", [b"", b"a", b"abc", b"Hello", b"\0\0\0\0x", b"z" * 125]
)
def test_a_mask_is_undone_byte_by_byte(payload: bytes) -> None:
    made = frame(websocket.TEXT, payload, MASK)
    assert made[0] == websocket.TEXT
    assert made[1] == 0x80 | len(payload)
    assert unmasked(made) == payload


def test_masks_as_the_example_of_the_rfc() -> None:
    made = frame(websocket.TEXT, b"Hello", MASK)
    assert made == bytes.fromhex("818537fa213d7f9f4d5158")


@pytest.mark.parametrize(
    ("size", "starts"), [(126, "81fe007e"), (65_536, "81ff0000000000010000")]
)
def test_longer_frames_tell_their_length(size: int, starts: str) -> None:
    made = frame(websocket.TEXT, b"x" * size, MASK)
    assert made.startswith(bytes.fromhex(starts))
    assert len(made) == len(starts) // 2 + 4 + size


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100, 1_000_000])
def test_frames_are_read_however_they_are_cut(size: int) -> None:
    ear = Ear()
    texts = ["", "short", "ü" * 100, "l" * 70_000]
    stream = b"".join(sent(0x81, text.encode()) for text in texts)
    stream += sent(0x82, b"\x00binary")
    for part in parts(stream, size):
        ear.connection.data_received(part)
    assert ear.heard == [*texts, b"\x00binary"]


def test_fragments_become_one_message_with_a_ping_between_them() -> None:
    ear = Ear()
    stream = sent(0x01, b"one ") + sent(0x89, b"hi") + sent(0x00, b"two ")
    ear.connection.data_received(stream + sent(0x80, b"three"))
    assert ear.heard == ["one two three"]
    [pong] = ear.wire.written
    assert (pong[0], unmasked(pong)) == (0x8A, b"hi")


def test_binary_fragments_stay_binary() -> None:
    ear = Ear()
    ear.connection.data_received(sent(0x02, b"\xff") + sent(0x80, b"\xfe"))
    assert ear.heard == [b"\xff\xfe"]


@pytest.mark.parametrize(
    ("bytes_", "why"),
    [
        (bytes((0x81, 0xFE, 0, 0, 0, 0)), "masked"),
        (bytes((0x81, 127)) + (1 << 40).to_bytes(8, "big"), "too long"),
        (sent(0x80, b"no beginning"), "frame 0x80"),
        (sent(0xC1, b"compressed"), "frame 0xc1"),
        (sent(0x81, b"\xff"), "not utf-8"),
        (sent(0x88, b"\x03\xe8"), "closed 1000"),
    ],
)
def test_ends_with_a_reason_and_reads_nothing_more(bytes_: bytes, why: str) -> None:
    ear = Ear()
    ear.connection.data_received(bytes_ + sent(0x81, b"later"))
    assert (ear.heard, ear.ends, ear.wire.is_cut) == ([], [why], True)
    ear.connection.connection_lost(None)
    assert ear.ends == [why]


def test_the_accept_is_that_of_the_rfc() -> None:
    assert accept_of(b"dGhlIHNhbXBsZSBub25jZQ==") == b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
