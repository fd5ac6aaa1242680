"""Show that the check of the world reports what is stuck, lost or wrong."""

import pytest

from app.core.units import MINUTE_MS
from app.engine import partitions
from app.engine.laws import subjects, world
from app.engine.laws.galaxy import Checked
from tests.support.counters import Delay
from tests.support.persistence import House

NOW_MS = 1_800_000_000_000


def no_orphans(_checked: Checked) -> dict[str, str]:
    return {}


def check(house: House, now_ms: int = NOW_MS) -> dict:
    return world.check_world(house.checked, no_orphans, now_ms=now_ms, budget_s=5.0)


@pytest.fixture
def played(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(subjects, "PAUSE_S", 0.0)
    house.open()
    house.add("a")
    delay = Delay(
        id="p/d", player="p", counter="a", to="b", amount=1, delay_ms=1_000, name="t"
    )
    house.do(delay)
    house.wait_until_drained()
    return house


def due_ms(house: House) -> int:
    return house.rows("SELECT at_ms FROM timers")[0][0]


def test_a_sound_world_has_no_problem_and_leaves_a_report(played: House) -> None:
    played.add("b")
    played.wait_until_drained()
    report = check(played, due_ms(played))
    assert world.problems(report) == 0
    assert report["states"]["checked"] == 2
    assert played.rows("SELECT galaxy, problems FROM world_checks") == [("1", 0)]


def test_a_timer_late_by_more_than_a_minute_is_stuck(played: House) -> None:
    report = check(played, due_ms(played) + MINUTE_MS + 1)
    assert list(report["stuck_timers"]["shown"]) == ["t"]
    assert played.rows("SELECT report->'stuck_timers'->>'wrong' FROM world_checks") == [
        ("1",)
    ]


def test_a_timer_without_its_aggregates_is_an_orphan(played: House) -> None:
    """The counter b was never made."""
    report = check(played, due_ms(played))
    assert list(report["orphan_timers"]["shown"]) == ["t"]


def test_a_member_of_a_sector_that_is_nowhere_is_found(played: House) -> None:
    played.client.sadd(played.galaxy.keys.sector("1:1"), "counter:ghost")
    assert list(check(played)["sectors"]["shown"]) == ["1:1"]


def test_states_take_turns_where_the_time_is_short(
    played: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world, "STATES_A_TIME", 1)
    for name in ("b", "c"):
        played.add(name)
    played.wait_until_drained()
    moments = iter([0.0, 0.0, 9.0, 0.0, 0.0, 0.0, 0.0])
    monkeypatch.setattr(world, "monotonic", lambda: next(moments))
    assert check(played)["states"]["checked"] == 1
    assert check(played)["states"]["checked"] == 2


def test_partitions_are_made_ahead_and_twice_is_once(played: House) -> None:
    month = partitions.month_of(NOW_MS)
    months = [month, partitions.following(month)]
    for _time in range(2):
        with played.engine.connect() as connection:
            partitions.ensure(connection, months)
    names = played.rows(
        "SELECT relname FROM pg_class WHERE relname LIKE 'events_2027%'"
    )
    assert {f"events_{name}" for name in months} <= {name for (name,) in names}
    assert months == ["2027_01", "2027_02"]
