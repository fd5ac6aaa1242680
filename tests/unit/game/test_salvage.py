"""Destroyed ships leave debris, which fleets may take until it drifts apart."""

import pytest

from app.game.combat.model import debris
from app.game.combat.model.state import tally
from tests.unit.game.war import War
from tests.unit.game.world import refused


@pytest.fixture
def war() -> War:
    return War()


@pytest.fixture
def wreck(war: War) -> str:
    """Fight a battle that ann wins; give its debris."""
    ours, theirs = war.meet({"battleship": 6, "freighter": 2}, {"cruiser": 4})
    return war.fight_out(war.attack(ours, theirs)["battle"]).debris


def test_part_of_what_the_dead_cost_is_left(war: War, wreck: str) -> None:
    battle = war.battle(_found(war, wreck).battle)
    lost = [tally(battle, force).lost for force in battle.forces]
    assert sum(one.get("cruiser", 0) for one in lost) == 4
    least = 4 * 600_000 * 30 // 100
    assert _found(war, wreck).amounts_milli["minerals"] >= least
    assert set(_found(war, wreck).amounts_milli) == {"minerals", "energy"}
    assert _found(war, wreck).sector == battle.sector


def _found(war: War, name: str) -> debris.Debris:
    found: debris.Debris = war.states[debris.ref(name)]
    return found


def test_a_fleet_takes_it_and_it_is_gone(war: War, wreck: str) -> None:
    there = _found(war, wreck)
    fleet = war.launch("ann", freighter=2)
    war.put(fleet, there.x_milli, there.y_milli)
    answer = war.order("fleets.salvage", fleet=fleet, debris=wreck)
    taken = {name: milli / 1_000 for name, milli in there.amounts_milli.items()}
    assert answer["taken"] == taken
    assert war.fleet(fleet).cargo == there.amounts_milli
    assert wreck not in war.snapshot(f"sector:{there.sector}:full")["debris"]
    with refused("not_found"):
        war.order("fleets.salvage", fleet=fleet, debris=wreck)
    assert not war.timers


def test_what_finds_no_room_drifts_on(war: War, wreck: str) -> None:
    there = _found(war, wreck)
    fleet = war.launch("ann", fighter=1)
    war.put(fleet, there.x_milli, there.y_milli)
    war.order("fleets.salvage", fleet=fleet, debris=wreck)
    assert sum(war.fleet(fleet).cargo.values()) == 10_000
    left = sum(_found(war, wreck).amounts_milli.values())
    assert left == sum(there.amounts_milli.values()) - 10_000
    with refused("cargo_full"):
        war.order("fleets.salvage", fleet=fleet, debris=wreck)


def test_it_drifts_apart_in_a_day(war: War, wreck: str) -> None:
    sector = _found(war, wreck).sector
    war.wait(debris.LASTS_MS - 600_000)
    assert wreck in war.snapshot(f"sector:{sector}:full")["debris"]
    war.wait(600_000)
    assert wreck not in war.snapshot(f"sector:{sector}:full")["debris"]


def test_refuses_debris_that_is_far_or_unseen(war: War, wreck: str) -> None:
    there = _found(war, wreck)
    fleet = war.launch("ann", freighter=1)
    war.put(fleet, there.x_milli, there.y_milli + 51_000)
    with refused("out_of_range", range=50):
        war.order("fleets.salvage", fleet=fleet, debris=wreck)
    war.put(fleet, there.x_milli, there.y_milli + 300_000)
    with refused("not_found"):
        war.order("fleets.salvage", fleet=fleet, debris=wreck)
    with refused("not_found"):
        war.order("fleets.salvage", fleet=fleet, debris="nowhere")
    with refused("not_found"):
        war.order("fleets.salvage", player="bob", fleet=fleet, debris=wreck)


def test_refuses_a_fleet_that_fights(war: War, wreck: str) -> None:
    ours, theirs = war.meet({"battleship": 2}, {"cruiser": 4})
    war.attack(ours, theirs)
    with refused("in_battle"):
        war.order("fleets.salvage", fleet=ours, debris=wreck)
