"""A colony ship founds a colony on a free planet, as research allows."""

import pytest

from app.game.colonies.rules.join import START_UNITS as HOME_UNITS
from app.game.fleets.model.events import FleetDissolved, OrderFailed
from app.game.fleets.rules.colonise import START_UNITS
from app.game.galaxy.model.map import Planet, sector_at
from tests.unit.game.armada import GALAXY, Armada
from tests.unit.game.test_fleets_ships import load
from tests.unit.game.world import HOUR_MS, refused


@pytest.fixture
def world(world: Armada) -> Armada:
    world.set("player", "ann", modifiers={"colonies": 1})
    return world


@pytest.fixture
def fleet(world: Armada) -> str:
    return world.launch(colony_ship=1)


@pytest.fixture
def planet(world: Armada, fleet: str) -> Planet:
    """Give the free planet next to ann's home."""
    x_milli, y_milli = world.at(fleet)
    taken = {*world.player().colonies, *world.player("bob").colonies}
    free = [one for one in GALAXY.homes if one.id not in taken]
    return min(
        free,
        key=lambda one: (one.x_milli - x_milli) ** 2 + (one.y_milli - y_milli) ** 2,
    )


def settle(world: Armada, fleet: str, planet: Planet) -> None:
    answer = world.order("fleets.colonise", fleet=fleet, planet=planet.id)
    world.wait(answer["arrive_ms"] - world.now_ms)


def failed(world: Armada, fleet: str) -> list[str]:
    happened = world.events("fleet", fleet)
    return [one.code for one in happened if isinstance(one, OrderFailed)]


def test_a_colony_ship_becomes_a_colony(
    world: Armada, fleet: str, planet: Planet
) -> None:
    answer = world.order("fleets.colonise", fleet=fleet, planet=planet.id)
    world.wait(answer["arrive_ms"] - world.now_ms)
    colony, ann = world.colony(planet.id), world.player()
    assert (colony.player, colony.username) == ("ann", "ann")
    assert (colony.x_milli, colony.y_milli) == (planet.x_milli, planet.y_milli)
    assert colony.founded_ms == answer["arrive_ms"]
    assert ann.colonies[1:] == (planet.id,)
    assert sector_at(planet.x_milli, planet.y_milli) in ann.sectors
    assert ann.fleets == ()
    over = world.events("fleet", fleet)[-1]
    assert isinstance(over, FleetDissolved)
    assert over.reason == "colonised"


def test_a_new_colony_starts_modestly_and_at_once(
    world: Armada, fleet: str, planet: Planet
) -> None:
    settle(world, fleet, planet)
    stock = world.colony(planet.id).stock
    for resource, units in START_UNITS.items():
        assert 0 < units < HOME_UNITS[resource]
        assert stock.amounts_milli[resource] == units * 1_000
    assert any(stock.production.rates.values())
    world.order("colonies.build", colony=planet.id, building="mine")


def test_its_home_pays_no_longer_for_the_ship(
    world: Armada, fleet: str, planet: Planet
) -> None:
    home = world.player().colonies[0]
    assert world.colony(home).away == {"colony_ship": 1}
    settle(world, fleet, planet)
    assert world.colony(home).away == {}


def test_who_flies_along_stays(world: Armada, planet: Planet) -> None:
    fleet = world.launch(colony_ship=1, scout=2)
    load(world, fleet, minerals=70)
    settle(world, fleet, planet)
    state = world.fleet(fleet)
    assert (state.ships, state.cargo, state.course) == ({"scout": 2}, {}, None)
    assert state.sensor_milli == 600_000
    stored = world.colony(planet.id).stock.amounts_milli["minerals"]
    assert stored == (START_UNITS["minerals"] + 70) * 1_000


def test_the_goods_aboard_come_with_the_last_ship(
    world: Armada, fleet: str, planet: Planet
) -> None:
    load(world, fleet, energy=30)
    settle(world, fleet, planet)
    stored = world.colony(planet.id).stock.amounts_milli["energy"]
    assert stored == (START_UNITS["energy"] + 30) * 1_000


def test_everybody_hears_of_a_new_colony(
    world: Armada, fleet: str, planet: Planet
) -> None:
    settle(world, fleet, planet)
    sector = sector_at(planet.x_milli, planet.y_milli)
    for room in ("player:ann", f"sector:{sector}", f"sector:{sector}:full"):
        assert "colonies.founded" in world.types(room)
    gone = [
        one for one in world.heard["player:ann"] if one["type"] == "fleets.colonised"
    ]
    assert gone[0]["changes"] is None


def test_refuses_planets_that_are_none_or_taken(world: Armada, fleet: str) -> None:
    with refused("not_found"):
        world.order("fleets.colonise", fleet=fleet, planet="nowhere")
    for player in ("ann", "bob"):
        with refused("planet_taken"):
            world.order(
                "fleets.colonise", fleet=fleet, planet=world.player(player).colonies[0]
            )


def test_refuses_more_colonies_than_research_allows(
    world: Armada, fleet: str, planet: Planet
) -> None:
    world.set("player", "ann", modifiers={})
    with refused("colony_limit", colonies_max=1):
        world.order("fleets.colonise", fleet=fleet, planet=planet.id)


def test_refuses_to_colonise_without_a_colony_ship(
    world: Armada, planet: Planet
) -> None:
    fleet = world.launch(scout=1)
    with refused("requirements_missing"):
        world.order("fleets.colonise", fleet=fleet, planet=planet.id)


def test_the_second_who_comes_finds_the_planet_taken(
    world: Armada, fleet: str, planet: Planet
) -> None:
    world.set("player", "ann", modifiers={"colonies": 3})
    second = world.launch(colony_ship=1)
    for one in (fleet, second):
        world.order("fleets.colonise", fleet=one, planet=planet.id)
    world.wait(HOUR_MS)
    assert world.player().colonies[1:] == (planet.id,)
    lost = [one for one in (fleet, second) if failed(world, one)]
    (late,) = lost
    assert failed(world, late) == ["planet_taken"]
    assert world.fleet(late).ships == {"colony_ship": 1}
    assert world.at(late) == (planet.x_milli, planet.y_milli)
