"""What a room hears is framed once, and handed to each of its members."""

import json

import pytest

from app.realtime import broadcast
from app.realtime.broadcast import Broadcasts
from app.realtime.wire import JsonWire


class Hearer:
    """Stand for a client."""

    def __init__(self):
        self.frames = []
        self.superseded = []
        self.prompt = []

    def hear(self, frame, _channel, supersedes, *, is_prompt):
        self.frames.append(frame)
        self.superseded.append(supersedes)
        self.prompt.append(is_prompt)

    def batches(self):
        return [json.loads(frame.payload[2:])[1] for frame in self.frames]


def message(from_, to):
    pieces = ",".join(f'{{"seq":{seq}}}' for seq in range(from_ + 1, to + 1))
    return f"{from_} {to} 1 {pieces}".encode()


@pytest.fixture
def hearer():
    return Hearer()


class ByHand:
    """Stand for the rounds, which a test goes by hand."""

    def __init__(self):
        self.waiting = []

    def add(self, waiter):
        self.waiting.append(waiter)

    def go(self):
        while self.waiting:
            self.waiting.pop(0).flush()


@pytest.fixture
def rounds():
    return ByHand()


@pytest.fixture
def broadcasts(hearer, rounds):
    return Broadcasts(JsonWire(), lambda _channel: [hearer], rounds)


def spans(hearer):
    return [(one["from"], one["to"], len(one["events"])) for one in hearer.batches()]


def test_a_quiet_rooms_first_goes_on_at_once_and_the_next_together(
    broadcasts, hearer, rounds
):
    for seq in range(5):
        broadcasts.heard("{g1}:room:sector:1:2", message(seq, seq + 1))
    assert spans(hearer) == [(0, 1, 1)]
    rounds.go()
    assert spans(hearer) == [(0, 1, 1), (1, 5, 4)]
    assert hearer.prompt == [False, True]  # the second has waited long enough
    broadcasts.heard("{g1}:room:sector:1:2", message(5, 6))
    assert len(hearer.frames) == 2
    rounds.go()
    rounds.go()
    assert spans(hearer)[2:] == [(5, 6, 1)]


def test_never_holds_back_a_players_own(broadcasts, hearer):
    for seq in range(5):
        broadcasts.heard("{g1}:room:player:ann", message(seq, seq + 1))
    assert spans(hearer) == [(seq, seq + 1, 1) for seq in range(5)]


def test_keeps_a_gap_visible(broadcasts, hearer, rounds):
    for from_, to in ((0, 1), (1, 2), (7, 8)):
        broadcasts.heard("{g1}:room:galaxy", message(from_, to))
    assert spans(hearer) == [(0, 1, 1), (1, 2, 1)]
    rounds.go()
    assert spans(hearer)[-1] == (7, 8, 1)


def test_sends_sooner_what_grows_large(broadcasts, hearer, monkeypatch):
    monkeypatch.setattr(broadcast, "BATCH_BYTES_MAX", 30)
    for seq in range(6):
        broadcasts.heard("{g1}:room:galaxy", message(seq, seq + 1))
    assert len(hearer.frames) > 1


def test_passes_on_what_a_commit_said(broadcasts, hearer):
    broadcasts.heard("{g1}:room:galaxy", message(3, 5))
    assert hearer.batches() == [
        {
            "room": "galaxy",
            "from": 3,
            "to": 5,
            "at_ms": 1,
            "events": [{"seq": 4}, {"seq": 5}],
        }
    ]


def test_only_a_players_own_room_is_prompt(broadcasts, hearer):
    for room in ("player:ann", "galaxy", "sector:1:2:full", "chat:1"):
        broadcasts.heard("{g1}:room:" + room, message(0, 1))
    assert hearer.prompt == [True, False, False, False]


def test_marks_only_sectors_as_superseded(broadcasts, hearer):
    for room in ("sector:1:2", "sector:1:2:full", "galaxy", "player:ann", "battle:1"):
        broadcasts.heard("{g1}:room:" + room, message(0, 1))
    assert hearer.superseded == [
        "{g1}:room:sector:1:2",
        "{g1}:room:sector:1:2:full",
        None,
        None,
        None,
    ]


def test_gives_every_member_the_same_frame():
    hearers = [Hearer(), Hearer()]
    heard = Broadcasts(JsonWire(), lambda _channel: hearers, ByHand()).heard
    heard("{g1}:room:galaxy", message(0, 1))
    assert hearers[0].frames[0] is hearers[1].frames[0]


def test_ignores_what_is_no_broadcast(broadcasts, hearer):
    broadcasts.heard("{g1}:room:galaxy", b"what")
    broadcasts.forget(["{g1}:room:galaxy"])
    broadcasts.heard("{g1}:room:galaxy", message(0, 1))
    assert len(hearer.frames) == 1


def test_keeps_nothing_of_a_room_where_nobody_is(hearer, rounds):
    members = []
    broadcasts = Broadcasts(JsonWire(), lambda _channel: members, rounds)
    broadcasts.heard("{g1}:room:galaxy", message(0, 1))
    assert not broadcasts._rooms
    members.append(hearer)
    broadcasts.heard("{g1}:room:galaxy", message(1, 2))
    assert [batch["from"] for batch in hearer.batches()] == [1]
