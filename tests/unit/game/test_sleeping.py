"""A colony sleeps 30 days after its owner was last there, and wakes with its owner."""

from typing import Any

import pytest

from app.core.message import Ref
from app.game.colonies.model.events import ColonyMinded
from app.game.colonies.model.state import Colony
from tests.unit.game.world import DAY_MS, HOUR_MS, START_MS, World, refused


@pytest.fixture
def world() -> World:
    world = World()
    world.set("colony", world.join(), planet_type="terrestrial")
    return world


@pytest.fixture
def colony(world: World) -> str:
    name: str = world.states[Ref("player", "ann")].colonies[0]
    return name


def state(world: World, colony: str) -> Colony:
    found: Colony = world.states[Ref("colony", colony)]
    return found


def slow(world: World, colony: str) -> None:
    """Let the stores not fill in 60 days, so that sleep shows."""
    world.set("player", "ann", modifiers={"storage": 100_000})
    world.set("colony", colony)


def sync(world: World, colony: str, player: str = "ann") -> dict[str, Any]:
    return world.order("colonies.sync", player=player, colony=colony, predicted={})


def minded(world: World) -> int:
    return sum(isinstance(event, ColonyMinded) for _ref, event in world.journal)


def test_a_colony_produces_for_30_days_without_its_owner_and_then_sleeps(
    world: World, colony: str
) -> None:
    slow(world, colony)
    world.wait(90 * DAY_MS)
    held = sync(world, colony)["amounts"]["minerals"]
    assert held == 1_000 + 3_600 * 24 * 30


def test_its_owners_sync_wakes_it(world: World, colony: str) -> None:
    slow(world, colony)
    world.wait(90 * DAY_MS)
    before = sync(world, colony)
    assert before["until_ms"] == world.now_ms + 30 * DAY_MS
    world.wait(HOUR_MS)
    assert sync(world, colony)["amounts"]["minerals"] == (
        before["amounts"]["minerals"] + 3_600
    )


def test_an_order_wakes_it_and_is_carried_out(world: World, colony: str) -> None:
    world.wait(31 * DAY_MS)
    world.order("colonies.build", colony=colony, building="mine")
    assert state(world, colony).awake_until_ms == world.now_ms + 30 * DAY_MS
    world.wait(HOUR_MS)
    assert state(world, colony).buildings == {"mine": 1}


def test_its_owner_is_noticed_once_a_day_at_most(world: World, colony: str) -> None:
    for _ in range(100):
        sync(world, colony)
        world.wait(HOUR_MS)
    assert minded(world) == 4


def test_who_was_there_within_the_day_is_no_event(world: World, colony: str) -> None:
    world.wait(DAY_MS - 1)
    events = len(world.journal)
    sync(world, colony)
    assert len(world.journal) == events
    assert state(world, colony).awake_until_ms == START_MS + 30 * DAY_MS


def test_only_its_owner_is_told(world: World, colony: str) -> None:
    world.wait(2 * DAY_MS)
    sync(world, colony)
    heard = {
        room
        for room, events in world.heard.items()
        if "colonies.minded" in {event["type"] for event in events}
    }
    assert heard == {"player:ann"}


def test_a_refused_order_does_not_wake_it(world: World, colony: str) -> None:
    world.wait(31 * DAY_MS)
    with refused("requirements_missing"):
        world.order("colonies.build", colony=colony, building="shipyard")
    assert minded(world) == 0


def test_strangers_do_not_wake_it(world: World, colony: str) -> None:
    world.wait(31 * DAY_MS)
    world.join("bob")
    with refused("not_found"):
        sync(world, colony, "bob")
    assert minded(world) == 0


def test_what_was_ordered_before_still_gets_done_while_it_sleeps(
    world: World, colony: str
) -> None:
    world.wait(30 * DAY_MS - 5_000)
    world.order("colonies.build", colony=colony, building="mine")
    stock = state(world, colony).stock
    world.wait(90 * DAY_MS)
    assert state(world, colony).buildings == {"mine": 1}
    assert state(world, colony).awake_until_ms == stock.until_ms
