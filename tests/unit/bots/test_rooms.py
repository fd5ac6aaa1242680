"""A client notices what is missing in a room, and what comes twice."""

from typing import Any

import pytest

from tests.load.rooms import Counts, Rooms


@pytest.fixture
def counts() -> Counts:
    return Counts()


@pytest.fixture
def rooms(counts: Counts) -> Rooms:
    rooms = Rooms(counts)
    rooms.start("r", 10)
    return rooms


def batch(first: int, last: int) -> dict[str, Any]:
    events = [{"seq": seq} for seq in range(first, last + 1)]
    return {"room": "r", "from": first - 1, "to": last, "at_ms": 0, "events": events}


def seqs(events: list[dict[str, Any]]) -> list[int]:
    return [event["seq"] for event in events]


def test_takes_what_follows(rooms: Rooms) -> None:
    assert rooms.hear(batch(11, 12)) == ([{"seq": 11}, {"seq": 12}], False)
    assert rooms.seqs() == {"r": 12}


def test_sees_a_gap_and_waits_until_it_is_healed(rooms: Rooms, counts: Counts) -> None:
    assert rooms.hear(batch(13, 13)) == ([], True)
    assert rooms.hear(batch(14, 14)) == ([], False)
    assert rooms.unhealed() == ["r"]
    events, again = rooms.heal("r", {"events": [{"seq": 11}, {"seq": 12}]})
    assert (seqs(events), again) == ([11, 12, 13, 14], False)
    assert (counts.gaps_seen, counts.gaps_healed) == (1, 1)
    assert rooms.unhealed() == []


def test_a_snapshot_heals_too(rooms: Rooms, counts: Counts) -> None:
    rooms.hear(batch(13, 13))
    events, again = rooms.heal("r", {"seq": 12, "snapshot": {}})
    assert (seqs(events), again) == ([13], False)
    assert (counts.snapshots, counts.gaps_healed) == (1, 1)


def test_asks_again_where_the_answer_leaves_a_gap(rooms: Rooms) -> None:
    rooms.hear(batch(14, 14))
    events, again = rooms.heal("r", {"events": [{"seq": 11}]})
    assert (seqs(events), again) == ([11], True)
    assert rooms.unhealed() == ["r"]


def test_counts_what_one_connection_broadcasts_twice(
    rooms: Rooms, counts: Counts
) -> None:
    rooms.hear(batch(11, 11))
    assert rooms.hear(batch(11, 12)) == ([{"seq": 12}], False)
    assert (counts.duplicates, counts.overlaps) == (1, 0)


def test_what_a_resume_brought_before_is_no_duplicate(
    rooms: Rooms, counts: Counts
) -> None:
    assert rooms.reconnected() == {"r": 10}
    rooms.hear(batch(11, 12))
    rooms.heal("r", {"events": [{"seq": 11}]})
    assert rooms.seqs() == {"r": 12}
    assert (counts.duplicates, counts.overlaps) == (0, 1)


def test_counts_batches_that_skip_a_number(rooms: Rooms, counts: Counts) -> None:
    torn = batch(11, 13)
    del torn["events"][1]
    rooms.hear(torn)
    assert counts.malformed == 1


def test_a_resumed_history_with_a_hole_is_malformed(
    rooms: Rooms, counts: Counts
) -> None:
    rooms.reconnected()
    rooms.heal("r", {"events": [{"seq": 11}, {"seq": 13}]})
    assert counts.malformed == 1


def test_leaves_a_room_that_may_not_be_heard(rooms: Rooms) -> None:
    rooms.reconnected()
    rooms.heal("r", {"error": {"code": "not_found"}})
    assert rooms.seqs() == {}


def test_what_was_heard_nowhere_is_a_stray(rooms: Rooms, counts: Counts) -> None:
    assert rooms.hear({**batch(1, 1), "room": "other"}) == ([], False)
    assert counts.strays == 1
