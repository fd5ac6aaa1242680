"""Rooms pass on what they hear: framed once, together where it comes fast."""

import json
from threading import Event

import pytest

from app.realtime import broadcast
from app.realtime.broadcast import Broadcasts
from app.realtime.wire import JsonWire


class Hearer:
    """Stand for a client."""

    def __init__(self):
        self.frames = []
        self.superseded = []
        self.woken = Event()

    def hear(self, frame, _channel, supersedes):
        self.frames.append(frame)
        self.superseded.append(supersedes)
        self.woken.set()

    def spans(self):
        batches = [json.loads(frame.payload[2:])[1] for frame in self.frames]
        return [(one["from"], one["to"], len(one["events"])) for one in batches]


def message(from_, to):
    pieces = ",".join(f'{{"seq":{seq}}}' for seq in range(from_ + 1, to + 1))
    return f"{from_} {to} 1 {pieces}".encode()


@pytest.fixture
def hearer():
    return Hearer()


@pytest.fixture
def heard(hearer):
    return Broadcasts(JsonWire(), lambda _channel: [hearer]).heard


def test_sends_the_first_at_once_and_the_next_together(heard, hearer):
    for seq in range(5):
        heard("{g1}:room:sector:1:2", message(seq, seq + 1))
    assert hearer.spans() == [(0, 1, 1)]
    hearer.woken.clear()
    assert hearer.woken.wait(2)
    assert hearer.spans() == [(0, 1, 1), (1, 5, 4)]


def test_never_holds_back_a_players_own(heard, hearer):
    for seq in range(5):
        heard("{g1}:room:player:ann", message(seq, seq + 1))
    assert hearer.spans() == [(seq, seq + 1, 1) for seq in range(5)]


def test_keeps_a_gap_visible(heard, hearer):
    for from_, to in ((0, 1), (1, 2), (7, 8)):
        heard("{g1}:room:galaxy", message(from_, to))
    assert hearer.spans() == [(0, 1, 1), (1, 2, 1)]
    hearer.woken.clear()
    assert hearer.woken.wait(2)
    assert hearer.spans()[-1] == (7, 8, 1)


def test_sends_sooner_what_grows_large(heard, hearer, monkeypatch):
    monkeypatch.setattr(broadcast, "BATCH_BYTES_MAX", 30)
    for seq in range(6):
        heard("{g1}:room:galaxy", message(seq, seq + 1))
    assert len(hearer.frames) > 1


def test_marks_only_sectors_as_superseded(heard, hearer):
    for room in ("sector:1:2", "sector:1:2:full", "galaxy", "player:ann", "battle:1"):
        heard("{g1}:room:" + room, message(0, 1))
    assert hearer.superseded == [
        "{g1}:room:sector:1:2",
        "{g1}:room:sector:1:2:full",
        None,
        None,
        None,
    ]


def test_gives_every_member_the_same_frame():
    hearers = [Hearer(), Hearer()]
    heard = Broadcasts(JsonWire(), lambda _channel: hearers).heard
    heard("{g1}:room:galaxy", message(0, 1))
    assert hearers[0].frames[0] is hearers[1].frames[0]
