"""A timer fires once, in order, and before whatever comes later (laws L5 and L7)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec import msgpack
from msgspec.structs import replace

from app.core.decider import SETTLE
from app.engine.timers import Timed
from tests.support.counters import Add, Cancel, CounterGalaxy, Delay, Look, counter
from workers.pace import LATE_MS
from workers.settlement import settle_each


def later(
    i: int, delay_ms: int, *, to: str = "b", at: str = "a", name: str | None = None
) -> Delay:
    return Delay(
        id=f"p/{i}",
        player="p",
        counter=at,
        to=to,
        amount=1,
        delay_ms=delay_ms,
        name=name or f"t{i}",
    )


def marks(galaxy: CounterGalaxy, now_ms: int, name: str = "b") -> list[str]:
    look = Look(id=f"p/look{now_ms}", player="p", counter=name)
    return galaxy.dispatcher.dispatch(look, now_ms=now_ms).result["marks"]


def test_settles_what_was_due_before_a_later_command(galaxy: CounterGalaxy) -> None:
    for i, delay_ms in enumerate((300, 100, 200)):
        galaxy.dispatcher.dispatch(later(i, delay_ms), now_ms=1_000)

    assert marks(galaxy, 1_099) == []
    assert marks(galaxy, 1_200) == ["t1", "t2"]
    assert marks(galaxy, 9_999) == ["t1", "t2", "t0"]


def test_a_read_settles_all_that_is_due_however_much_that_is(
    galaxy: CounterGalaxy,
) -> None:
    """As for fleets that crossed many borders while no worker ran."""
    for i in range(100):
        galaxy.dispatcher.dispatch(later(i, 100 + i), now_ms=1_000)

    _at_ms, states = galaxy.reads.states(counter("a"), counter("b"))

    assert states[counter("b")].value == 100


def test_settles_timers_of_one_millisecond_by_their_names(
    galaxy: CounterGalaxy,
) -> None:
    for i, name in enumerate(("c", "a", "b")):
        galaxy.dispatcher.dispatch(later(i, 100, name=name), now_ms=1_000)

    galaxy.dispatcher.settle("c")

    assert marks(galaxy, 1_100) == ["a", "b", "c"]


def test_fires_once_however_many_settle_it(galaxy: CounterGalaxy) -> None:
    galaxy.dispatcher.dispatch(later(1, 10), now_ms=1_000)
    instances = (galaxy, galaxy.another())

    with ThreadPoolExecutor(8) as pool:
        settled = list(
            pool.map(lambda i: instances[i % 2].dispatcher.settle("t1"), range(16))
        )

    assert sum(settled) == 1
    assert galaxy.value("b") == 1


def test_decides_a_late_timer_at_its_due_time(galaxy: CounterGalaxy) -> None:
    galaxy.dispatcher.dispatch(later(1, 10), now_ms=1_000)

    galaxy.dispatcher.settle("t1")

    assert galaxy.entries()[-1].at_ms == 1_010


def test_a_cancelled_timer_is_gone_from_every_index(galaxy: CounterGalaxy) -> None:
    galaxy.dispatcher.dispatch(later(1, 10), now_ms=1_000)

    galaxy.dispatcher.dispatch(
        Cancel(id="p/2", player="p", counter="a", name="t1"), now_ms=1_005
    )

    assert marks(galaxy, 2_000) == []
    assert not galaxy.dispatcher.settle("t1")
    assert galaxy.client.zcard(galaxy.keys.due(counter("b"))) == 0
    assert galaxy.client.hlen(galaxy.keys.commands) == 0


def test_a_claimed_timer_is_nobody_elses_until_its_lease_ends(
    galaxy: CounterGalaxy,
) -> None:
    galaxy.dispatcher.dispatch(later(1, 10), now_ms=1_000)

    claimed = galaxy.store.claim(batch_max=10, lease_ms=60_000)
    again = galaxy.another().store.claim(batch_max=10, lease_ms=1)

    assert list(claimed) == ["t1"]
    assert claimed["t1"].at_ms == 1_010
    assert again == {}
    assert galaxy.dispatcher.settle("t1")


def test_a_broken_timer_does_not_hold_up_the_others(galaxy: CounterGalaxy) -> None:
    galaxy.dispatcher.dispatch(replace(later(1, 10), breaks=True), now_ms=1_000)
    galaxy.dispatcher.dispatch(later(2, 10, to="c"), now_ms=1_000)

    settle_each(galaxy.dispatcher, "1", ["t1", "t2"])

    assert galaxy.value("c") == 1
    assert "t1" in galaxy.store.timed(["t1"])


def test_what_can_wait_hears_how_late_a_timer_was(
    galaxy: CounterGalaxy, monkeypatch
) -> None:
    heard: list[int] = []
    monkeypatch.setattr("workers.settlement.players.served", heard.append)
    galaxy.dispatcher.dispatch(later(1, 60_000))
    galaxy.dispatcher.dispatch(later(2, 10, at="c", to="d"), now_ms=1_000)

    settle_each(galaxy.dispatcher, "1", ["t1", "t2", "gone"])

    assert heard[0] == 0
    assert heard[1] > LATE_MS
    assert len(heard) == 2


def test_a_lease_that_ran_out_can_be_claimed_again(galaxy: CounterGalaxy) -> None:
    galaxy.dispatcher.dispatch(later(1, 10), now_ms=1_000)

    galaxy.store.claim(batch_max=10, lease_ms=0)
    claimed = galaxy.store.claim(batch_max=10, lease_ms=0)

    assert list(claimed) == ["t1"]


def test_time_never_runs_backwards_on_an_aggregate(galaxy: CounterGalaxy) -> None:
    add = Add(id="p/1", player="p", counter="a", amount=1)
    galaxy.dispatcher.dispatch(add, now_ms=5_000)

    stepped_back = galaxy.dispatcher.dispatch(
        Add(id="p/2", player="p", counter="a", amount=1), now_ms=4_000
    )

    assert stepped_back.at_ms == 5_000


@pytest.mark.parametrize(
    "newer",
    [
        ("Dragon", 1, {}),
        ("Add", 2, {"id": "p/1", "player": "p", "counter": "a", "amounts": [1]}),
        ("Add", 2, ["p/1", "p", "a", 1]),
        ("Add", 1, {"id": "p/1", "player": "p", "counter": 7, "amount": 1}),
        ("Add", 2, {}, "one more"),
    ],
)
def test_a_timer_of_a_newer_release_waits_for_any_worker(
    galaxy: CounterGalaxy, newer: tuple[object, ...]
) -> None:
    timed = Timed(1_000, (counter("a"),), b"\x00" + msgpack.encode(newer))

    assert galaxy.dispatcher.queue_of(timed) == SETTLE
