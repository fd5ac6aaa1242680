"""Technologies are researched in labs, and change what colonies make."""

from typing import Any

import pytest

from app.core.message import Ref
from app.game.colonies.model.state import Colony
from app.game.players.model import Player
from app.game.research.model import PROJECTS_PER_LAB_MAX, Research
from tests.unit.game.world import HOUR_MS, SECOND_MS, START_MS, World, refused

ANN = Ref("player", "ann")


@pytest.fixture
def world() -> World:
    world = World()
    colony = world.join()
    world.set("colony", colony, planet_type="terrestrial")
    lab(world, 1)
    return world


@pytest.fixture
def colony(world: World) -> str:
    return world.states[ANN].colonies[0]  # type: ignore[no-any-return]


def lab(world: World, level: int) -> None:
    colony = world.states[ANN].colonies[0]
    world.set("colony", colony, buildings={"research_lab": level})


def state(world: World, colony: str) -> Colony:
    found: Colony = world.states[Ref("colony", colony)]
    return found


def player(world: World) -> Player:
    found: Player = world.states[ANN]
    return found


def projects(world: World) -> list[str]:
    research: Research = world.states[Ref("research", "ann")]
    return [one.technology for one in research.projects]


def start(world: World, colony: str, technology: str) -> dict[str, Any]:
    return world.order("research.start", colony=colony, technology=technology)


def cancel(world: World, technology: str) -> dict[str, Any]:
    return world.order("research.cancel", technology=technology)


def test_starting_pays_from_the_colonys_stock_and_answers_the_plan(
    world: World, colony: str
) -> None:
    result = start(world, colony, "mining_drills")
    assert result.pop("project")
    assert result == {
        "technology": "mining_drills",
        "level": 1,
        "colony": colony,
        "started_ms": START_MS,
        "complete_ms": START_MS + 15 * SECOND_MS * 100 // 105,
    }
    amounts = state(world, colony).stock.amounts_milli
    assert (amounts["minerals"], amounts["energy"]) == (900_000, 920_000)
    assert projects(world) == ["mining_drills"]


def test_a_finished_project_is_learned_with_its_modifiers(
    world: World, colony: str
) -> None:
    start(world, colony, "mining_drills")
    world.wait(15 * SECOND_MS)
    assert player(world).technologies == {"mining_drills": 1}
    assert player(world).modifiers == {"minerals_rate": 5}
    assert projects(world) == []


def test_what_was_learned_changes_the_rates_at_that_very_moment(
    world: World, colony: str
) -> None:
    done_ms = start(world, colony, "mining_drills")["complete_ms"]
    world.wait(HOUR_MS)
    stock = state(world, colony).stock
    assert stock.since_ms == done_ms
    assert stock.production.rates["minerals"] == 3_600_000 * 105 // 100


def test_every_colony_of_the_player_follows(world: World, colony: str) -> None:
    other = world.join("bob")
    world.set("colony", other, player="ann", planet_type="terrestrial")
    world.set("player", "ann", colonies=(colony, other))
    start(world, colony, "mining_drills")
    world.wait(HOUR_MS)
    for name in (colony, other):
        rates = state(world, name).stock.production.rates
        assert rates["minerals"] == 3_600_000 * 105 // 100


def test_a_colony_that_went_to_another_owner_does_not_follow(
    world: World, colony: str
) -> None:
    other = world.join("bob")
    world.set("player", "ann", colonies=(colony, other))
    start(world, colony, "mining_drills")
    with refused("not_found"):
        world.wait(HOUR_MS)


def test_what_changes_no_rate_is_no_event_of_a_colony(
    world: World, colony: str
) -> None:
    start(world, colony, "ballistics")
    events = len([ref for ref, _event in world.journal if ref.kind == "colony"])
    world.wait(HOUR_MS)
    assert player(world).technologies == {"ballistics": 1}
    after = len([ref for ref, _event in world.journal if ref.kind == "colony"])
    assert after == events


def test_the_next_level_costs_and_takes_more(world: World, colony: str) -> None:
    first = start(world, colony, "mining_drills")
    world.wait(15 * SECOND_MS)
    second = start(world, colony, "mining_drills")
    assert second["level"] == 2
    assert (
        second["complete_ms"] - second["started_ms"]
        > first["complete_ms"] - first["started_ms"]
    )


def test_refuses_a_technology_that_is_under_way(world: World, colony: str) -> None:
    lab(world, 2)
    start(world, colony, "sensors")
    with refused("in_progress"):
        start(world, colony, "sensors")


def test_refuses_more_projects_than_the_lab_has_levels(
    world: World, colony: str
) -> None:
    start(world, colony, "sensors")
    with refused("queue_full", queue_max=1):
        start(world, colony, "protocol")


def test_a_lab_carries_five_projects_at_most(world: World, colony: str) -> None:
    lab(world, 9)
    world.give(colony, minerals=9_000, energy=9_000)
    names = ["mining_drills", "reactor_design", "hydroponics", "ballistics", "sensors"]
    for name in names:
        start(world, colony, name)
    with refused("queue_full", queue_max=PROJECTS_PER_LAB_MAX):
        start(world, colony, "protocol")


def test_refuses_research_without_a_lab(world: World, colony: str) -> None:
    lab(world, 0)
    missing = {"buildings": {"research_lab": 1}, "technologies": {}}
    with refused("requirements_missing", missing=missing):
        start(world, colony, "sensors")


def test_refuses_a_technology_whose_prerequisites_are_missing(
    world: World, colony: str
) -> None:
    missing = {"buildings": {}, "technologies": {"mining_drills": 1}}
    with refused("requirements_missing", missing=missing):
        start(world, colony, "logistics")


def test_refuses_what_the_stock_cannot_pay(world: World, colony: str) -> None:
    world.give(colony, minerals=1)
    with refused("not_enough_resources", short={"minerals": 99.0}):
        start(world, colony, "mining_drills")


def test_refuses_research_past_the_last_level(world: World, colony: str) -> None:
    world.set("player", "ann", technologies={"sensors": 20})
    with refused("level_max", level_max=20):
        start(world, colony, "sensors")


def test_cancelling_refunds_80_percent_to_the_colony_that_paid(
    world: World, colony: str
) -> None:
    project = start(world, colony, "mining_drills")["project"]
    assert cancel(world, "mining_drills") == {
        "project": project,
        "technology": "mining_drills",
        "refund": {"minerals": 80.0, "energy": 64.0},
    }
    assert state(world, colony).stock.amounts_milli["minerals"] == 980_000
    assert not [name for name in world.timers if name.startswith(project)]
    world.wait(HOUR_MS)
    assert player(world).technologies == {}


def test_a_cancelled_project_can_be_started_again(world: World, colony: str) -> None:
    start(world, colony, "mining_drills")
    cancel(world, "mining_drills")
    start(world, colony, "mining_drills")
    world.wait(HOUR_MS)
    assert player(world).technologies == {"mining_drills": 1}


def test_refuses_to_cancel_what_is_not_researched(world: World, colony: str) -> None:
    with refused("not_found"):
        cancel(world, "mining_drills")
    start(world, colony, "mining_drills")
    world.wait(HOUR_MS)
    with refused("not_found"):
        cancel(world, "mining_drills")


def test_better_labs_and_shared_science_research_faster(
    world: World, colony: str
) -> None:
    lab(world, 10)
    world.set("player", "ann", modifiers={"research_speed": 50})
    result = start(world, colony, "sensors")
    assert result["complete_ms"] - result["started_ms"] == 10 * SECOND_MS
