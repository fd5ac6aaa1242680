"""A client follows its rooms: what it may hear, what it looks at, what it misses."""

from typing import Any

import pytest

from tests.load.hearing import Hearing
from tests.load.tally import Tally

OWN, HOME = "player:p", "sector:0:0:full"


class Follower:
    """Note what is passed on."""

    def __init__(self) -> None:
        self.views: dict[str, list[Any]] = {}

    def shown(self, room: str, snapshot: dict[str, Any]) -> None:
        self.views[room] = [snapshot]

    def heard(self, room: str, event: dict[str, Any]) -> None:
        self.views.setdefault(room, []).append(event["seq"])

    def left(self, room: str) -> None:
        self.views.pop(room, None)


class World:
    """Hold one client's hearing, what it asked for and what it passed on."""

    def __init__(self) -> None:
        self.follower = Follower()
        self.asked: list[dict[str, int]] = []
        self.tally = Tally()
        self.hearing = Hearing(self.tally, self.follower, self.asked.append)

    def begin(self) -> None:
        wanted = self.hearing.welcomed({OWN: 5, HOME: 7}, self.hearing.reconnected())
        answers = {room: {"seq": 9, "snapshot": {}} for room in wanted}
        self.hearing.healed(answers)

    def look(self, *rooms: str, left: tuple[str, ...] = ()) -> None:
        shown = {room: {"seq": 3, "snapshot": {}} for room in rooms}
        result = {"rooms": shown, "left": left}
        self.hearing.viewed({"ok": True, "result": result})

    def say(self, room: str, seq: int) -> None:
        event = {"seq": seq, "type": "x", "at_ms": 0}
        batch = {"room": room, "from": seq - 1, "to": seq, "events": [event]}
        self.hearing.broadcast(batch, 0)


@pytest.fixture
def world() -> World:
    world = World()
    world.begin()
    return world


def test_begins_with_snapshots_of_the_rooms_it_is_in() -> None:
    world = World()
    assert world.hearing.welcomed({OWN: 5, HOME: 7}, {}) == {OWN: 0, HOME: 0}
    assert world.hearing.welcomed({OWN: 5}, {OWN: 5, "x": 2}) == {OWN: 5, "x": 2}


def test_a_look_enters_rooms_and_leaves_those_of_the_last(world: World) -> None:
    world.look("sector:0:1", "sector:1:0")
    world.say("sector:1:0", 4)
    assert world.follower.views["sector:1:0"] == [{}, 4]
    world.look(left=("sector:0:1", "sector:1:0"))
    assert set(world.follower.views) == {OWN, HOME}


def test_a_refused_look_changes_nothing(world: World) -> None:
    world.look("sector:1:0")
    world.hearing.viewed({"ok": False})
    assert "sector:1:0" in world.follower.views


def test_vision_puts_one_tier_in_the_place_of_the_other(world: World) -> None:
    world.look("sector:1:0")
    world.hearing.entered({"sector:1:0:full": {"seq": 8, "snapshot": {}}})
    world.say("sector:1:0:full", 9)
    assert world.follower.views["sector:1:0:full"] == [{}, 9]
    assert "sector:1:0" not in world.follower.views
    world.hearing.lost(["sector:1:0:full"])
    assert "sector:1:0:full" not in world.follower.views
    assert (world.tally.entered, world.tally.left) == (1, 1)
    assert world.tally.flaws == []
    world.say("sector:1:0:full", 10)
    assert "by who left it" in world.tally.flaws[0]


def test_asks_for_what_it_missed_and_for_what_it_follows(world: World) -> None:
    world.say(OWN, 11)
    world.hearing.follow("battle:b")
    world.hearing.follow("battle:b")
    assert world.asked == [{OWN: 9}, {"battle:b": 0}]
    assert world.hearing.unhealed() == [OWN, "battle:b"]
    events = [{"seq": 10}, {"seq": 11}]
    world.hearing.healed(
        {
            OWN: {"events": [{**one, "type": "x"} for one in events]},
            "battle:b": {"error": {"code": "not_found"}},
        }
    )
    assert world.follower.views == {OWN: [{}, 10, 11], HOME: [{}]}
    assert world.hearing.unhealed() == []


def test_what_was_missed_in_a_room_that_is_left_no_longer_matters(
    world: World,
) -> None:
    world.look("sector:1:0")
    world.say("sector:1:0", 6)
    world.hearing.lost(["sector:1:0"])
    rooms = world.tally.rooms
    assert (rooms.gaps_seen, rooms.gaps_healed, rooms.gaps_moot) == (1, 0, 1)


def test_a_resume_may_bring_back_what_was_left_since_it_was_sent(world: World) -> None:
    world.look("sector:1:0")
    world.say("sector:1:0", 6)
    world.hearing.lost(["sector:1:0"])
    world.hearing.healed({"sector:1:0": {"events": []}})
    world.say("sector:1:0", 7)
    assert world.tally.flaws == []
    world.hearing.lost(["sector:1:0"])
    world.say("sector:1:0", 8)
    assert "by who left it" in world.tally.flaws[0]
