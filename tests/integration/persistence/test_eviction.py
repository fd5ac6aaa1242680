"""Show that idle aggregates leave Redis, never before Postgres has them."""

from app.engine.eviction import Eviction
from tests.support.counters import counter
from tests.support.persistence import House

IDLE_S = 900
BUDGET_S = 5.0


def eviction(house: House) -> Eviction:
    return Eviction(house.client, house.galaxy.keys, house.engine, "1")


def neglect(house: House, *names: str, seconds: int = IDLE_S + 1) -> None:
    """Make counters look as if nobody had read them for a while."""
    for name in names:
        key = house.galaxy.keys.aggregate(counter(name))
        value = house.client.dump(key)
        house.client.restore(key, 0, value, replace=True, idletime=seconds)


def is_hot(house: House, name: str) -> bool:
    return bool(house.client.exists(house.galaxy.keys.aggregate(counter(name))))


def test_an_idle_aggregate_leaves_and_comes_back_as_it_was(house: House) -> None:
    house.open()
    house.add("idle", 5)
    house.add("busy", 1)
    house.wait_until_drained()
    neglect(house, "idle")
    assert eviction(house).run(idle_s=IDLE_S, budget_s=BUDGET_S) == 1
    assert not is_hot(house, "idle")
    assert is_hot(house, "busy")
    house.add("idle", 2)
    assert house.galaxy.value("idle") == 7
    house.wait_until_drained()
    assert house.audit() == {}


def test_what_is_not_persisted_stays(house: House) -> None:
    house.open()
    house.add("a", 5)
    house.wait_until_drained()
    house.close()
    house.add("a", 1)
    house.add("new", 1)
    neglect(house, "a", "new")
    assert eviction(house).run(idle_s=IDLE_S, budget_s=BUDGET_S) == 0
    assert is_hot(house, "a")
    assert is_hot(house, "new")


def test_a_thousand_leave_in_one_run_and_the_rest_is_not_touched(house: House) -> None:
    house.open()
    names = [f"c{i}" for i in range(1_200)]
    for name in names:
        house.add(name)
    house.wait_until_drained()
    neglect(house, *names[:1_000])
    assert eviction(house).run(idle_s=IDLE_S, budget_s=BUDGET_S) == 1_000
    assert sum(is_hot(house, name) for name in names) == 200


def test_a_run_without_time_goes_on_at_the_next(house: House) -> None:
    house.open()
    house.add("a")
    house.wait_until_drained()
    neglect(house, "a")
    patient = eviction(house)
    assert patient.run(idle_s=IDLE_S, budget_s=0.0) == 0
    assert patient.run(idle_s=IDLE_S, budget_s=BUDGET_S) == 1
