"""Colonies are defended, plundered and held for a time; never destroyed."""

import pytest

from app.core.units import to_milli
from app.game.colonies.model.siege import OCCUPATION_MS
from app.game.combat.model.state import tally
from tests.unit.game.war import War
from tests.unit.game.world import HOUR_MS, SECOND_MS, refused

RICH = {"energy": 4_000, "minerals": 3_000, "rare_elements": 1_000}


@pytest.fixture
def war() -> War:
    return War()


@pytest.fixture
def home(war: War) -> str:
    return war.homes["bob"]


def conquer(war: War, home: str, **ships: int) -> str:
    """Take bob's colony; give the fleet."""
    fleet = war.at_colony("ann", home, **ships or {"battleship": 10})
    war.fight_out(war.attack(fleet, home, "colony")["battle"])
    return fleet


def test_the_garrison_is_what_can_fight_and_the_grid(war: War, home: str) -> None:
    war.set("colony", home, units={"cruiser": 3, "scout": 5, "colony_ship": 1})
    war.set("colony", home, buildings={"defense_grid": 2})
    fleet = war.at_colony("ann", home, battleship=3)
    battle = war.battle(war.attack(fleet, home, "colony")["battle"])
    garrison = battle.forces[1]
    assert (garrison.id, garrison.ships, garrison.grid) == (home, {"cruiser": 3}, 2)
    assert war.colony(home).battle == battle.id


def test_the_garrison_bears_its_losses(war: War, home: str) -> None:
    war.set("colony", home, units={"cruiser": 3, "scout": 5})
    conquer(war, home)
    assert war.colony(home).units == {"scout": 5}
    assert war.colony(home).battle == ""


def test_a_garrison_that_wins_keeps_the_colony(war: War, home: str) -> None:
    war.set("colony", home, units={"battleship": 30})
    war.give(home, **RICH)
    before = war.colony(home).stock
    fleet = conquer(war, home, fighter=3)
    colony = war.colony(home)
    assert (colony.occupier, colony.battle) == ("", "")
    assert war.fleet(fleet).ships == {}
    assert colony.stock.amounts_milli["minerals"] >= before.amounts_milli["minerals"]


def test_no_more_than_half_is_taken_and_dearest_first(war: War, home: str) -> None:
    war.give(home, **RICH)
    fleet = conquer(war, home, cruiser=1, carrier=9)
    assert war.fleet(fleet).cargo == {
        "rare_elements": to_milli(500),
        "minerals": to_milli(1_500),
        "energy": to_milli(2_000),
    }
    assert war.colony(home).stock.amounts_milli["minerals"] == to_milli(1_500)


def test_no_more_is_taken_than_finds_room(war: War, home: str) -> None:
    war.give(home, **RICH)
    fleet = conquer(war, home, cruiser=1)
    assert war.fleet(fleet).cargo == {"rare_elements": to_milli(200)}


def test_several_fleets_share_the_loot(war: War, home: str) -> None:
    war.give(home, **RICH)
    war.set("colony", home, units={"cruiser": 4})
    first = war.at_colony("ann", home, battleship=5)
    second = war.at_colony("ann", home, 32, carrier=1, battleship=1)
    battle = war.attack(first, home, "colony")["battle"]
    war.order("combat.reinforce", fleet=second, battle=battle)
    war.fight_out(battle)
    loot = war.battle(battle).loot
    assert set(loot) == {first, second}
    for fleet, taken in loot.items():
        assert war.fleet(fleet).cargo == taken
    carried = sum(sum(taken.values()) for taken in loot.values())
    assert to_milli(4_000) <= carried < to_milli(4_010)


def test_occupation_denies_production_and_ends(war: War, home: str) -> None:
    conquer(war, home)
    colony = war.colony(home)
    assert colony.occupier == "ann"
    assert colony.occupied_until_ms == war.now_ms + OCCUPATION_MS
    assert set(colony.stock.production.rates.values()) == {0}
    war.wait(OCCUPATION_MS)
    colony = war.colony(home)
    assert (colony.occupier, colony.occupied_until_ms) == ("", 0)
    assert colony.stock.production.rates["minerals"] > 0


def test_refuses_to_take_what_one_holds(war: War, home: str) -> None:
    fleet = conquer(war, home)
    with refused("occupied"):
        war.attack(fleet, home, "colony")


def test_another_victor_takes_over(war: War, home: str) -> None:
    war.empire("cid")
    conquer(war, home)
    war.wait(HOUR_MS)
    fleet = war.at_colony("cid", home, battleship=10)
    war.attack(fleet, home, "colony", player="cid")
    assert war.colony(home).occupier == "cid"
    war.wait(OCCUPATION_MS - HOUR_MS)
    assert war.colony(home).occupier == "cid"
    war.wait(HOUR_MS)
    assert war.colony(home).occupier == ""


def test_buildings_finish_while_it_is_besieged_and_held(war: War, home: str) -> None:
    war.order("colonies.build", player="bob", colony=home, building="mine")
    war.set("colony", home, units={"cruiser": 3})
    conquer(war, home)
    war.wait(HOUR_MS)
    colony = war.colony(home)
    assert colony.buildings == {"mine": 1}
    assert set(colony.stock.production.rates.values()) == {0}


def test_the_garrison_can_be_ordered_but_not_flee(war: War, home: str) -> None:
    war.set("colony", home, units={"cruiser": 6})
    fleet = war.at_colony("ann", home, battleship=3)
    battle = war.attack(fleet, home, "colony")["battle"]
    assert war.order(
        "combat.focus", player="bob", battle=battle, fleet=home, target=fleet
    )
    with refused("cannot_retreat"):
        war.order("combat.retreat", player="bob", battle=battle, fleet=home)


def test_the_garrison_cannot_be_launched_in_battle(war: War, home: str) -> None:
    war.set("colony", home, units={"cruiser": 6})
    fleet = war.at_colony("ann", home, battleship=3)
    war.attack(fleet, home, "colony")
    with refused("in_battle"):
        war.order("fleets.launch", player="bob", colony=home, ships={"cruiser": 1})


def test_a_fleet_that_comes_to_defend_joins(war: War, home: str) -> None:
    war.set("colony", home, units={"battleship": 6})
    relief = war.at_colony("bob", home, 5, cruiser=4)
    war.order("fleets.defend", player="bob", fleet=relief, colony=home)
    fleet = war.at_colony("ann", home, battleship=9)
    battle = war.attack(fleet, home, "colony")["battle"]
    arrive_ms = war.fleet(relief).course.arrive_ms
    while not war.fleet(relief).battle and not war.battle(battle).is_over:
        war.wait(100)
    assert war.fleet(relief).battle == battle
    joined = war.battle(battle).forces[-1]
    assert (joined.id, joined.side) == (relief, 1)
    assert joined.tick == (arrive_ms - war.battle(battle).began_ms) // 100


def test_allies_who_are_stationed_defend(war: War, home: str) -> None:
    war.empire("cid")
    war.ally("bob", "cid")
    guard = war.at_colony("cid", home, 1, cruiser=4)
    war.order("fleets.defend", player="cid", fleet=guard, colony=home)
    war.wait(60 * SECOND_MS)
    assert war.colony(home).stationed == (guard,)
    fleet = war.at_colony("ann", home, battleship=9)
    battle = war.battle(war.attack(fleet, home, "colony")["battle"])
    assert {force.id: force.side for force in battle.forces}[guard] == 1


def test_a_retreat_from_a_siege_saves_the_colony(war: War, home: str) -> None:
    war.set("colony", home, units={"battleship": 20})
    fleet = war.at_colony("ann", home, 400, battleship=10)
    battle = war.attack(fleet, home, "colony")["battle"]
    war.order("combat.retreat", battle=battle, fleet=fleet)
    ended = war.fight_out(battle)
    assert ended.winner == 1
    assert tally(ended, ended.forces[0]).state == "fled"
    assert war.fleet(fleet).battle == ""
    assert war.colony(home).occupier == ""
