"""Reports of battles, links to replays, and battles that never were."""

from typing import Any

import pytest
from flask import Flask

from app.config import Settings
from app.game import registry
from tests.support.battlefield import fight_out, meet, open_space
from tests.support.web import API, Asker, assert_problem, register

OURS, THEIRS = {"cruiser": 6}, {"frigate": 3}


@pytest.fixture
def galaxy(app: Flask) -> Any:
    return app.extensions["dominion"].cluster.galaxy("1")


@pytest.fixture
def battle(galaxy: Any, settings: Settings, ann: Asker, bob: Asker) -> str:
    """Give a battle of ann's against bob that has just begun."""
    ann.joined()
    bob.joined()
    map_ = registry.build_galaxy(settings.galaxy_seed, settings.planets)
    met = meet(galaxy, open_space(map_), (ann.id, OURS), (bob.id, THEIRS))
    target = {"kind": "fleet", "id": met.theirs}
    data = {"fleet": met.ours, "target": target}
    answer = ann.post("/commands/fleets.attack", json=data).get_json()
    assert answer["ok"], answer
    assert answer["result"]["exchange"]["tick"] == 1
    name: str = answer["result"]["battle"]
    return name


def test_a_running_battle_shows_all_but_the_seed(
    ann: Asker, bob: Asker, battle: str
) -> None:
    for player in (ann, bob):
        shown = player.get(f"/reports/{battle}").get_json()
        assert shown["seed"] is None
        assert shown["winner"] is None
        assert {one["username"] for one in shown["forces"].values()} == {
            ann.username,
            bob.username,
        }
    problem = assert_problem(ann.post(f"/reports/{battle}/share"), 409, "in_progress")
    assert "seed" not in str(problem)


def test_a_report_is_for_who_fought(
    app: Flask, galaxy: Any, ann: Asker, bob: Asker, battle: str
) -> None:
    fight_out(galaxy, battle)
    report = ann.get(f"/reports/{battle}").get_json()
    assert report == bob.get(f"/reports/{battle}").get_json()
    assert report["seed"].isdigit()
    assert report["log"]
    other = register(app)
    other.joined()
    said = [
        assert_problem(other.get(f"/reports/{name}"), 404, "not_found")["detail"]
        for name in (battle, "nothing")
    ]
    assert said[0] == said[1]
    assert_problem(other.post(f"/reports/{battle}/share"), 404, "not_found")
    anyone = app.test_client().get(f"{API}/reports/{battle}")
    assert_problem(anyone, 401, "unauthenticated")


def test_lists_no_report_before_the_persister_wrote_one(ann: Asker) -> None:
    assert ann.get("/reports").get_json() == {"reports": [], "next": None}
    assert_problem(ann.get("/reports?after=x"), 422, "invalid")
    assert_problem(ann.get("/reports?limit=0"), 422, "invalid")


def test_a_link_opens_the_replay_for_anybody(
    app: Flask, galaxy: Any, ann: Asker, battle: str
) -> None:
    ended = fight_out(galaxy, battle)
    path = ann.post(f"/reports/{battle}/share").get_json()["path"]
    replay = app.test_client().get(path).get_json()
    assert replay["chain"] == ended.frame.chain
    assert replay["seed"] == str(ended.seed)
    assert ann.id not in str(replay)


@pytest.mark.parametrize("change", ["x", "", ".", "..", "1.nothing.00"])
def test_refuses_links_that_were_not_given(
    app: Flask, galaxy: Any, ann: Asker, battle: str, change: str
) -> None:
    fight_out(galaxy, battle)
    path = ann.post(f"/reports/{battle}/share").get_json()["path"]
    wrong = path[:-1] + ("0" if path[-1] != "0" else "1")
    client = app.test_client()
    assert_problem(client.get(wrong), 404, "not_found")
    if change:
        assert_problem(client.get(f"{API}/replays/{change}"), 404, "not_found")


def test_a_replays_inputs_give_its_chain_again(
    app: Flask, galaxy: Any, ann: Asker, battle: str
) -> None:
    fight_out(galaxy, battle)
    path = ann.post(f"/reports/{battle}/share").get_json()["path"]
    replay = app.test_client().get(path).get_json()
    inputs = {name: replay[name] for name in ("seed", "forces", "orders")}
    again = ann.post("/simulator", json=inputs).get_json()
    same = ("chain", "tick", "winner", "engine", "seed")
    assert {name: again[name] for name in same} == {name: replay[name] for name in same}
    other = ann.post("/simulator", json=inputs | {"seed": "1"}).get_json()
    assert other["chain"] != replay["chain"]


def simulated(asker: Asker, **data: Any) -> Any:
    return asker.post("/simulator", json=data)


ONE = {"id": "a", "side": 0, "ships": {"cruiser": 3}}
OTHER = {"id": "b", "side": 1, "ships": {"fighter": 9}, "x": 100.5}


def test_simulates_what_was_asked_for(ann: Asker) -> None:
    answer = simulated(ann, forces=[ONE, OTHER], ticks=5).get_json()
    assert (answer["tick"], answer["over"]) == (5, False)
    answer = simulated(ann, forces=[ONE, OTHER]).get_json()
    assert answer["over"]
    assert answer["forces"]["b"]["lost"] == {"fighter": 9}


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"forces": []},
        {"forces": [ONE, ONE]},
        {"forces": [ONE | {"ships": {"fighter": -1}}]},
        {"forces": [ONE | {"ships": {"moon": 1}}]},
        {"forces": [ONE | {"ships": {"fighter": True}}]},
        {"forces": [ONE | {"ships": {"fighter": 10**18}}]},
        {"forces": [ONE | {"x": 1e308}]},
        {"forces": [ONE | {"x": 0.0001}]},
        {"forces": [ONE | {"owner": "x"}]},
        {"forces": [ONE | {"tick": 5}, OTHER]},
        {"forces": [ONE], "orders": [{"tick": 1, "force": "z", "kind": "retreat"}]},
        {"forces": [ONE], "seed": 5},
        {"forces": [ONE], "seed": "99999999999999999999"},
        {"forces": [ONE], "ticks": 6_001},
        {"forces": "x"},
    ],
)
def test_refuses_battles_that_cannot_be(ann: Asker, wrong: dict[str, Any]) -> None:
    assert_problem(simulated(ann, **wrong), 422, "invalid")


def test_simulations_are_limited(ann: Asker) -> None:
    for _ in range(10):
        assert simulated(ann, forces=[ONE], ticks=1).status_code == 200
    assert_problem(simulated(ann, forces=[ONE], ticks=1), 429, "rate_limited")
