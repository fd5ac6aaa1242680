"""Many sectors are shown in few round trips, are kept, and are never old."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import orjson
import pytest

from app.core.message import Ref
from app.engine import snapshots
from app.engine.peeks import REFS_A_TIME
from tests.support.counters import Add, CounterGalaxy, Put, counter

ROOMS = [f"sector:{x}:{y}" for x in range(20) for y in range(20)]


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Count what a galaxy asks Redis meanwhile."""

    @contextmanager
    def counted(galaxy: CounterGalaxy) -> Iterator[list[Any]]:
        lines, asked = galaxy.store.lines, []
        ask = lines.ask
        with monkeypatch.context() as patch:
            patch.setattr(lines, "ask", lambda *c: asked.append(c) or ask(*c))
            yield asked

    return counted


def add(galaxy: CounterGalaxy, name: str, number: int = 0, amount: int = 1) -> None:
    command = Add(id=f"p/{name}.{number}", player="p", counter=name, amount=amount)
    assert galaxy.dispatcher.dispatch(command).ok


def put(galaxy: CounterGalaxy, name: str, place: str) -> None:
    add(galaxy, name)
    command = Put(id=f"p/put.{name}.{place}", player="p", counter=name, place=place)
    assert galaxy.dispatcher.dispatch(command).ok


def shown(galaxy: CounterGalaxy, *rooms: str) -> dict[str, dict[str, int]]:
    shots = galaxy.reads.snapshots(rooms)
    return {room: orjson.loads(shots[room].data) for room in rooms}


def test_shows_many_rooms_in_few_round_trips(
    galaxy: CounterGalaxy, count: Callable[..., Any]
) -> None:
    for i in range(30):
        put(galaxy, f"c{i}", f"{i % 20}:{i % 7}")
    galaxy.reads.seqs(["galaxy"])  # loads the script
    with count(galaxy) as asked:
        found = shown(galaxy, *ROOMS)
    assert len(asked) == 3, "two for the rooms, one for what stands in them"
    assert found["sector:3:3"] == {"c3": 1}
    assert found["sector:0:0"] == {"c0": 1}
    assert sum(map(len, found.values())) == 30


def test_what_is_kept_is_not_read_again(
    galaxy: CounterGalaxy, count: Callable[..., Any]
) -> None:
    put(galaxy, "a", "1:2")
    first = galaxy.reads.snapshots(ROOMS)
    with count(galaxy) as asked:
        again = galaxy.reads.snapshots(ROOMS)
    assert len(asked) == 2
    assert {room: (one.seq, one.data) for room, one in again.items()} == {
        room: (one.seq, one.data) for room, one in first.items()
    }


def test_what_was_said_since_is_seen(galaxy: CounterGalaxy) -> None:
    put(galaxy, "a", "1:2")
    other = galaxy.another()
    assert shown(galaxy, "sector:1:2") == {"sector:1:2": {"a": 1}}
    add(other, "a", 1, amount=5)
    assert shown(galaxy, "sector:1:2") == {"sector:1:2": {"a": 6}}
    put(other, "b", "1:2")
    shots = galaxy.reads.snapshots(["sector:1:2"])
    assert shots["sector:1:2"].seq == galaxy.reads.seqs(["sector:1:2"])["sector:1:2"]
    assert orjson.loads(shots["sector:1:2"].data) == {"a": 6, "b": 1}


def test_nothing_is_kept_past_the_loss_of_the_server(
    galaxy: CounterGalaxy, count: Callable[..., Any]
) -> None:
    """What a server forgot when it was killed may have had the same number."""
    put(galaxy, "a", "1:2")
    shown(galaxy, "sector:1:2")
    galaxy.store.lines.breaks += 1
    with count(galaxy) as asked:
        shown(galaxy, "sector:1:2")
    assert len(asked) == 3, "the number, who is there, and they themselves"


def test_keeps_no_more_than_a_bound(
    galaxy: CounterGalaxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(galaxy, "a", "1:2")
    monkeypatch.setattr(snapshots, "KEPT_BYTES_MAX", 1_000)
    galaxy.reads.snapshots(ROOMS)
    kept = galaxy.reads._snapshots._kept
    assert len(kept._shots) == 3
    assert kept._bytes <= 1_000
    galaxy.reads.snapshots(list(kept._shots))
    assert sum(map(snapshots._size, (data for _m, data in kept._shots.values()))) == (
        kept._bytes
    )


def test_one_crowded_sector_is_read_at_one_instant(galaxy: CounterGalaxy) -> None:
    members = [str(counter(f"c{i}")) for i in range(2 * REFS_A_TIME)]
    put(galaxy, "c1", "5:5")
    galaxy.client.sadd(galaxy.keys.sector("5:5"), *members)
    found = shown(galaxy, "sector:5:5", "sector:6:6")
    assert len(found["sector:5:5"]) == len(members)
    assert found["sector:5:5"]["c1"] == 1


def test_looking_at_silent_rooms_costs_no_memory(galaxy: CounterGalaxy) -> None:
    galaxy.reads.seqs(["galaxy"])
    before = galaxy.client.dbsize()
    shots = galaxy.reads.snapshots(ROOMS)
    assert galaxy.client.dbsize() == before
    (seq,) = {shot.seq for shot in shots.values()}
    assert galaxy.reads.history("sector:1:2", seq) == []


def test_the_first_word_in_a_silent_room_follows_on_the_number_it_had(
    galaxy: CounterGalaxy,
) -> None:
    seq = galaxy.reads.seqs(["sector:1:2"])["sector:1:2"]
    put(galaxy, "a", "1:2")
    events = [orjson.loads(one) for one in galaxy.reads.history("sector:1:2", seq)]
    assert [(one["seq"], one["type"]) for one in events] == [(seq + 1, "placed")]
    assert galaxy.reads.history("sector:1:2", seq - 1) is None


def test_finds_what_stands_near_nearest_first(galaxy: CounterGalaxy) -> None:
    for x in (7, 0, 3, 4):
        put(galaxy, f"at{x}", f"{x}:0")
    near = galaxy.reads.near(3_000, 0, 3_000)
    assert [(one.ref, one.squared, one.place) for one in near] == [
        (Ref("counter", "at3"), 0, "3:0"),
        (Ref("counter", "at4"), 1_000**2, "4:0"),
        (Ref("counter", "at0"), 3_000**2, "0:0"),
    ]
    seen = galaxy.reads.near(3_000, 0, 9_000, lambda place, _ref: place == "7:0")
    assert [one.ref.id for one in seen] == ["at7"]


def test_gathers_what_turns_out_on_the_way(
    galaxy: CounterGalaxy, count: Callable[..., Any]
) -> None:
    for i in range(3):
        put(galaxy, f"c{i}", "0:0")

    def wanted(known: dict[Ref, Any]) -> list[Ref]:
        return [counter(f"c{i}") for i in range(min(3, len(known) + 1))]

    galaxy.reads.seqs(["galaxy"])  # loads the script
    with count(galaxy) as asked:
        at_ms, states = galaxy.reads.gather(wanted)
    assert len(asked) == 3
    assert at_ms > 0
    assert [state.value for state in states.values()] == [1, 1, 1]
    assert galaxy.reads.gather(lambda _known: ())[1] == {}
