"""A room's broadcasts are numbered without a gap, and can be asked for again (L6)."""

from itertools import pairwise

import orjson

from app.engine.store import HISTORY_MAX
from tests.support.counters import Add, CounterGalaxy, Put


def add(galaxy: CounterGalaxy, i: int, name: str = "a") -> None:
    command = Add(id=f"p/{name}{i}", player="p", counter=name, amount=1)
    assert galaxy.dispatcher.dispatch(command).ok


def test_numbers_grow_by_one_and_start_at_the_clock(galaxy: CounterGalaxy) -> None:
    start = galaxy.reads.seqs(["counter:a"])["counter:a"]
    for i in range(5):
        add(galaxy, i)

    events = [orjson.loads(e) for e in galaxy.reads.history("counter:a", start) or ()]

    assert [event["seq"] for event in events] == [start + i for i in range(1, 6)]
    assert [event["value"] for event in events] == [1, 2, 3, 4, 5]
    assert start > 1_700_000_000_000


def test_publishes_what_it_keeps(galaxy: CounterGalaxy) -> None:
    listener = galaxy.client.pubsub(ignore_subscribe_messages=True)
    listener.ssubscribe(galaxy.keys.room("counter:a"))
    listener.get_message(timeout=1)
    start = galaxy.reads.seqs(["counter:a"])["counter:a"]

    add(galaxy, 1)

    message = listener.get_message(timeout=2)
    first, last, _at_ms, pieces = message["data"].split(b" ", 3)
    assert (int(first), int(last)) == (start, start + 1)
    assert [pieces] == galaxy.reads.history("counter:a", start)


def test_a_signal_is_published_and_kept_nowhere(galaxy: CounterGalaxy) -> None:
    listener = galaxy.client.pubsub(ignore_subscribe_messages=True)
    listener.ssubscribe(galaxy.keys.room("watch:a"))
    listener.get_message(timeout=1)

    for i in range(2):
        add(galaxy, i)

    assert all(listener.get_message(timeout=2) for _ in range(2))
    assert not galaxy.client.exists(galaxy.keys.room("watch:a"))
    assert galaxy.client.exists(galaxy.keys.room("counter:a"))


def test_a_number_that_left_the_ring_needs_a_snapshot(galaxy: CounterGalaxy) -> None:
    start = galaxy.reads.seqs(["counter:a"])["counter:a"]
    for i in range(2 * HISTORY_MAX):
        add(galaxy, i)

    snapshot = galaxy.reads.snapshot("counter:a")

    assert galaxy.reads.history("counter:a", start) is None
    assert galaxy.reads.history("counter:a", snapshot.seq + 1) is None
    assert galaxy.reads.history("counter:a", snapshot.seq) == []
    assert snapshot.body == {"a": 2 * HISTORY_MAX}
    assert snapshot.seq == start + 2 * HISTORY_MAX


def test_a_sector_shows_who_stands_in_it(galaxy: CounterGalaxy) -> None:
    for name in ("a", "b"):
        add(galaxy, 1, name)
        put = Put(id=f"p/put{name}", player="p", counter=name, place="1:2")
        assert galaxy.dispatcher.dispatch(put).ok

    assert galaxy.reads.snapshot("sector:1:2").body == {"a": 1, "b": 1}
    assert galaxy.reads.snapshot("sector:9:9").body == {}


def test_numbers_run_on_over_many_rooms(galaxy: CounterGalaxy) -> None:
    for i in range(20):
        add(galaxy, i, f"c{i % 2}")

    for name in ("c0", "c1"):
        rows = galaxy.client.xrange(galaxy.keys.room(f"counter:{name}"))
        seqs = [int(entry.split(b"-")[0]) for entry, _fields in rows]
        assert all(b - a == 1 for a, b in pairwise(seqs))
