"""Show that the checker finds nothing on a sound galaxy, and everything that breaks."""

from collections.abc import Callable
from threading import Event, Thread

import pytest

from app.core.message import Ref
from app.engine.laws import subjects
from tests.support.counters import Add, Delay, Put, counter
from tests.support.persistence import House
from tests.support.waiting import wait_for


@pytest.fixture
def played(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """Give a galaxy with some history, a timer and a place."""
    monkeypatch.setattr(subjects, "PAUSE_S", 0.0)
    house.open()
    for amount in (3, 4):
        house.add("a", amount)
    house.do(Put(id="p/put", player="p", counter="a", place="3:4"))
    house.do(
        Delay(
            id="p/delay",
            player="p",
            counter="a",
            to="b",
            amount=5,
            delay_ms=60_000,
            name="later",
        )
    )
    house.wait_until_drained()
    return house


def test_all_laws_hold_on_a_sound_galaxy(played: House) -> None:
    assert played.audit() == {}


def test_all_laws_hold_while_commands_and_timers_run(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subjects, "PAUSE_S", 0.5)
    house.open()
    stop = Event()

    def play() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            house.add(f"c{number % 20}")
            delay = Delay(
                id=f"p/d{number}",
                player="p",
                counter="a",
                to="b",
                amount=1,
                delay_ms=number % 3,
                name=f"t{number}",
            )
            house.do(delay)
            house.do(
                Put(id=f"p/p{number}", player="p", counter="m", place=f"{number % 3}:0")
            )

    playing = Thread(target=play)
    playing.start()
    try:
        wait_for(lambda: len(house.command_ids()) > 100, "some play")
        found = house.audit()
    finally:
        stop.set()
        playing.join()
    assert found == {}


def sql(statement: str) -> Callable[[House], None]:
    def break_postgres(house: House) -> None:
        with house.engine.begin() as connection:
            connection.exec_driver_sql(statement)

    return break_postgres


def forge_state(house: House) -> None:
    """Change a state in Redis without an event."""
    key = house.galaxy.keys.aggregate(counter("a"))
    state = house.galaxy.codec.decode(house.client.hget(key, "d"))
    forged = type(state)(state.value + 1, state.marks, state.after, state.place)
    house.client.hset(key, "d", house.galaxy.codec.encode(forged))


def lose_timer(house: House) -> None:
    house.client.hdel(house.galaxy.keys.commands, "later")
    house.client.zrem(house.galaxy.keys.timers, "later")
    house.client.delete(house.galaxy.keys.due(Ref("counter", "b")))


def lose_index(house: House) -> None:
    house.client.delete(house.galaxy.keys.due(Ref("counter", "b")))


def forge_index(house: House) -> None:
    house.client.zadd(house.galaxy.keys.due(Ref("counter", "z")), {"gone": 1})


def lose_member(house: House) -> None:
    house.client.delete(house.galaxy.keys.sector("3:4"))


def forge_member(house: House) -> None:
    house.client.sadd(house.galaxy.keys.sector("8:8"), "counter:ghost")


def forge_aggregate(house: House) -> None:
    key = house.galaxy.keys.aggregate(counter("ghost"))
    data = house.client.hget(house.galaxy.keys.aggregate(counter("a")), "d")
    house.client.hset(key, mapping={"v": 1, "d": data, "t": 1})


@pytest.mark.parametrize(
    ("breaking", "law", "subject"),
    [
        (forge_state, "L1 L3 states and sums", "counter:a"),
        (forge_aggregate, "L1 L3 states and sums", "counter:ghost"),
        (
            sql("DELETE FROM events WHERE version = 2"),
            "L1 L3 states and sums",
            "counter:a",
        ),
        (
            sql("UPDATE events SET body = body || '{\"amount\": 5}' WHERE version = 2"),
            "L1 L3 states and sums",
            "counter:a",
        ),
        (sql("DELETE FROM aggregates"), "history has states", "counter:a"),
        (
            sql("DELETE FROM commands WHERE position = 2"),
            "history has no gap",
            "positions",
        ),
        (
            sql("UPDATE commands SET command_id = 'x' WHERE position < 3"),
            "L4 every command once",
            "x",
        ),
        (
            sql("UPDATE commands SET command_id = 'later' WHERE position = 1"),
            "L5 timers",
            "later",
        ),
        (lose_timer, "L5 timers", "later"),
        (lose_index, "L5 timers", "later"),
        (sql("DELETE FROM timers"), "L5 timers", "later"),
        (forge_index, "L5 due indexes", "counter:z"),
        (lose_member, "sector sets", "3:4"),
        (forge_member, "sector sets", "8:8"),
    ],
)
def test_finds_what_breaks_a_law(
    played: House, breaking: Callable[[House], None], law: str, subject: str
) -> None:
    breaking(played)
    assert subject in played.audit()[law]


def test_says_when_the_journal_does_not_drain(
    played: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.engine.laws.audit.DRAIN_S", 0.2)
    played.close()
    played.do(Add(id="p/waiting", player="p", counter="a", amount=1))
    assert "journal" in played.audit()["journal drains"]
