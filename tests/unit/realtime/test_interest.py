"""An empty room is heard for a while: longer where somebody is about to join it."""

import pytest

from app.engine.redis import Unavailable
from app.realtime import bus, interest
from app.realtime.interest import LINGER_S, Interest
from app.realtime.manager import Manager

ROOM = "{g1}:room:x"
NOWHERE = "redis://127.0.0.1:1"


class Clock:
    def __init__(self):
        self.now_s = 0.0


class Ears:
    def __init__(self):
        self.listened = []

    def listen(self, channels):
        self.listened += channels


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(interest, "monotonic", lambda: clock.now_s)
    return clock


@pytest.fixture
def ears():
    return Ears()


@pytest.fixture
def found(ears, clock):
    return Interest(ears)


def test_a_room_that_was_left_is_heard_for_a_while(found, clock):
    found.join("s", object(), [ROOM])
    found.leave("s", ROOM)
    assert found.sweep() == []
    clock.now_s += LINGER_S
    assert found.sweep() == [ROOM]


def test_an_empty_room_lingers_anew_for_whoever_is_about_to_join(found, clock, ears):
    found.join("s", object(), [ROOM])
    found.leave("s", ROOM)
    clock.now_s += LINGER_S
    found.listen([ROOM])
    assert ears.listened == [ROOM, ROOM]
    assert found.sweep() == []


def test_a_room_with_members_is_never_over(found, clock):
    found.join("s", object(), [ROOM])
    found.listen([ROOM])
    clock.now_s += LINGER_S
    assert found.sweep() == []


def test_a_room_that_nobody_joined_in_the_end_is_forgotten(monkeypatch, clock):
    monkeypatch.setattr(bus, "CONFIRM_S_MAX", 0.01)
    manager = Manager(state_url=NOWHERE, galaxies=["1"], bus=None, bus_url=NOWHERE)
    with pytest.raises(Unavailable):
        manager.listen([ROOM])
    clock.now_s += LINGER_S
    assert manager.interest.sweep() == [ROOM]
