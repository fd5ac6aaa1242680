"""Splitting, merging, launching and landing keep every ship and every good."""

from typing import Any

import pytest

from app.core.chance import Chance
from app.core.message import Rejected
from app.game.colonies.model.units import UNITS
from tests.unit.game.armada import GALAXY, Armada
from tests.unit.game.world import HOUR_MS, SECOND_MS, refused


def second_home(world: Armada, player: str = "ann") -> str:
    """Give a player another colony, past all rules: one of a player who left."""
    colony = world.home("cyd")
    world.set("colony", colony, player=player)
    own = world.player(player)
    place = world.player("cyd").sectors
    world.set(
        "player",
        player,
        colonies=(*own.colonies, colony),
        sectors=(*own.sectors, *place),
    )
    return colony


def load(world: Armada, fleet: str, **units: int) -> None:
    """Put goods aboard, past all rules."""
    cargo = {resource: each * 1_000 for resource, each in units.items()}
    world.set("fleet", fleet, cargo=cargo)


def test_a_split_makes_two_fleets_at_one_place(world: Armada) -> None:
    fleet = world.launch(scout=3, fighter=5)
    answer = world.order("fleets.split", fleet=fleet, ships={"fighter": 2, "scout": 3})
    new = answer["new"]
    assert answer["fleet"] == fleet
    assert world.fleet(fleet).ships == {"fighter": 3}
    assert world.fleet(new).ships == {"fighter": 2, "scout": 3}
    assert world.at(fleet) == world.at(new)
    assert world.player().fleets == (fleet, new)
    assert world.fleet(new).home == world.fleet(fleet).home
    seen = world.fleet(fleet).sensor_milli, world.fleet(new).sensor_milli
    assert seen == (100_000, 600_000)


def test_a_split_in_flight_leaves_ships_behind(world: Armada) -> None:
    fleet = world.launch(scout=3)
    there = world.clear(fleet, 300)
    course = world.order("fleets.move", fleet=fleet, to=there)
    world.wait(5 * SECOND_MS)
    here = world.near(fleet)
    new = world.order("fleets.split", fleet=fleet, ships={"scout": 1})["new"]
    world.wait(HOUR_MS)
    assert world.near(new) == here
    assert world.near(fleet) == there
    assert world.fleet(fleet).since_ms == course["arrive_ms"]


@pytest.mark.parametrize(
    "ships", [{"scout": 4}, {"frigate": 1}, {"scout": 3}, {"scout": 3, "fighter": 1}]
)
def test_refuses_splits_that_do_not_add_up_or_take_all(
    world: Armada, ships: dict[str, int]
) -> None:
    fleet = world.launch(scout=3)
    with refused("not_enough_ships"):
        world.order("fleets.split", fleet=fleet, ships=ships)
    assert world.fleet(fleet).ships == {"scout": 3}


def test_refuses_a_split_that_leaves_goods_without_room(world: Armada) -> None:
    fleet = world.launch(scout=3, freighter=1)
    load(world, fleet, minerals=16)
    with refused("no_room", capacity=15.0):
        world.order("fleets.split", fleet=fleet, ships={"freighter": 1})
    load(world, fleet, minerals=15)
    world.order("fleets.split", fleet=fleet, ships={"freighter": 1})
    assert world.fleet(fleet).cargo == {"minerals": 15_000}


def test_a_merge_joins_ships_and_goods(world: Armada) -> None:
    fleet, into = world.launch(scout=3), world.launch(scout=1, freighter=2)
    load(world, fleet, minerals=5)
    load(world, into, minerals=1, energy=2)
    answer = world.order("fleets.merge", fleet=fleet, into=into)
    assert answer == {"fleet": into, "ships": {"scout": 4, "freighter": 2}}
    assert world.fleet(into).ships == answer["ships"]
    assert world.fleet(into).cargo == {"minerals": 6_000, "energy": 2_000}
    gone = world.fleet(fleet)
    assert (gone.ships, gone.cargo) == ({}, {})
    assert world.player().fleets == (into,)


def test_refuses_to_merge_slow_ships_into_a_faster_fleet_on_its_way(
    world: Armada,
) -> None:
    slow, fast = world.launch(battleship=1), world.launch(scout=1)
    world.order("fleets.move", fleet=fast, to=world.clear(fast, 200))
    with refused("too_slow"):
        world.order("fleets.merge", fleet=slow, into=fast)
    world.order("fleets.stop", fleet=fast)
    world.order("fleets.merge", fleet=slow, into=fast)


def test_refuses_to_merge_warships_into_what_flies_through_protected_sectors(
    world: Armada,
) -> None:
    x, y = map(int, min(GALAXY.protected).split(":"))
    scouts, fighters = world.launch(fighter=1, scout=1), world.launch(interceptor=1)
    scouts = world.order("fleets.split", fleet=scouts, ships={"scout": 1})["new"]
    freighters = world.launch(freighter=1)
    protected = {"x": x * 100 + 50, "y": y * 100 + 50}
    world.order("fleets.move", fleet=freighters, to=protected)
    with refused("protected"):
        world.order("fleets.merge", fleet=fighters, into=freighters)
    with refused("protected"):
        world.set("fleet", scouts, sector=min(GALAXY.protected))
        world.order("fleets.merge", fleet=fighters, into=scouts)
    world.set("player", "ann", sectors=tuple(GALAXY.protected))
    world.order("fleets.merge", fleet=fighters, into=freighters)


def test_a_merge_in_flight_ends_the_course_of_who_joins(world: Armada) -> None:
    fleet, into = world.launch(scout=1), world.launch(fighter=1)
    world.order("fleets.move", fleet=fleet, to=world.clear(fleet, 200))
    world.wait(SECOND_MS // 2)
    world.order("fleets.merge", fleet=fleet, into=into)
    assert world.timers == {}
    assert world.fleet(into).ships == {"fighter": 1, "scout": 1}


def test_refuses_to_merge_what_is_far_apart(world: Armada) -> None:
    fleet, into = world.launch(scout=1), world.launch(scout=1)
    arrive = world.order("fleets.move", fleet=fleet, to=world.clear(fleet, 21))
    world.wait(arrive["arrive_ms"] - world.now_ms)
    with refused("out_of_range", reach=20.0):
        world.order("fleets.merge", fleet=fleet, into=into)


def test_refuses_to_merge_a_fleet_with_itself_or_with_others(world: Armada) -> None:
    fleet, strange = world.launch(scout=1), world.launch("bob", scout=1)
    with refused("invalid"):
        world.order("fleets.merge", fleet=fleet, into=fleet)
    with refused("not_found"):
        world.order("fleets.merge", fleet=fleet, into=strange)


def test_a_merge_moves_upkeep_to_the_other_home(world: Armada) -> None:
    home = world.player().colonies[0]
    second = second_home(world)
    fleet = world.launch(scout=3)
    into = world.launch(colony=second, fighter=2)
    x_milli, y_milli = world.at(into)
    world.set(
        "fleet",
        fleet,
        x_milli=x_milli,
        y_milli=y_milli,
        sector=world.fleet(into).sector,
    )
    world.order("fleets.merge", fleet=fleet, into=into)
    assert world.colony(home).away == {}
    assert world.colony(second).away == {"fighter": 2, "scout": 3}


def test_landing_at_home_brings_ships_and_goods_back(world: Armada) -> None:
    home = world.player().colonies[0]
    fleet = world.launch(scout=2, freighter=1)
    load(world, fleet, minerals=70)
    before = world.colony(home).stock.amounts_milli["minerals"]
    world.order("fleets.return", fleet=fleet)
    world.wait(0)
    colony = world.colony(home)
    assert (colony.units, colony.away) == ({"scout": 2, "freighter": 1}, {})
    assert colony.stock.amounts_milli["minerals"] == before + 70_000
    assert world.player().fleets == ()
    gone = world.fleet(fleet)
    assert (gone.ships, gone.cargo) == ({}, {})


def test_landing_elsewhere_moves_upkeep(world: Armada) -> None:
    home, second = world.player().colonies[0], second_home(world)
    fleet = world.launch(scout=2)
    answer = world.order("fleets.return", fleet=fleet, colony=second)
    world.wait(answer["arrive_ms"] - world.now_ms)
    assert world.colony(home).away == {}
    assert world.colony(second).units == {"scout": 2}
    assert world.colony(second).away == {}


def test_units_that_land_draw_energy_where_they_are(world: Armada) -> None:
    home, second = world.player().colonies[0], second_home(world)
    for colony in (home, second):
        world.set("colony", colony, planet_type="terrestrial")
    fleet = world.launch(frigate=4)
    drawn = {
        colony: world.colony(colony).stock.production.rates["energy"]
        for colony in (home, second)
    }
    answer = world.order("fleets.return", fleet=fleet, colony=second)
    world.wait(answer["arrive_ms"] - world.now_ms)
    after = {
        colony: world.colony(colony).stock.production.rates["energy"]
        for colony in (home, second)
    }
    assert after[home] - drawn[home] == 100_000
    assert drawn[second] - after[second] == 100_000


def test_refuses_to_land_at_colonies_of_others(world: Armada) -> None:
    fleet = world.launch(scout=1)
    with refused("not_found"):
        world.order(
            "fleets.return", fleet=fleet, colony=world.player("bob").colonies[0]
        )


def everything(world: Armada) -> dict[str, int]:
    """Count ann's ships, on the ground and in space."""
    ships = dict.fromkeys(UNITS, 0)
    for ref, state in world.states.items():
        if getattr(state, "player", "") != "ann" or ref.kind == "research":
            continue
        held = state.units if ref.kind == "colony" else state.ships
        for unit, count in held.items():
            ships[unit] += count
    return ships


def flying(world: Armada) -> dict[str, dict[str, int]]:
    """Count by home what flies."""
    found: dict[str, dict[str, int]] = {}
    for fleet in world.player().fleets:
        state = world.fleet(fleet)
        home = found.setdefault(state.home, {})
        for unit, count in state.ships.items():
            home[unit] = home.get(unit, 0) + count
    return found


def draw(world: Armada, chance: Chance) -> tuple[str, dict[str, Any]]:
    def pick(options: Any) -> Any:
        return list(options)[chance.below(len(options))]

    fleets = world.player().fleets or ("none",)
    units = pick(("scout", "fighter", "freighter"))
    some = {units: 1 + chance.below(4)}
    colony = pick(world.player().colonies)
    return pick((
        ("fleets.launch", {"colony": colony, "ships": some}),
        ("fleets.launch", {"colony": colony, "ships": some}),
        ("fleets.split", {"fleet": pick(fleets), "ships": some}),
        ("fleets.merge", {"fleet": pick(fleets), "into": pick(fleets)}),
        ("fleets.return", {"fleet": pick(fleets)}),
        ("fleets.return", {"fleet": pick(fleets), "colony": colony}),
        ("fleets.stop", {"fleet": pick(fleets)}),
    ))  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_ships_are_conserved_whatever_is_ordered(world: Armada, seed: int) -> None:
    chance = Chance("ships", seed)
    for colony in (world.player().colonies[0], second_home(world)):
        world.set("colony", colony, units={"scout": 9, "fighter": 9, "freighter": 9})
    before = everything(world)
    done = 0
    for _ in range(150):
        name, data = draw(world, chance)
        try:
            world.order(name, **data)
            done += 1
        except Rejected:
            pass
        world.wait(chance.below(90 * SECOND_MS))
        assert everything(world) == before
        booked = {
            colony: world.colony(colony).away for colony in world.player().colonies
        }
        assert {home: units for home, units in booked.items() if units} == flying(world)
    assert done > 50
