"""Attacks take effect at once, or are refused with a code."""

from typing import Any

import pytest

from app.core.chance import digest
from app.core.message import Ref
from app.game.colonies.model.state import Colony
from app.game.combat.model.state import tally
from tests.unit.game.war import GALAXY, MINUTE_MS, War
from tests.unit.game.world import refused

FIGHTERS = {"fighter": 10}
CRUISERS = {"cruiser": 2}


@pytest.fixture
def war() -> War:
    return War()


def test_the_ack_carries_the_first_exchange(war: War) -> None:
    ours, theirs = war.meet(FIGHTERS, CRUISERS)
    answer = war.attack(ours, theirs)
    exchange = answer["exchange"]
    assert exchange["tick"] == 1
    assert len(exchange["chain"]) == 64
    assert {one["id"]: one["side"] for one in exchange["forces"]} == {
        ours: 0,
        theirs: 1,
    }
    alive = sum(sum(one["ships"].values()) for one in exchange["forces"])
    assert sum(row["ships"] for row in exchange["rows"]) == alive
    assert alive + sum(sum(one["lost"].values()) for one in exchange["forces"]) == 12


def test_both_fleets_are_in_battle_where_they_are(war: War) -> None:
    ours, theirs = war.meet(FIGHTERS, CRUISERS)
    battle = war.attack(ours, theirs)["battle"]
    assert war.fleet(ours).battle == war.fleet(theirs).battle == battle
    assert war.battle(battle).sector == war.fleet(theirs).sector
    assert war.battle(battle).colony == ""


def test_a_fleet_under_way_stops_to_fight(war: War) -> None:
    ours, theirs = war.meet(FIGHTERS, CRUISERS)
    war.order("fleets.move", player="bob", fleet=theirs, to=war.near(theirs, 40))
    war.order(
        "fleets.move", player="bob", fleet=theirs, to=war.near(theirs), queue=True
    )
    war.wait(1_000)
    at = war.at(theirs)
    war.attack(ours, theirs)
    fleet = war.fleet(theirs)
    assert (fleet.course, fleet.order, fleet.queue) == (None, None, ())
    assert (fleet.x_milli, fleet.y_milli) == at
    assert not [name for name in war.timers if ".a" in name or ".x" in name]


def test_the_first_attack_ends_the_attackers_shield(war: War) -> None:
    ours, theirs = war.meet(FIGHTERS, CRUISERS)
    war.set("player", "ann", shield_until_ms=war.now_ms + MINUTE_MS)
    war.attack(ours, theirs)
    assert war.player("ann").shield_until_ms == 0


def test_a_shield_covers_no_fleet_in_space(war: War) -> None:
    ours, theirs = war.meet(FIGHTERS, CRUISERS)
    war.set("player", "bob", shield_until_ms=war.now_ms + MINUTE_MS)
    assert war.attack(ours, theirs)["battle"]


def test_the_seed_follows_from_the_secret_and_the_command(war: War) -> None:
    ours, theirs = war.meet(FIGHTERS, CRUISERS)
    battle = war.battle(war.attack(ours, theirs)["battle"])
    assert battle.seed in {digest("secret", f"ann/{i}") for i in range(99)}
    assert battle.seed not in {digest("", f"ann/{i}") for i in range(99)}


def test_research_counts_in_battle(war: War) -> None:
    ours, theirs = war.meet(FIGHTERS, CRUISERS)
    war.set("player", "ann", modifiers={"attack": 25, "minerals_rate": 5})
    battle = war.battle(war.attack(ours, theirs)["battle"])
    assert battle.forces[0].modifiers == {"attack": 25}


def test_refuses_a_fleet_that_is_not_ones_own(war: War) -> None:
    ours, theirs = war.meet(FIGHTERS, CRUISERS)
    with refused("not_found") as mine:
        war.attack(theirs, ours)
    with refused("not_found") as nobodys:
        war.attack("nowhere", ours)
    assert str(mine) == str(nobodys)


def test_refuses_a_fleet_in_battle(war: War) -> None:
    ours, theirs = war.meet(FIGHTERS, CRUISERS)
    war.attack(ours, theirs)
    with refused("in_battle"):
        war.attack(ours, theirs)


def test_refuses_a_fleet_without_warships(war: War) -> None:
    ours, theirs = war.meet({"scout": 3, "freighter": 1}, CRUISERS)
    with refused("requirements_missing"):
        war.attack(ours, theirs)


def test_refuses_a_dead_target_like_one_that_never_was(war: War) -> None:
    ours, theirs = war.meet(FIGHTERS, CRUISERS)
    war.set("fleet", theirs, ships={})
    assert _refusal(war, ours, theirs) == _refusal(war, ours, "nowhere")


def test_refuses_an_unseen_target_like_one_that_never_was(war: War) -> None:
    ours, theirs = war.meet({"battleship": 1}, CRUISERS, units_off=450)
    assert _refusal(war, ours, theirs) == _refusal(war, ours, "nowhere")
    assert _refusal(war, ours, theirs)[0] == "not_found"
    war.set("fleet", ours, sensor_milli=600_000)
    assert war.attack(ours, theirs)["battle"]


def test_a_hidden_target_is_refused_alike_for_every_reason(war: War) -> None:
    """What is not seen tells nothing: not whose it is, nor whether it fights."""
    ours, theirs = war.meet({"battleship": 1}, CRUISERS, units_off=450)
    hidden = _refusal(war, ours, theirs)
    war.ally("ann", "bob")
    assert _refusal(war, ours, theirs) == hidden
    war.set("fleet", theirs, battle="elsewhere")
    assert _refusal(war, ours, theirs) == hidden


def _refusal(war: War, fleet: str, target: str) -> tuple[Any, ...]:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - it is compared as a whole
        war.attack(fleet, target)
    return caught.value.args


def test_refuses_ones_own_and_allies(war: War) -> None:
    ours, theirs = war.meet(FIGHTERS, CRUISERS)
    more = war.at_colony("ann", war.homes["ann"], **FIGHTERS)
    with refused("own_target"):
        war.attack(ours, more)
    with refused("own_target"):
        war.attack(ours, war.homes["ann"], "colony")
    war.ally("ann", "bob")
    with refused("allied"):
        war.attack(ours, theirs)


def test_refuses_what_is_out_of_range(war: War) -> None:
    ours, theirs = war.meet(FIGHTERS, CRUISERS, units_off=201)
    war.set("fleet", ours, sensor_milli=400_000)
    with refused("out_of_range", range=200):
        war.attack(ours, theirs)
    with refused("out_of_range"):
        war.attack(ours, war.homes["bob"], "colony")
    war.set("player", "ann", modifiers={"range": 20})
    assert war.attack(ours, theirs)["battle"]


def test_refuses_attacks_in_protected_sectors(
    war: War, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = war.meet(FIGHTERS, CRUISERS)
    sector = war.fleet(theirs).sector
    monkeypatch.setitem(GALAXY.__dict__, "protected", frozenset({sector}))
    with refused("protected"):
        war.attack(ours, theirs)


def test_refuses_a_shielded_colony(war: War) -> None:
    ours = war.at_colony("ann", war.homes["bob"], **FIGHTERS)
    until_ms = war.now_ms + MINUTE_MS
    war.set("player", "bob", shield_until_ms=until_ms)
    with refused("shielded", shield_until_ms=until_ms):
        war.attack(ours, war.homes["bob"], "colony")
    war.wait(MINUTE_MS)
    assert war.attack(ours, war.homes["bob"], "colony")["battle"]


def test_an_attack_can_wait_for_its_turn(war: War) -> None:
    ours, theirs = war.meet(FIGHTERS, CRUISERS)
    war.order("fleets.move", fleet=ours, to=war.near(ours, 5, 5))
    answer = war.order(
        "fleets.attack",
        fleet=ours,
        target={"kind": "fleet", "id": theirs},
        queue=True,
    )
    assert answer["queued"] == 1
    assert war.fleet(ours).battle == ""
    war.wait(10 * MINUTE_MS)
    assert "BattleEntered" in [
        type(event).__name__ for event in war.events("fleet", ours)
    ]


def test_an_attack_whose_turn_comes_too_late_fails_aloud(war: War) -> None:
    ours, theirs = war.meet(FIGHTERS, CRUISERS)
    war.order("fleets.move", fleet=ours, to=war.near(ours, 5, 5))
    target = {"kind": "fleet", "id": theirs}
    war.order("fleets.attack", fleet=ours, target=target, queue=True)
    war.set("fleet", theirs, ships={})
    war.wait(10 * MINUTE_MS)
    failed = [one for one in war.heard["player:ann"] if "order_failed" in one["type"]]
    assert [one["code"] for one in failed] == ["not_found"]


def test_who_attacks_a_fleet_in_battle_joins_on_a_new_side(war: War) -> None:
    war.empire("cid")
    ours, theirs = war.meet(FIGHTERS, CRUISERS)
    third = war.at_colony("cid", war.homes["ann"], 40, **CRUISERS)
    battle = war.attack(ours, theirs)["battle"]
    answer = war.attack(third, theirs, player="cid")
    assert answer["battle"] == battle
    sides = {force.id: force.side for force in war.battle(battle).forces}
    assert sides == {ours: 0, theirs: 1, third: 2}


def test_an_ally_who_attacks_joins_on_the_allys_side(war: War) -> None:
    war.empire("cid")
    war.ally("ann", "cid")
    ours, theirs = war.meet(FIGHTERS, CRUISERS)
    third = war.at_colony("cid", war.homes["ann"], 40, **CRUISERS)
    battle = war.attack(ours, theirs)["battle"]
    war.attack(third, theirs, player="cid")
    assert [force.side for force in war.battle(battle).forces] == [0, 1, 0]


def test_a_defenseless_colony_falls_at_once(war: War) -> None:
    ours = war.at_colony("ann", war.homes["bob"], **FIGHTERS)
    answer = war.attack(ours, war.homes["bob"], "colony")
    battle = war.battle(answer["battle"])
    assert battle.is_over
    assert battle.winner == 0
    assert war.fleet(ours).battle == ""
    colony: Colony = war.states[Ref("colony", war.homes["bob"])]
    assert (colony.battle, colony.occupier) == ("", "ann")


def test_stationed_fleets_fight_in_the_first_exchange(war: War) -> None:
    home = war.homes["bob"]
    guards = [war.launch("bob", **CRUISERS) for _ in range(5)]
    for guard in guards:
        war.order("fleets.defend", player="bob", fleet=guard, colony=home)
    war.wait(10)
    idle = war.launch("bob", freighter=1)
    war.order("fleets.defend", player="bob", fleet=idle, colony=home)
    war.wait(10)
    ours = war.at_colony("ann", home, battleship=9)
    exchange = war.attack(ours, home, "colony")["exchange"]
    assert [one["id"] for one in exchange["forces"]] == [ours, home, *guards[:3]]
    battle = war.battle(war.fleet(ours).battle)
    assert {force.id for force in battle.forces} == {ours, home, *guards}
    assert {war.fleet(guard).battle for guard in guards} == {battle.id}
    assert war.fleet(idle).battle == ""
    assert tally(battle, battle.forces[0]).ships


def test_guards_that_come_late_are_waited_for(war: War) -> None:
    """The first three are no warships; the battle begins with the one behind them."""
    home = war.homes["bob"]
    for unit in ("freighter", "freighter", "freighter", "cruiser"):
        guard = war.launch("bob", **{unit: 4})
        war.order("fleets.defend", player="bob", fleet=guard, colony=home)
        war.wait(10)
    ours = war.at_colony("ann", home, battleship=6)
    exchange = war.attack(ours, home, "colony")["exchange"]
    assert exchange["tick"] == 0
    battle = war.battle(war.fleet(ours).battle)
    assert [force.id for force in battle.forces] == [ours, home, guard]
    assert battle.frame.tick == 1
    assert war.fleet(guard).battle == battle.id
