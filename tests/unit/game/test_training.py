"""Units are trained in the shipyard, in a line of their own."""

from typing import Any

import pytest

from app.core.message import Ref
from app.game.colonies.model.state import Colony
from tests.unit.game.world import HOUR_MS, SECOND_MS, START_MS, World, refused


@pytest.fixture
def world() -> World:
    world = World()
    world.set("colony", world.join(), buildings={"shipyard": 1})
    return world


@pytest.fixture
def colony(world: World) -> str:
    name: str = world.states[Ref("player", "ann")].colonies[0]
    return name


def state(world: World, colony: str) -> Colony:
    found: Colony = world.states[Ref("colony", colony)]
    return found


def train(world: World, colony: str, unit: str, count: int) -> dict[str, Any]:
    return world.order("colonies.train", colony=colony, unit=unit, count=count)


def test_training_pays_at_once_and_answers_the_plan(world: World, colony: str) -> None:
    result = train(world, colony, "fighter", 11)
    assert result.pop("order")
    assert result == {
        "colony": colony,
        "unit": "fighter",
        "count": 11,
        "started_ms": START_MS,
        "complete_ms": START_MS + 100 * SECOND_MS,
    }
    amounts = state(world, colony).stock.amounts_milli
    assert amounts["minerals"] == (1_000 - 11 * 40) * 1_000
    assert amounts["population"] == (500 - 11) * 1_000


def test_units_are_ready_together_at_their_time(world: World, colony: str) -> None:
    train(world, colony, "fighter", 11)
    world.wait(100 * SECOND_MS - 1)
    assert state(world, colony).units == {}
    world.wait(1)
    assert state(world, colony).units == {"fighter": 11}


def test_units_add_up(world: World, colony: str) -> None:
    for _ in range(2):
        train(world, colony, "scout", 3)
    world.drain()
    assert state(world, colony).units == {"scout": 6}


def test_the_shipyard_works_while_the_builders_do(world: World, colony: str) -> None:
    world.order("colonies.build", colony=colony, building="mine")
    assert train(world, colony, "scout", 1)["started_ms"] == START_MS


def test_units_draw_energy_once_they_are_ready(world: World, colony: str) -> None:
    world.set("colony", colony, planet_type="terrestrial")
    train(world, colony, "fighter", 10)
    world.wait(HOUR_MS)
    base, shipyard = 3_600, 900
    rates = state(world, colony).stock.production.rates
    assert rates["energy"] == (base - shipyard - 10 * 4) * 1_000


def test_refuses_units_without_a_shipyard(world: World, colony: str) -> None:
    world.set("colony", colony, buildings={})
    missing = {"buildings": {"shipyard": 1}, "technologies": {}}
    with refused("requirements_missing", missing=missing):
        train(world, colony, "fighter", 1)


def test_refuses_units_whose_technology_is_not_known(world: World, colony: str) -> None:
    world.set("colony", colony, buildings={"shipyard": 5})
    missing = {"buildings": {}, "technologies": {"ballistics": 1}}
    with refused("requirements_missing", missing=missing):
        train(world, colony, "bomber", 1)


def test_refuses_more_units_than_the_stock_can_pay(world: World, colony: str) -> None:
    short = {"minerals": 399_000.0, "energy": 199_000.0, "population": 9_500.0}
    with refused("not_enough_resources", short=short):
        train(world, colony, "fighter", 10_000)


def test_refuses_an_order_while_the_shipyards_line_is_full(
    world: World, colony: str
) -> None:
    for _ in range(5):
        train(world, colony, "scout", 1)
    with refused("queue_full", queue_max=5):
        train(world, colony, "scout", 1)


def test_a_better_shipyard_and_research_train_faster(world: World, colony: str) -> None:
    world.set("colony", colony, buildings={"shipyard": 5})
    world.set("player", "ann", modifiers={"train_speed": 50})
    result = train(world, colony, "fighter", 2)
    assert result["complete_ms"] - result["started_ms"] == 10 * SECOND_MS


def test_cancelled_training_is_refunded_and_the_rest_moves_up(
    world: World, colony: str
) -> None:
    first = train(world, colony, "fighter", 11)["order"]
    train(world, colony, "scout", 11)
    world.wait(5 * SECOND_MS)
    result = world.order("colonies.cancel", colony=colony, order=first)
    assert result["refund"] == {"minerals": 352.0, "energy": 176.0, "population": 8.8}
    line = state(world, colony).trainings
    assert [(one.unit, one.started_ms) for one in line] == [("scout", world.now_ms)]
    world.wait(80 * SECOND_MS)
    assert state(world, colony).units == {"scout": 11}
