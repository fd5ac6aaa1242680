"""Buildings are ordered, wait in a line, get finished, cancelled, torn down."""

from typing import Any

import pytest

from app.core.message import Ref
from app.game.colonies.model import buildings
from app.game.colonies.model.state import Colony
from tests.unit.game.world import HOUR_MS, SECOND_MS, START_MS, World, refused


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


def build(world: World, colony: str, building: str) -> dict[str, Any]:
    return world.order("colonies.build", colony=colony, building=building)


def test_placing_pays_at_once_and_answers_the_plan(world: World, colony: str) -> None:
    result = build(world, colony, "mine")
    assert result.pop("order")
    assert result == {
        "colony": colony,
        "building": "mine",
        "level": 1,
        "started_ms": START_MS,
        "complete_ms": START_MS + 10 * SECOND_MS,
    }
    assert state(world, colony).stock.amounts_milli["minerals"] == 940_000
    assert state(world, colony).buildings == {}


def test_an_order_completes_exactly_at_its_time(world: World, colony: str) -> None:
    build(world, colony, "mine")
    world.wait(10 * SECOND_MS - 1)
    assert state(world, colony).buildings == {}
    world.wait(1)
    assert state(world, colony).buildings == {"mine": 1}
    assert state(world, colony).constructions == ()


def test_a_finished_building_changes_the_rates_from_that_moment(
    world: World, colony: str
) -> None:
    world.set("colony", colony, planet_type="terrestrial")
    build(world, colony, "mine")
    world.wait(HOUR_MS)
    mined = state(world, colony).stock
    assert mined.since_ms == START_MS + 10 * SECOND_MS
    assert mined.production.rates["minerals"] == (3_600 + 7_200) * 1_000


def test_orders_wait_in_line_and_start_when_the_one_before_is_done(
    world: World, colony: str
) -> None:
    first = build(world, colony, "mine")
    second = build(world, colony, "power_plant")
    assert second["started_ms"] == first["complete_ms"]
    assert second["complete_ms"] == first["complete_ms"] + 10 * SECOND_MS


def test_the_same_building_can_be_ordered_level_upon_level(
    world: World, colony: str
) -> None:
    levels = [build(world, colony, "mine")["level"] for _ in range(3)]
    assert levels == [1, 2, 3]
    world.drain()
    assert state(world, colony).buildings == {"mine": 3}


def test_a_late_look_finds_everything_finished_in_its_order(
    world: World, colony: str
) -> None:
    build(world, colony, "mine")
    build(world, colony, "power_plant")
    world.wait(HOUR_MS)
    build(world, colony, "shipyard")
    assert state(world, colony).buildings == {"mine": 1, "power_plant": 1}


def test_refuses_an_order_while_the_line_is_full(world: World, colony: str) -> None:
    world.give(colony, minerals=9_000, energy=9_000)
    for _ in range(5):
        build(world, colony, "mine")
    with refused("queue_full", queue_max=5):
        build(world, colony, "power_plant")


def test_refuses_what_the_stock_cannot_pay_and_says_what_is_short(
    world: World, colony: str
) -> None:
    world.give(colony, minerals=15, energy=20)
    with refused("not_enough_resources", short={"minerals": 45.0}):
        build(world, colony, "mine")


def test_what_grew_meanwhile_can_be_spent(world: World, colony: str) -> None:
    world.give(colony, minerals=0)
    world.wait(HOUR_MS)
    assert build(world, colony, "mine")["level"] == 1


def test_refuses_a_building_whose_requirements_are_missing(
    world: World, colony: str
) -> None:
    with refused(
        "requirements_missing",
        missing={"buildings": {"mine": 1, "power_plant": 1}, "technologies": {}},
    ):
        build(world, colony, "shipyard")


def test_refuses_a_building_whose_technology_is_not_known(
    world: World, colony: str
) -> None:
    world.set("colony", colony, buildings={"power_plant": 2})
    missing = {"buildings": {}, "technologies": {"ballistics": 1}}
    with refused("requirements_missing", missing=missing):
        build(world, colony, "defense_grid")
    world.set("player", "ann", technologies={"ballistics": 1})
    assert build(world, colony, "defense_grid")["level"] == 1


def test_what_is_only_ordered_meets_no_requirement(world: World, colony: str) -> None:
    build(world, colony, "mine")
    build(world, colony, "power_plant")
    with refused("requirements_missing"):
        build(world, colony, "shipyard")


def test_refuses_to_build_past_the_last_level(world: World, colony: str) -> None:
    world.set("colony", colony, buildings={"mine": buildings.LEVEL_MAX - 1})
    world.give(colony, minerals=10**8, energy=10**8)
    assert build(world, colony, "mine")["level"] == buildings.LEVEL_MAX
    with refused("level_max", level_max=30):
        build(world, colony, "mine")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("colonies.build", {"building": "mine"}),
        ("colonies.train", {"unit": "scout", "count": 1}),
        ("colonies.cancel", {"order": "any"}),
        ("colonies.demolish", {"building": "mine"}),
        ("colonies.sync", {"predicted": {}}),
        ("colonies.rename", {"name": "Mine"}),
        ("research.start", {"technology": "sensors"}),
    ],
)
def test_another_players_colony_is_as_if_absent(
    world: World, colony: str, name: str, data: dict[str, Any]
) -> None:
    world.join("bob")
    for of, player in (("nowhere", "ann"), (colony, "bob"), (colony, "stranger")):
        with refused("not_found"):
            world.order(name, player=player, colony=of, **data)
    assert state(world, colony).stock.since_ms == START_MS


def test_research_and_fabricators_shorten_building_times(
    world: World, colony: str
) -> None:
    world.set("player", "ann", modifiers={"build_speed": 70})
    world.set("colony", colony, buildings={"fabricator": 10})
    result = build(world, colony, "mine")
    assert result["complete_ms"] - result["started_ms"] == 5 * SECOND_MS


def test_cancelling_gives_back_80_percent_of_what_was_paid(
    world: World, colony: str
) -> None:
    order = build(world, colony, "mine")["order"]
    result = world.order("colonies.cancel", colony=colony, order=order)
    assert result == {
        "order": order,
        "colony": colony,
        "refund": {"minerals": 48.0, "energy": 16.0},
    }
    assert state(world, colony).stock.amounts_milli["minerals"] == 988_000
    assert state(world, colony).constructions == ()


def test_a_cancelled_order_never_completes(world: World, colony: str) -> None:
    order = build(world, colony, "mine")["order"]
    world.order("colonies.cancel", colony=colony, order=order)
    world.wait(HOUR_MS)
    assert state(world, colony).buildings == {}


def test_a_cancelled_order_leaves_no_timer_and_a_moved_one_just_its_own(
    world: World, colony: str
) -> None:
    before = set(world.timers)
    first = build(world, colony, "mine")["order"]
    second = build(world, colony, "habitat")["order"]
    world.order("colonies.cancel", colony=colony, order=first)
    (timer,) = set(world.timers) - before
    assert timer.split(".")[0] == second
    assert world.timers[timer].at_ms == START_MS + 12 * SECOND_MS


def test_cancelling_the_first_order_starts_the_next_at_once(
    world: World, colony: str
) -> None:
    first = build(world, colony, "mine")["order"]
    build(world, colony, "power_plant")
    build(world, colony, "habitat")
    world.wait(3 * SECOND_MS)
    world.order("colonies.cancel", colony=colony, order=first)
    line = state(world, colony).constructions
    now = START_MS + 3 * SECOND_MS
    assert [(one.started_ms - now, one.complete_ms - now) for one in line] == [
        (0, 10_000),
        (10_000, 22_000),
    ]
    world.wait(22_000)
    assert state(world, colony).buildings == {"power_plant": 1, "habitat": 1}


def test_cancelling_a_waiting_order_moves_up_only_what_stands_behind(
    world: World, colony: str
) -> None:
    first = build(world, colony, "mine")
    second = build(world, colony, "power_plant")["order"]
    build(world, colony, "habitat")
    world.wait(3 * SECOND_MS)
    world.order("colonies.cancel", colony=colony, order=second)
    line = state(world, colony).constructions
    assert line[0].complete_ms == first["complete_ms"]
    assert line[1].started_ms == first["complete_ms"]


def test_refuses_to_cancel_a_level_that_a_later_order_builds_on(
    world: World, colony: str
) -> None:
    first = build(world, colony, "mine")["order"]
    second = build(world, colony, "mine")["order"]
    with refused("requirements_missing", later=[second]):
        world.order("colonies.cancel", colony=colony, order=first)
    world.order("colonies.cancel", colony=colony, order=second)
    world.order("colonies.cancel", colony=colony, order=first)


def test_refuses_to_cancel_what_is_not_in_line(world: World, colony: str) -> None:
    with refused("not_found"):
        world.order("colonies.cancel", colony=colony, order="none")
    order = build(world, colony, "mine")["order"]
    world.wait(10 * SECOND_MS)
    with refused("not_found"):
        world.order("colonies.cancel", colony=colony, order=order)


def test_a_refund_above_capacity_is_kept_but_does_not_grow(
    world: World, colony: str
) -> None:
    order = build(world, colony, "mine")["order"]
    world.give(colony, minerals=9_999)
    world.order("colonies.cancel", colony=colony, order=order)
    assert state(world, colony).stock.amounts_milli["minerals"] == 10_047_000
    world.wait(HOUR_MS)
    truth = world.order("colonies.sync", colony=colony, predicted={})
    assert truth["amounts"]["minerals"] == 10_047.0


def test_demolishing_takes_a_building_and_its_output_at_once(
    world: World, colony: str
) -> None:
    build(world, colony, "mine")
    world.wait(HOUR_MS)
    result = world.order("colonies.demolish", colony=colony, building="mine")
    assert result == {"colony": colony, "building": "mine", "level": 0}
    assert state(world, colony).buildings == {}
    assert state(world, colony).stock.since_ms == world.now_ms


def test_refuses_to_demolish_what_is_not_there(world: World, colony: str) -> None:
    with refused("not_found"):
        world.order("colonies.demolish", colony=colony, building="mine")


def test_refuses_to_demolish_what_a_building_needs(world: World, colony: str) -> None:
    world.set("colony", colony, buildings={"mine": 1, "power_plant": 1, "shipyard": 1})
    with refused("requirements_missing", needed_by=["shipyard"]):
        world.order("colonies.demolish", colony=colony, building="mine")


def test_refuses_to_demolish_what_an_ordered_building_needs(
    world: World, colony: str
) -> None:
    world.set("colony", colony, buildings={"mine": 1, "power_plant": 1})
    build(world, colony, "refinery")
    with refused("requirements_missing", needed_by=["refinery"]):
        world.order("colonies.demolish", colony=colony, building="power_plant")


def test_refuses_to_demolish_the_shipyard_while_it_trains(
    world: World, colony: str
) -> None:
    world.set("colony", colony, buildings={"shipyard": 1})
    world.order("colonies.train", colony=colony, unit="scout", count=1)
    with refused("requirements_missing", needed_by=["scout"]):
        world.order("colonies.demolish", colony=colony, building="shipyard")


def test_refuses_to_demolish_what_is_being_raised(world: World, colony: str) -> None:
    build(world, colony, "mine")
    world.wait(10 * SECOND_MS)
    build(world, colony, "mine")
    with refused("in_progress"):
        world.order("colonies.demolish", colony=colony, building="mine")


def test_demolishing_a_warehouse_keeps_what_was_stored(
    world: World, colony: str
) -> None:
    world.set("colony", colony, buildings={"warehouse": 5})
    world.give(colony, minerals=50_000)
    world.order("colonies.demolish", colony=colony, building="warehouse")
    stock = state(world, colony).stock
    assert stock.production.capacities_milli["minerals"] == 10_000_000
    assert stock.amounts_milli["minerals"] == 50_000_000
