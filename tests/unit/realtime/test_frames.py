"""Frames have the shape that the transports ask for."""

import pytest
from wsproto.frame_protocol import FrameProtocol, Opcode

from app.realtime import frames
from app.realtime.frames import Frame


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 200_000])
@pytest.mark.parametrize("binary", [True, False])
def test_a_client_reads_the_frame(size, binary):
    client = FrameProtocol(client=True, extensions=[])
    client.receive_bytes(Frame(b"x" * size, binary=binary).wire)
    (found,) = client.received_frames()
    assert found.opcode is (Opcode.BINARY if binary else Opcode.TEXT)
    assert len(found.payload) == size


def test_is_made_once_for_all():
    frame = Frame(b"42[]")
    assert frame.wire is frame.wire
    assert frame.polled is frame.payload


def test_wraps_binary_messages_for_polling():
    assert Frame(b"\x00\x01", binary=True).polled == b"bAAE="


def test_answers_pings_and_says_goodbye():
    client = FrameProtocol(client=True, extensions=[])
    client.receive_bytes(frames.pong(b"hi").wire + frames.close(1009))
    pong, close = client.received_frames()
    assert (pong.opcode, bytes(pong.payload)) == (Opcode.PONG, b"hi")
    assert (close.opcode, close.payload[0]) == (Opcode.CLOSE, 1009)
