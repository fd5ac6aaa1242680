"""Battles go on step by step, take orders and fleets, end, and let everybody go."""

import json

import pytest

from app.core.message import Ref
from app.game.combat.model.engine import run
from app.game.combat.model.state import tally
from tests.unit.game.war import War
from tests.unit.game.world import SECOND_MS, refused

FRIGATES = {"frigate": 12}
CRUISERS = {"cruiser": 6}


@pytest.fixture
def war() -> War:
    return War()


@pytest.fixture
def begun(war: War) -> tuple[str, str, str]:
    ours, theirs = war.meet(FRIGATES, CRUISERS)
    return war.attack(ours, theirs)["battle"], ours, theirs


Begun = tuple[str, str, str]


def test_a_step_is_fought_every_second(war: War, begun: Begun) -> None:
    battle, *_fleets = begun
    ticks = []
    for _ in range(4):
        war.wait(SECOND_MS)
        ticks.append(war.battle(battle).frame.tick)
    assert ticks == [10, 20, 30, 40]


def test_the_end_is_that_of_the_engine_at_once(war: War, begun: Begun) -> None:
    battle = war.fight_out(begun[0])
    frame = run.fight(battle.seed, battle.forces, battle.orders)
    assert (frame.chain, frame.winner) == (battle.frame.chain, battle.winner)
    assert frame.tallies == battle.frame.tallies
    assert battle.frame.entities == b""


def test_every_step_says_what_was_lost_and_the_chain(war: War, begun: Begun) -> None:
    battle = war.fight_out(begun[0])
    steps = [one for one in war.events("battle", battle.id) if hasattr(one, "to_tick")]
    assert steps[-1].chain == battle.frame.chain
    lost: dict[str, int] = {}
    for step in steps:
        for units in step.lost.values():
            for unit, count in units.items():
                lost[unit] = lost.get(unit, 0) + count
    ends = [tally(battle, force).lost for force in battle.forces]
    assert lost == {unit: count for end in ends for unit, count in end.items()}


def test_survivors_fly_on_and_the_dead_are_gone(war: War, begun: Begun) -> None:
    battle = war.fight_out(begun[0])
    winner, loser = (begun[1], begun[2])[:: 1 if battle.winner == 0 else -1]
    left = tally(battle, next(one for one in battle.forces if one.id == winner))
    assert war.fleet(winner).battle == ""
    assert war.fleet(winner).ships == left.ships
    assert war.fleet(loser).ships == {}
    assert loser not in war.player(war.fleet(loser).player).fleets
    assert winner in war.player(war.fleet(winner).player).fleets


def test_homes_pay_no_more_for_what_was_lost(war: War, begun: Begun) -> None:
    war.fight_out(begun[0])
    for fleet in begun[1:]:
        home = war.colony(war.fleet(fleet).home)
        assert home.away == war.fleet(fleet).ships


def test_no_view_shows_the_seed_before_the_end(war: War, begun: Begun) -> None:
    seed = str(war.battle(begun[0]).seed)
    war.wait(SECOND_MS)
    war.order("combat.formation", battle=begun[0], fleet=begun[1], formation="assault")
    rooms = [*war.heard, f"sector:{war.battle(begun[0]).sector}:full"]
    shown = json.dumps([war.snapshot(room) for room in rooms])
    assert seed not in shown + json.dumps(war.heard)
    war.fight_out(begun[0])
    whole = war.snapshot(f"battle:{begun[0]}")["battles"][begun[0]]
    assert whole["seed"] == seed
    assert whole["report"] == begun[0]


def test_both_sides_are_told_of_the_end(war: War, begun: Begun) -> None:
    battle = war.fight_out(begun[0])
    for player in ("ann", "bob"):
        ended = [
            one
            for one in war.heard[f"player:{player}"]
            if one["type"] == "battles.ended"
        ]
        assert [one["report"] for one in ended] == [battle.id]
        assert ended[0]["winner"] == battle.winner


def test_a_fleet_that_fled_moves_while_the_battle_goes_on(war: War) -> None:
    ours, theirs = war.meet({"battleship": 30}, {"battleship": 30})
    more = war.at_colony("bob", war.homes["ann"], 61, battleship=30)
    battle = war.attack(ours, theirs)["battle"]
    war.order("combat.reinforce", player="bob", fleet=more, battle=battle)
    war.order("combat.retreat", player="bob", fleet=more, battle=battle)
    war.wait(6 * SECOND_MS)
    assert not war.battle(battle).is_over
    assert war.fleet(more).battle == ""
    assert war.order("fleets.move", player="bob", fleet=more, to=war.near(more, 9))
    with refused("in_battle"):
        war.order("fleets.move", player="bob", fleet=theirs, to=war.near(theirs, 9))
    with refused("not_found"):
        war.order("combat.retreat", player="bob", fleet=more, battle=battle)
    war.order("fleets.stop", player="bob", fleet=more)
    with refused("fled"):
        war.order("combat.reinforce", player="bob", fleet=more, battle=battle)


def test_a_retreat_leaves_the_post(war: War) -> None:
    home = war.homes["ann"]
    ours = war.launch("ann", battleship=9)
    war.order("fleets.defend", fleet=ours, colony=home)
    war.wait(10)
    theirs = war.at_colony("bob", home, battleship=9)
    battle = war.attack(theirs, ours, player="bob")["battle"]
    assert war.colony(home).stationed == (ours,)
    war.order("combat.retreat", fleet=ours, battle=battle)
    war.wait(6 * SECOND_MS)
    assert war.fleet(ours).ships
    assert (war.fleet(ours).stance, war.fleet(ours).post) == ("", "")
    assert war.colony(home).stationed == ()


def test_the_dead_leave_their_post(war: War) -> None:
    home = war.homes["ann"]
    ours = war.launch("ann", fighter=1)
    war.order("fleets.defend", fleet=ours, colony=home)
    war.wait(10)
    theirs = war.at_colony("bob", home, cruiser=9)
    war.fight_out(war.attack(theirs, ours, player="bob")["battle"])
    assert war.fleet(ours).ships == {}
    assert war.colony(home).stationed == ()


@pytest.mark.parametrize(("warships", "goes_on"), [(1, False), (9, True)])
def test_a_blockade_outlives_a_battle_as_its_warships_do(
    war: War, warships: int, goes_on: bool
) -> None:
    home = war.homes["bob"]
    ours = war.launch("ann", fighter=warships, freighter=60)
    answer = war.order("fleets.blockade", fleet=ours, colony=home)
    war.wait(answer["arrive_ms"] - war.now_ms)
    theirs = war.at_colony("bob", home, interceptor=3)
    war.fight_out(war.attack(theirs, ours, player="bob")["battle"])
    fleet = war.fleet(ours)
    assert ("fighter" in fleet.ships, "freighter" in fleet.ships) == (goes_on, True)
    assert (fleet.stance, fleet.post) == (("blockade", home) if goes_on else ("", ""))
    assert war.colony(home).blockades == ((ours,) if goes_on else ())
    heard = war.types(f"sector:{fleet.sector}:full")
    assert ("colonies.blockade_ended" in heard) is not goes_on


def test_cargo_without_room_is_lost(war: War) -> None:
    ours, theirs = war.meet({"fighter": 1, "freighter": 4}, {"cruiser": 1})
    war.set("fleet", ours, cargo={"minerals": 20_000_000, "energy": 10_000})
    battle = war.attack(ours, theirs)["battle"]
    war.wait(2 * SECOND_MS)
    war.order("combat.retreat", fleet=ours, battle=battle)
    war.fight_out(battle)
    fleet = war.fleet(ours)
    assert sum(fleet.cargo.values()) <= 5_000_000 * fleet.ships.get("freighter", 0) + 10


def test_reinforcements_join_their_side(war: War, begun: Begun) -> None:
    war.wait(1_550)
    more = war.at_colony("ann", war.homes["ann"], **FRIGATES)
    answer = war.order("combat.reinforce", fleet=more, battle=begun[0])
    assert (answer["side"], answer["tick"]) == (0, 15)
    assert war.fleet(more).battle == begun[0]
    war.wait(SECOND_MS)
    assert more in war.battle(begun[0]).frame.tallies


def test_refuses_reinforcements_that_may_not_come(war: War, begun: Begun) -> None:
    battle = begun[0]
    war.empire("cid")
    stranger = war.at_colony("cid", war.homes["ann"], **FRIGATES)
    with refused("not_found"):
        war.order("combat.reinforce", player="cid", fleet=stranger, battle=battle)
    with refused("not_found"):
        war.order("combat.reinforce", player="cid", fleet=stranger, battle="nowhere")
    with refused("in_battle"):
        war.order("combat.reinforce", fleet=begun[1], battle=battle)
    with refused("not_found"):
        war.order("combat.reinforce", fleet=stranger, battle=battle)
    scout = war.at_colony("ann", war.homes["ann"], scout=1)
    with refused("requirements_missing"):
        war.order("combat.reinforce", fleet=scout, battle=battle)
    far = war.at_colony("ann", war.homes["ann"], 361, **FRIGATES)
    with refused("out_of_range", range=300):
        war.order("combat.reinforce", fleet=far, battle=battle)
    war.fight_out(battle)
    near = war.at_colony("ann", war.homes["ann"], **FRIGATES)
    with refused("finished"):
        war.order("combat.reinforce", fleet=near, battle=battle)


def test_orders_take_effect_and_are_shown(war: War, begun: Begun) -> None:
    battle, ours, theirs = begun
    war.wait(250)
    answer = war.order("combat.focus", battle=battle, fleet=ours, target=theirs)
    assert answer == {
        "battle": battle,
        "fleet": ours,
        "order": "focus",
        "value": theirs,
        "tick": 2,
    }
    war.order(
        "combat.formation",
        player="bob",
        battle=battle,
        fleet=theirs,
        formation="defensive",
    )
    forces = war.snapshot(f"battle:{battle}")["battles"][battle]["forces"]
    assert forces[ours]["focus"] == theirs
    assert forces[theirs]["formation"] == "defensive"


def test_two_orders_of_one_millisecond_both_count_the_later_stands(
    war: War, begun: Begun
) -> None:
    battle, ours, _theirs = begun
    for formation in ("assault", "defensive"):
        war.order("combat.formation", battle=battle, fleet=ours, formation=formation)
    assert [one.value for one in war.battle(battle).orders] == ["assault", "defensive"]
    forces = war.snapshot(f"battle:{battle}")["battles"][battle]["forces"]
    assert forces[ours]["formation"] == "defensive"


def test_refuses_orders_that_are_not_ones_to_give(war: War, begun: Begun) -> None:
    battle, ours, theirs = begun
    with refused("not_found"):
        war.order("combat.retreat", battle=battle, fleet=theirs)
    with refused("not_found"):
        war.order("combat.retreat", battle="nowhere", fleet=ours)
    with refused("not_found"):
        war.order("combat.focus", battle=battle, fleet=ours, target="nowhere")
    with refused("own_target"):
        war.order("combat.focus", battle=battle, fleet=ours, target=ours)
    war.empire("cid")
    with refused("not_found"):
        war.order("combat.retreat", player="cid", battle=battle, fleet=ours)
    war.fight_out(battle)
    with refused("finished"):
        war.order("combat.retreat", battle=battle, fleet=ours)
    with refused("not_found"):
        war.order("combat.retreat", player="cid", battle=battle, fleet=ours)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("combat.formation", {"formation": "circle"}),
        ("combat.focus", {"target": 5}),
        ("combat.retreat", {"target": "x"}),
        ("fleets.attack", {"target": {"kind": "planet", "id": "x"}}),
        ("fleets.attack", {"target": "x"}),
        ("fleets.attack", {"target": {"kind": "fleet", "id": "x", "owner": "y"}}),
        ("fleets.salvage", {"debris": None}),
        ("combat.reinforce", {"side": 1}),
    ],
)
def test_refuses_messages_that_mean_nothing(
    war: War, name: str, data: dict[str, object]
) -> None:
    full = (
        {"fleet": "x", "battle": "x"} if name.startswith("combat") else {"fleet": "x"}
    )
    with refused("invalid"):
        war.order(name, **full | data)


def test_three_sides_fight_until_one_is_left(war: War) -> None:
    war.empire("cid")
    ours, theirs = war.meet(FRIGATES, CRUISERS)
    third = war.at_colony("cid", war.homes["ann"], 45, battleship=4)
    battle = war.attack(ours, theirs)["battle"]
    war.attack(third, theirs, player="cid")
    ended = war.fight_out(battle)
    assert ended.winner == 2
    assert war.states[Ref("fleet", third)].battle == ""
