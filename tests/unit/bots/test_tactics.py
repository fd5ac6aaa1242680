"""A bot that fights retreats when it loses, aims, takes formations, brings more."""

from random import Random
from typing import Any

from app.game import registry
from app.game.combat.model.engine.spec import FORMATIONS as KNOWN
from app.game.combat.rules.reinforce import JOINS_WITHIN as BOUND
from tests.load import ships
from tests.load.moves import Move
from tests.load.tactics import FORMATIONS, JOINS_WITHIN, Tactics

TABLE = ships.read(registry.rules_document())


def tactics(seed: int = 1) -> Tactics:
    return Tactics(TABLE, Random(seed))


def force(side: int, fighters: int, **fields: Any) -> dict[str, Any]:
    shown = {"state": "fighting", "focus": "", "formation": "line", "retreats": False}
    return {"side": side, "ships": {"fighter": fighters}, **shown, **fields}


def battle(**forces: dict[str, Any]) -> dict[str, Any]:
    return {"b": {"x": 0.0, "y": 0.0, "forces": forces}}


def own(**battles: str) -> dict[str, Any]:
    shown = {"x": 0.0, "y": 0.0, "path": [], "ships": {"fighter": 2}}
    fleets = {
        name: {"id": name, "battle": one, **shown} for name, one in battles.items()
    }
    return {"fleets": fleets}


def test_knows_what_the_game_allows() -> None:
    assert set(FORMATIONS) == set(KNOWN)
    assert JOINS_WITHIN < BOUND


def test_retreats_once_when_it_is_losing() -> None:
    losing = battle(f=force(0, 1), g=force(1, 3))
    order = {"battle": "b", "fleet": "f"}
    found = tactics().next_move(own(f="b"), losing, 0)
    assert found == Move("combat.retreat", order)
    losing["b"]["forces"]["f"]["retreats"] = True
    assert tactics().next_move(own(f="b"), losing, 0) is None


def test_counts_only_foes_that_fight_on() -> None:
    forces = battle(
        f=force(0, 2), a=force(0, 9), g=force(1, 2), h=force(1, 9, state="fled")
    )
    found = [tactics(seed).next_move(own(f="b"), forces, 0) for seed in range(50)]
    names = {(one.name, one.data.get("target")) for one in found if one}
    assert names == {("combat.focus", "g")}


def test_takes_formations_where_it_has_aimed() -> None:
    forces = battle(f=force(0, 2, focus="g"), g=force(1, 2))
    found = [tactics(seed).next_move(own(f="b"), forces, 0) for seed in range(80)]
    stances = {one.data["formation"] for one in found if one}
    assert stances == {"assault", "defensive"}


def test_brings_a_fleet_that_is_near_once() -> None:
    forces = battle(f=force(0, 2, retreats=True), g=force(1, 2))
    mind = tactics()
    wanted = Move("combat.reinforce", {"fleet": "h", "battle": "b"})
    assert mind.next_move(own(f="b", h=""), forces, 0) == wanted
    assert mind.next_move(own(f="b", h=""), forces, 0) is None
    assert tactics().next_move(own(h=""), forces, 0) is None


def test_knows_nothing_of_a_battle_it_has_not_heard_of() -> None:
    assert tactics().next_move(own(f="elsewhere"), {}, 0) is None
