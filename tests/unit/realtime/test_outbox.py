"""What waits for a client is bounded, joined and, for sectors, superseded."""

import socket

import pytest

from app.realtime.frames import Frame
from app.realtime.outbox import (
    FRAMES_MAX,
    POLL_FRAMES_MAX,
    SLOW_FROM_BYTES,
    WAITING_BYTES_MAX,
    Full,
    Outbox,
)
from tests.support.waiting import wait_for


def payloads(outbox):
    found = []
    while taken := outbox.take():
        found += [frame.payload for frame in taken]
    return found


def test_keeps_the_order_of_frames():
    outbox = Outbox()
    for number in range(40):
        outbox.put(Frame(b"%d" % number))
    assert len(outbox.take()) == POLL_FRAMES_MAX
    assert payloads(outbox) == [b"%d" % number for number in range(16, 40)]


def test_is_full_past_its_bytes():
    outbox = Outbox()
    big = Frame(b"x" * (WAITING_BYTES_MAX // 2))
    outbox.put(big)
    outbox.put(big)
    with pytest.raises(Full):
        outbox.put(Frame(b"x"))
    outbox.take()
    outbox.put(Frame(b"x"))


def test_is_full_past_its_frames():
    outbox = Outbox()
    for _ in range(FRAMES_MAX):
        outbox.put(Frame(b"x"))
    with pytest.raises(Full):
        outbox.put(Frame(b"x"))


def test_takes_one_frame_of_any_size():
    outbox = Outbox()
    outbox.put(Frame(b"x" * WAITING_BYTES_MAX * 2))
    assert len(outbox) == 1


def test_keeps_all_batches_of_a_client_that_keeps_up():
    outbox = Outbox()
    for number in range(5):
        outbox.put(Frame(b"%d" % number), "sector:1")
    assert len(payloads(outbox)) == 5


def test_keeps_only_the_newest_batch_of_a_slow_client():
    outbox = Outbox()
    outbox.put(Frame(b"x" * (SLOW_FROM_BYTES + 1)))
    for number in range(10_000):
        outbox.put(Frame(b"a%d" % number), "sector:a")
        outbox.put(Frame(b"b%d" % number), "sector:b")
    outbox.put(Frame(b"ack"))
    assert payloads(outbox)[1:] == [b"a9999", b"b9999", b"ack"]


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    theirs.settimeout(5)
    yield ours, theirs
    ours.close()
    theirs.close()


def read(sock, count):
    data = b""
    while len(data) < count:
        data += sock.recv(65_536)
    return data


def test_writes_at_once_to_a_reader_that_keeps_up(pair):
    outbox, (ours, theirs) = Outbox(), pair
    outbox.put(Frame(b"before"))
    outbox.open(ours, ours)
    assert read(theirs, 8) == Frame(b"before").wire
    wait_for(lambda: not outbox._writing, "the writer's end")
    outbox.put(Frame(b"after"))
    assert len(outbox) == 0
    assert read(theirs, 7) == Frame(b"after").wire


def test_goes_on_where_a_write_was_cut(pair):
    outbox, (ours, theirs) = Outbox(), pair
    outbox.open(ours, ours)
    sent = [Frame(b"%d" % number * 30_000) for number in range(8)]
    for frame in sent:
        outbox.put(frame)
    whole = b"".join(frame.wire for frame in sent)
    assert read(theirs, len(whole)) == whole


def test_forgets_what_waits_when_the_reader_is_gone(pair):
    outbox, (ours, theirs) = Outbox(), pair
    outbox.open(ours, ours)
    theirs.close()
    with pytest.raises(OSError, match="pipe"):
        outbox.put(Frame(b"x"))
