"""A connection is pinged, ends when silent, and keeps broadcasts in order."""

import json
from time import monotonic

import pytest

from app.realtime import client as client_module
from app.realtime.bucket import Bucket
from app.realtime.client import HELD_MAX, JOIN_S_MAX, Client
from app.realtime.engine import PING_INTERVAL_S, PING_TIMEOUT_S, EngineServer
from app.realtime.frames import PING, Frame
from app.realtime.outbox import AMPLE_FRAMES
from app.realtime.wire import JsonWire, Span
from tests.support.waiting import wait_for


@pytest.fixture
def server():
    return EngineServer(instance="a", async_mode="threading", monitor_clients=False)


@pytest.fixture
def client(server):
    found = Client(server, "sid", "192.0.2.1")
    found.join()
    server.sockets["sid"] = found
    return found


def sent(client):
    return [frame.payload for frame in client._outbox.take()]


def test_is_pinged_and_ends_without_an_answer(client):
    now_s = monotonic() + PING_INTERVAL_S
    client.beat(now_s)
    client.beat(now_s + PING_TIMEOUT_S)
    assert sent(client) == [PING.payload]
    client.beat(now_s + PING_TIMEOUT_S + 1)
    assert client.closed


def test_goes_on_when_it_answers(client):
    now_s = monotonic() + PING_INTERVAL_S
    client.beat(now_s)
    client.receive("3")
    client.beat(now_s + PING_TIMEOUT_S + 1)
    assert not client.closed
    assert sent(client) == [PING.payload, PING.payload]


def test_ends_without_a_session(client, monkeypatch):
    monkeypatch.setattr(client_module.runtime, "spawn", lambda work, *args: work(*args))
    client.leave()
    client.beat(monotonic() + JOIN_S_MAX - 1)
    assert not client.closed
    client.beat(monotonic() + JOIN_S_MAX + 1)
    assert client.closed


def batch(from_, to):
    pieces = b",".join(b'{"seq":%d}' % seq for seq in range(from_ + 1, to + 1))
    return JsonWire().batch("r", Span(from_, to, 1), pieces)


def seqs(client):
    told = [json.loads(payload[2:])[1] for payload in sent(client)]
    assert all(one["from"] + 1 == one["events"][0]["seq"] for one in told)
    return [event["seq"] for one in told for event in one["events"]]


@pytest.mark.parametrize("is_held", [True, False])
def test_tells_nothing_again_that_an_answer_told(client, is_held):
    """What was on its way when the answer was made is cut where the answer ends."""
    batches = [batch(9, 10), batch(10, 11), batch(11, 14), batch(14, 15)]
    if is_held:
        client.hold()
        client.hear(batches.pop(0), "r", is_prompt=True)
    client.know("r", 12)
    for one in batches:
        client.hear(one, "r", is_prompt=True)
    client.release()
    assert seqs(client) == [13, 14, 15]


def test_tells_all_of_a_room_that_was_left_and_entered_again(client):
    client.know("r", 12)
    client.forget({"r"})
    client.hear(batch(9, 10), "r", is_prompt=True)
    assert seqs(client) == [10]


def test_holds_broadcasts_back_behind_an_answer(client):
    client.hold()
    client.hear(Frame(b"later"), "room")
    client.put(Frame(b"answer"))
    client.release()
    client.hear(Frame(b"last"), "room")
    assert sent(client) == [b"answer", b"later", b"last"]


def test_what_is_held_of_a_room_that_was_left_is_never_sent(client):
    client.hold()
    for room in ("left", "kept", "left"):
        client.hear(Frame(room.encode()), room)
    client.forget({"left"})
    client.release()
    assert sent(client) == [b"kept"]


class Wire:
    """Be a socket that takes all, and tell of each write."""

    def __init__(self):
        self.writes = []

    def send(self, data, _flags):
        self.writes.append(data)
        return len(data)


@pytest.fixture
def wire(client):
    found = Wire()
    client._outbox.open(found, found)
    return found


def frames(*payloads):
    return [Frame(payload) for payload in payloads]


def test_hears_the_first_at_once_and_the_next_together(client, wire):
    first, second, third = frames(b"1", b"2", b"3")
    client.hear(first, "a")
    assert wire.writes == [first.wire]
    client.hear(second, "a")
    client.hear(third, "b")
    assert len(wire.writes) == 1
    wait_for(lambda: len(wire.writes) == 2, "the round")
    assert wire.writes[1] == second.wire + third.wire


def test_what_is_prompt_takes_along_what_waits(client, wire):
    first, second, alert, ack = frames(b"1", b"2", b"alert", b"ack")
    client.hear(first, "a")
    client.hear(second, "a")
    client.hear(alert, "player:ann", is_prompt=True)
    client.put(ack)
    assert wire.writes == [first.wire, second.wire + alert.wire, ack.wire]


def test_much_does_not_wait_for_more(client, wire):
    client.hear(Frame(b"1"), "a")
    for _ in range(AMPLE_FRAMES):
        client.hear(Frame(b"x"), "a")
    assert len(wire.writes) == 2


def test_who_is_gone_is_let_go_by_the_round(client, wire, monkeypatch):
    monkeypatch.setattr(wire, "send", _fails)
    client.hear(Frame(b"1"), "a")
    wait_for(lambda: client.closed, "the end")
    client.flush()


def _fails(*_args):
    raise BrokenPipeError


def test_holds_no_more_than_a_bound(client):
    client.hold()
    for _ in range(HELD_MAX + 1):
        client.hear(Frame(b"x"), "room")
    assert client.closing


def test_a_bucket_fills_again():
    bucket = Bucket(2, 1_000_000)
    assert bucket.take() == 1
    assert bucket.wait_ms() == 0
    slow = Bucket(1, 1)
    assert slow.take() == 0
    assert slow.take() < 0
    assert 1_000 < slow.wait_ms() <= 2_000
