"""Goods are carried between own colonies, past no blockade, and none is lost."""

from typing import Any

import pytest

from app.game.fleets.model.events import OrderFailed
from app.game.fleets.model.state import Order
from tests.unit.game.armada import Armada
from tests.unit.game.test_fleets_ships import load, second_home
from tests.unit.game.world import HOUR_MS, refused


@pytest.fixture
def world(world: Armada) -> Armada:
    second_home(world)
    for colony in world.player().colonies:
        world.set("colony", colony, planet_type="asteroid")
    return world


@pytest.fixture
def fleet(world: Armada) -> str:
    return world.launch(freighter=1)


def ship(world: Armada, fleet: str, **data: Any) -> dict[str, Any]:
    source, target = world.player().colonies
    sent = {"from": source, "to": target, "cargo": {"minerals": 300}} | data
    return world.order("fleets.transport", fleet=fleet, **sent)


def minerals(world: Armada, colony: str) -> int:
    return world.colony(colony).stock.amounts_milli["minerals"]


def failed(world: Armada, fleet: str) -> list[str]:
    happened = world.events("fleet", fleet)
    return [one.code for one in happened if isinstance(one, OrderFailed)]


def test_goods_leave_one_colony_and_come_to_the_other(
    world: Armada, fleet: str
) -> None:
    source, target = world.player().colonies
    before = minerals(world, source)
    ship(world, fleet)
    world.wait(0)
    assert minerals(world, source) == before - 300_000
    state = world.fleet(fleet)
    assert state.cargo == {"minerals": 300_000}
    assert state.course is not None
    arrive_ms = state.course.arrive_ms
    world.wait(arrive_ms - world.now_ms)
    delivered = [
        one
        for one in world.heard["player:ann"]
        if one["type"] == "colonies.goods_delivered"
    ]
    assert [one["colony"] for one in delivered] == [target]
    assert world.fleet(fleet).cargo == {}
    grown = world.colony(target).stock
    assert grown.amounts_milli["minerals"] >= 1_000_000 + 300_000


def test_goods_are_loaded_when_the_fleet_gets_there(world: Armada) -> None:
    source, target = world.player().colonies
    fleet = world.launch(colony=target, freighter=1)
    answer = ship(world, fleet)
    before = minerals(world, source)
    assert world.fleet(fleet).cargo == {}
    world.wait(answer["arrive_ms"] - world.now_ms)
    assert world.fleet(fleet).cargo == {"minerals": 300_000}
    grown = 0
    for one in world.events("colony", source):
        accrual = getattr(one, "accrual", None)
        grown += accrual.produced["minerals"] if accrual else 0
    assert minerals(world, source) == before + grown - 300_000


def test_all_that_is_aboard_is_unloaded(world: Armada, fleet: str) -> None:
    load(world, fleet, energy=50)
    ship(world, fleet)
    world.wait(HOUR_MS)
    assert world.fleet(fleet).cargo == {}


def test_goods_above_the_capacity_are_kept(world: Armada, fleet: str) -> None:
    target = world.player().colonies[1]
    full = world.colony(target).stock.production.capacities_milli["minerals"]
    world.give(target, minerals=full // 1_000)
    ship(world, fleet)
    world.wait(HOUR_MS)
    assert minerals(world, target) == full + 300_000


def test_refuses_more_than_the_holds_take(world: Armada, fleet: str) -> None:
    with refused("no_room", capacity=5_000.0):
        ship(world, fleet, cargo={"minerals": 2_500, "energy": 2_501})
    load(world, fleet, energy=4_701)
    with refused("no_room"):
        ship(world, fleet)
    world.set("player", "ann", modifiers={"cargo": 10})
    assert ship(world, fleet)["depart_ms"] == world.now_ms


@pytest.mark.parametrize("end", ["from", "to"])
def test_refuses_colonies_of_others(world: Armada, fleet: str, end: str) -> None:
    for colony in (world.player("bob").colonies[0], "nowhere"):
        with refused("not_found"):
            ship(world, fleet, **{end: colony})


def test_what_is_not_there_can_not_be_loaded(world: Armada, fleet: str) -> None:
    ship(world, fleet, cargo={"minerals": 4_000})
    world.wait(0)
    assert failed(world, fleet) == ["not_enough_resources"]
    assert world.fleet(fleet).course is None
    assert world.fleet(fleet).cargo == {}


@pytest.mark.parametrize("blockaded", [0, 1])
def test_a_blockade_stops_loading_and_unloading(
    world: Armada, fleet: str, blockaded: int
) -> None:
    world.set("colony", world.player().colonies[blockaded], blockades=("f",))
    ship(world, fleet)
    world.wait(HOUR_MS)
    assert failed(world, fleet) == ["blockaded"]
    assert world.fleet(fleet).cargo == ({"minerals": 300_000} if blockaded else {})


def test_a_blockade_stops_goods_from_landing_but_no_ships(
    world: Armada, fleet: str
) -> None:
    home = world.player().colonies[0]
    world.set("colony", home, blockades=("f",))
    load(world, fleet, minerals=1)
    world.order("fleets.return", fleet=fleet)
    world.wait(0)
    assert failed(world, fleet) == ["blockaded"]
    load(world, fleet)
    world.order("fleets.return", fleet=fleet)
    world.wait(0)
    assert world.fleet(fleet).ships == {}
    assert world.launch(freighter=1)


def test_orders_behind_a_transport_follow_it(world: Armada, fleet: str) -> None:
    ship(world, fleet)
    source = world.player().colonies[0]
    world.order("fleets.return", fleet=fleet, colony=source, queue=True)
    waiting = world.fleet(fleet).queue
    assert [one.kind for one in waiting] == ["return"]
    assert isinstance(waiting[0], Order)
    world.wait(HOUR_MS)
    assert world.fleet(fleet).ships == {}
    assert world.colony(source).units == {"freighter": 1}
