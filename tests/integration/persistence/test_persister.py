"""Show that the persister loses nothing and doubles nothing, whatever dies."""

from collections.abc import Iterable
from time import sleep

import pytest

from tests.support.counters import Cancel, Delay, Put, counter
from tests.support.persistence import House, Running
from tests.support.waiting import wait_for

STEPS = (
    "read",
    "moved",
    "states",
    "history",
    "timers",
    "projected",
    "written",
    "trimmed",
)
BETWEEN_S = 0.12
"""Between commands: a persister's batch ends with some of them, not with all."""


def waits(running: Iterable[Running]) -> list[str]:
    """Name what each waits for; nothing for who serves."""
    return [one.waits_for for one in running]


def test_carries_commands_states_and_events_to_postgres(house: House) -> None:
    house.open()
    ids = [house.add("a", amount) for amount in (1, 2, 3)]
    house.wait_until_drained()
    assert house.stored("a") == 6
    assert house.folded("a") == 6
    assert house.command_ids() == ids
    assert house.rows("SELECT version FROM events ORDER BY version") == [
        (1,),
        (2,),
        (3,),
    ]


@pytest.mark.parametrize("step", STEPS)
def test_a_crash_at_any_step_loses_nothing_and_doubles_nothing(
    house: House, step: str
) -> None:
    house.open().stop()
    first = [house.add("a"), house.add("b")]
    dying = house.persist(crash_at=step)
    assert dying.crashed.wait(10)
    second = [house.add("a")]
    house.persist()
    house.wait_until_drained()
    assert house.command_ids() == first + second
    assert (house.stored("a"), house.folded("a")) == (2, 2)
    assert (house.stored("b"), house.folded("b")) == (1, 1)


def test_two_persisters_at_once_write_everything_once(house: House) -> None:
    first = house.open()
    house.persist()
    ids = [house.add("a") for _ in range(20)]
    first.stop()
    ids += [house.add("a") for _ in range(20)]
    house.wait_until_drained()
    assert house.command_ids() == ids
    assert house.stored("a") == house.folded("a") == 40


def test_keeps_the_timers_that_are_still_to_fire(house: House) -> None:
    house.open()
    for name in ("kept", "cancelled"):
        house.do(
            Delay(
                id=f"p/{name}",
                player="p",
                counter="a",
                to="b",
                amount=5,
                delay_ms=60_000,
                name=name,
            )
        )
    house.do(Cancel(id="p/cancel", player="p", counter="a", name="cancelled"))
    house.wait_until_drained()
    assert house.rows("SELECT id, refs FROM timers") == [("kept", ["counter:b"])]


def test_a_timer_that_fired_is_gone_from_postgres(house: House) -> None:
    house.open()
    delay = Delay(
        id="p/d", player="p", counter="a", to="b", amount=5, delay_ms=0, name="soon"
    )
    house.do(delay)
    wait_for(lambda: house.galaxy.value("b") == 5, "the timer")
    house.wait_until_drained()
    assert house.rows("SELECT id FROM timers") == []
    assert house.stored("b") == 5
    assert house.command_ids() == ["p/d", "soon"]


def test_text_that_means_something_to_copy_or_json_arrives_as_it_was(
    house: House,
) -> None:
    house.open()
    place = 'a\tb\nc\\N "d" \\u0000 é'
    house.do(Put(id="p/\\.\t1", player="p\\", counter="x\\y", place=place))
    house.wait_until_drained()
    assert house.rows("SELECT body->>'place', player, command_id, id FROM events") == [
        (place, "p\\", "p/\\.\t1", "x\\y")
    ]
    assert house.rows("SELECT place FROM aggregates") == [(place,)]


def test_nul_in_a_text_does_not_stop_the_journal(house: House) -> None:
    house.open()
    house.do(Put(id="p/1", player="p", counter="x", place="a\0\\\0b"))
    house.wait_until_drained()
    assert house.rows("SELECT body->>'place' FROM events") == [("a\ufffd\\\ufffdb",)]


def test_postgres_down_for_a_while_only_makes_the_journal_wait(
    house: House, servers
) -> None:
    house.open()
    before = house.add("a")
    house.wait_until_drained()
    servers.postgres.kill()
    try:
        meanwhile = house.add("a")
        assert house.client.xlen(house.galaxy.keys.journal) == 1
    finally:
        servers.postgres.start()
    house.wait_until_drained()
    assert house.command_ids() == [before, meanwhile]
    assert house.stored("a") == 2


def test_an_aggregate_that_only_postgres_has_comes_back(house: House) -> None:
    house.open()
    house.add("a", 7)
    house.wait_until_drained()
    house.client.delete(house.galaxy.keys.aggregate(counter("a")))
    house.add("a", 1)
    house.wait_until_drained()
    assert house.stored("a") == house.folded("a") == 8


def test_a_persister_that_lost_its_lock_unheard_takes_nothing_from_the_next(
    house: House,
) -> None:
    """As when Postgres' sessions end while nobody plays."""
    both = [house.open(), house.persist()]
    ids = []
    for _ in range(4):
        wait_for(lambda: sorted(waits(both)) == ["", "lock"], "one that serves")
        house.end_locks()
        wait_for(lambda: waits(both) == ["", ""], "two that seem to serve")
        for _ in range(5):
            ids.append(house.add("a"))
            sleep(BETWEEN_S)
        house.wait_until_drained()
        assert house.command_ids() == ids
    assert house.stored("a") == house.folded("a") == house.galaxy.value("a") == 20
    assert house.audit() == {}


def test_a_persister_that_was_overtaken_while_it_read_clears_nothing(
    house: House,
) -> None:
    """What it read has a gap then, as if Redis had lost something."""
    slow = house.open()
    house.end_locks()
    with slow.held():
        ids = [house.add("a")]
        slow.wait_until_held()
        quick = house.persist()
        house.wait_until_drained()
        ids.append(house.add("a"))
        house.wait_until_drained()
        quick.stop()
        ids.append(house.add("a"))
    house.wait_until_drained()
    assert house.command_ids() == ids
    assert house.stored("a") == house.folded("a") == house.galaxy.value("a") == 3
