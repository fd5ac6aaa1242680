"""A colony without orders for 30 days sleeps; its owner's next word wakes it."""

import pytest

from app.core.message import Ref
from app.game.colonies.model.events import ColonySlept, ColonyWoke
from app.game.colonies.model.state import Colony
from tests.unit.game.world import DAY_MS, HOUR_MS, START_MS, World, refused


@pytest.fixture
def world() -> World:
    world = World()
    world.join()
    return world


@pytest.fixture
def colony(world: World) -> str:
    name: str = world.states[Ref("player", "ann")].colonies[0]
    return name


def state(world: World, colony: str) -> Colony:
    found: Colony = world.states[Ref("colony", colony)]
    return found


def events(world: World) -> list[type]:
    return [type(event) for _ref, event in world.journal]


def test_a_colony_sleeps_30_days_after_its_last_order(
    world: World, colony: str
) -> None:
    world.wait(10 * DAY_MS)
    world.order("colonies.build", colony=colony, building="mine")
    world.wait(30 * DAY_MS - 1)
    assert not state(world, colony).asleep
    world.wait(1)
    assert state(world, colony).asleep
    assert set(state(world, colony).stock.production.rates.values()) == {0}
    assert state(world, colony).stock.since_ms == START_MS + 40 * DAY_MS


def test_sleep_is_told_to_the_owner_and_to_onlookers(world: World, colony: str) -> None:
    world.wait(30 * DAY_MS)
    for room, heard in world.heard.items():
        told = [one["changes"]["asleep"] for one in heard if "slept" in one["type"]]
        assert told == ([True] if room.endswith((":full", ":ann")) else [])


def test_a_sleeping_colony_has_no_timers(world: World, colony: str) -> None:
    world.wait(365 * DAY_MS)
    assert world.timers == {}
    assert events(world).count(ColonySlept) == 1


def test_the_owners_client_wakes_it_by_its_sync(world: World, colony: str) -> None:
    world.wait(31 * DAY_MS)
    truth = world.order("colonies.sync", colony=colony, predicted={})
    assert truth["rates_per_hour"]["minerals"] > 0
    assert not state(world, colony).asleep
    assert state(world, colony).stock.since_ms == world.now_ms


def test_an_order_wakes_it_and_is_carried_out(world: World, colony: str) -> None:
    world.wait(31 * DAY_MS)
    world.order("colonies.build", colony=colony, building="mine")
    assert events(world)[-2] is ColonyWoke
    world.wait(HOUR_MS)
    assert state(world, colony).buildings == {"mine": 1}


def test_it_falls_asleep_again(world: World, colony: str) -> None:
    world.wait(31 * DAY_MS)
    world.order("colonies.sync", colony=colony, predicted={})
    world.wait(30 * DAY_MS)
    assert state(world, colony).asleep
    assert events(world).count(ColonySlept) == 2


def test_nothing_grows_while_it_sleeps(world: World, colony: str) -> None:
    world.set("colony", colony, planet_type="terrestrial")
    world.give(colony, rare_elements=0)
    world.wait(30 * DAY_MS)
    held = state(world, colony).stock.amounts_milli
    world.wait(300 * DAY_MS)
    truth = world.order("colonies.sync", colony=colony, predicted={})
    assert truth["amounts"]["minerals"] == held["minerals"] / 1_000


def test_a_refused_order_does_not_wake_it(world: World, colony: str) -> None:
    world.wait(31 * DAY_MS)
    with refused("requirements_missing"):
        world.order("colonies.build", colony=colony, building="shipyard")
    assert state(world, colony).asleep


def test_strangers_do_not_wake_it(world: World, colony: str) -> None:
    world.wait(31 * DAY_MS)
    world.join("bob")
    with refused("not_found"):
        world.order("colonies.sync", player="bob", colony=colony, predicted={})
    assert state(world, colony).asleep


def test_research_that_ends_while_it_sleeps_starts_no_production(
    world: World, colony: str
) -> None:
    world.set("colony", colony, buildings={"research_lab": 1})
    world.order("research.start", colony=colony, technology="mining_drills")
    research = world.states[Ref("research", "ann")]
    timer = next(due for due in world.timers.values() if due.command.id.startswith(
        research.projects[0].id
    ))  # fmt: skip
    world.set("colony", colony, asleep=True)
    world.run(timer.command)
    world.wait(0)
    assert set(state(world, colony).stock.production.rates.values()) == {0}
