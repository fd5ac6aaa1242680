"""Battles to be watched: by their link, and such that never were."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.config import Settings
from app.game import registry
from app.web import fighting
from tests.support.battlefield import fight_out, meet, open_space
from tests.support.web import API, Asker, assert_problem

ONE = {"id": "a", "side": 0, "ships": {"cruiser": 3}}
OTHER = {"id": "b", "side": 1, "ships": {"fighter": 9}, "x": 100.5}


@pytest.fixture
def galaxy(app: Flask) -> Any:
    return app.extensions["dominion"].cluster.galaxy("1")


@pytest.fixture
def link(galaxy: Any, settings: Settings, ann: Asker, bob: Asker) -> str:
    """Give the link to the replay of a battle of ann's against bob."""
    ann.joined()
    bob.joined()
    map_ = registry.build_galaxy(settings.galaxy_seed, settings.planets)
    fleets = ((ann.id, {"cruiser": 6}), (bob.id, {"frigate": 3}))
    met = meet(galaxy, open_space(map_), *fleets)
    target = {"kind": "fleet", "id": met.theirs}
    data = {"fleet": met.ours, "target": target}
    answer = ann.post("/commands/fleets.attack", json=data).get_json()
    battle = answer["result"]["battle"]
    fight_out(galaxy, battle)
    path: str = ann.post(f"/reports/{battle}/share").get_json()["path"]
    return path


def test_anybody_with_the_link_watches_the_battle(app: Flask, link: str) -> None:
    client = app.test_client()
    replay = client.get(link).get_json()
    answer = client.get(f"{link}/frames")
    film = answer.get_json()
    assert (film["chain"], film["tick"]) == (replay["chain"], replay["tick"])
    assert film["winner"] == replay["winner"]
    assert film["next_tick"] is None
    assert film["frames"][-1]["tick"] == replay["tick"]
    assert answer.cache_control.public
    late = client.get(f"{link}/frames?from_tick=10").get_json()
    assert late["frames"] == film["frames"][1:]


def test_refuses_links_and_ticks_that_are_none(app: Flask, link: str) -> None:
    client = app.test_client()
    assert_problem(client.get(f"{API}/replays/1.x.00/frames"), 404, "not_found")
    for tick in ("-1", "6001", "x"):
        answer = client.get(f"{link}/frames?from_tick={tick}")
        assert_problem(answer, 422, "invalid")


def test_a_battle_that_goes_on_cannot_be_watched_ahead(
    app: Flask, galaxy: Any, settings: Settings, ann: Asker, bob: Asker
) -> None:
    ann.joined()
    bob.joined()
    map_ = registry.build_galaxy(settings.galaxy_seed, settings.planets)
    fleets = ((ann.id, {"cruiser": 6}), (bob.id, {"cruiser": 6}))
    met = meet(galaxy, open_space(map_), *fleets)
    data = {"fleet": met.ours, "target": {"kind": "fleet", "id": met.theirs}}
    answer = ann.post("/commands/fleets.attack", json=data).get_json()
    battle = answer["result"]["battle"]
    refused = ann.post(f"/reports/{battle}/share")
    assert_problem(refused, 409, "in_progress")


def test_a_simulation_is_watched_as_it_was_fought(ann: Asker) -> None:
    asked = {"forces": [ONE, OTHER], "seed": "9"}
    result = ann.post("/simulator", json=asked).get_json()
    film = ann.post("/simulator/frames", json=asked).get_json()
    assert (film["chain"], film["tick"]) == (result["chain"], result["tick"])
    assert film["frames"][-1]["forces"] == result["forces"]


def test_simulations_to_watch_need_a_login_and_sense(app: Flask, ann: Asker) -> None:
    asked = {"forces": [ONE, OTHER]}
    anyone = app.test_client().post(f"{API}/simulator/frames", json=asked)
    assert_problem(anyone, 401, "unauthenticated")
    assert_problem(ann.post("/simulator/frames", json={}), 422, "invalid")


def test_fights_one_at_a_time(ann: Asker) -> None:
    asked = {"forces": [ONE, OTHER]}
    with fighting._turns:
        refused = ann.post("/simulator/frames", json=asked)
    assert_problem(refused, 503, "busy")
    assert refused.headers["Retry-After"] == "2"
    assert ann.post("/simulator/frames", json=asked).status_code == 200


def test_an_address_leaves_turns_to_others(
    app: Flask, link: str, ann: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fighting, "_resting", {})
    monkeypatch.setattr(fighting, "REST_OF_HOME", 1_000_000)
    client = app.test_client()

    def watch(home: str) -> TestResponse:
        return client.get(f"{link}/frames", environ_base={"REMOTE_ADDR": home})

    assert watch("2001:db8::1").status_code == 200
    refused = watch("2001:db8::2")
    assert assert_problem(refused, 429, "rate_limited")["retry_after_ms"] > 0
    assert watch("192.0.2.1").status_code == 200
    assert [watch("127.0.0.1").status_code for _ in range(2)] == [200, 200]
    asked = {"forces": [ONE, OTHER]}
    assert ann.post("/simulator/frames", json=asked).status_code == 200


def test_lists_group_battles_that_can_be_joined(ann: Asker, bob: Asker) -> None:
    ann.joined()
    bob.joined()
    assert ann.get("/arenas").get_json()["arenas"] == []
    asked = {"name": "Duel", "sides": 2, "seats": 1, "join_ms": 60_000}
    called = ann.post("/commands/battle:begin", json=asked).get_json()["result"]
    (arena,) = bob.get("/arenas").get_json()["arenas"]
    assert (arena["id"], arena["name"]) == (called["battle"], "Duel")
    assert arena["state"] == "open"
    assert [one["player"] for one in arena["entries"]] == [ann.id]


def test_who_may_list_group_battles(app: Flask) -> None:
    anyone = app.test_client().get(f"{API}/arenas")
    assert_problem(anyone, 401, "unauthenticated")
