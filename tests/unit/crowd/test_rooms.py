"""The crowd follows the numbers of rooms, and knows gaps from duplicates."""

from typing import Any

from tests.load.crowd.measure import Numbers
from tests.load.crowd.rooms import Rooms

ROOM = "player:1"


def batch(after: int, *seqs: int) -> dict[str, Any]:
    events = [{"seq": seq} for seq in seqs]
    return {"room": ROOM, "from": after, "to": seqs[-1], "events": events}


def followed(seq: int = 10) -> tuple[Rooms, Numbers]:
    numbers = Numbers()
    rooms = Rooms(numbers)
    rooms.start(ROOM, seq)
    return rooms, numbers


def seqs(events: list[dict[str, Any]]) -> list[int]:
    return [event["seq"] for event in events]


def test_events_in_their_order_are_passed_on() -> None:
    rooms, numbers = followed()
    events, is_gap = rooms.hear(batch(10, 11, 12))
    assert (seqs(events), is_gap, rooms.seq(ROOM)) == ([11, 12], False, 12)
    assert numbers == Numbers()


def test_a_gap_is_healed_by_what_was_missed_and_what_waited() -> None:
    rooms, numbers = followed()
    assert rooms.hear(batch(11, 12)) == ([], True)
    assert rooms.hear(batch(12, 13)) == ([], False)
    assert (numbers.gaps_seen, numbers.unhealed) == (1, 1)
    events, again = rooms.heal(ROOM, {"events": [{"seq": 11}, {"seq": 12}]})
    assert (seqs(events), again) == ([11, 12, 13], False)
    assert (numbers.unhealed, numbers.overlaps, numbers.duplicates) == (0, 1, 0)


def test_a_gap_is_healed_by_a_snapshot() -> None:
    rooms, numbers = followed()
    rooms.hear(batch(20, 21))
    assert rooms.heal(ROOM, {"seq": 25, "snapshot": {}}) == ([], False)
    assert (rooms.seq(ROOM), numbers.snapshots, numbers.unhealed) == (25, 1, 0)


def test_a_gap_that_healing_left_is_asked_for_again() -> None:
    rooms, numbers = followed()
    rooms.hear(batch(14, 15))
    events, again = rooms.heal(ROOM, {"events": [{"seq": 11}]})
    assert (seqs(events), again) == ([11], True)
    assert numbers.gaps_seen == 2


def test_the_same_number_twice_on_one_connection_is_a_duplicate() -> None:
    rooms, numbers = followed()
    rooms.hear(batch(10, 11))
    assert rooms.hear(batch(10, 11)) == ([], False)
    assert numbers.duplicates == 1


def test_after_a_reconnect_what_comes_again_is_an_overlap() -> None:
    rooms, numbers = followed()
    rooms.hear(batch(10, 11))
    assert rooms.reconnected() == {ROOM: 11}
    rooms.heal(ROOM, {"events": []})
    rooms.hear(batch(10, 11))
    assert (numbers.duplicates, numbers.overlaps) == (0, 1)


def test_a_gap_of_a_room_that_is_left_is_moot() -> None:
    rooms, numbers = followed()
    rooms.hear(batch(12, 13))
    rooms.leave(ROOM)
    assert (numbers.gaps_moot, numbers.unhealed) == (1, 0)
    assert rooms.hear(batch(13, 14)) == ([], False)


def test_a_batch_that_lacks_what_it_says_is_malformed() -> None:
    rooms, numbers = followed()
    rooms.hear(batch(10, 11, 13))
    assert numbers.malformed == 1
