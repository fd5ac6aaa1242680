"""The map over HTTP: what one sees, in the same snapshots as rooms, and no more."""

from typing import Any

import pytest
from flask import Flask

from app.game.galaxy.model.map import sector_of
from tests.support.web import Asker, assert_problem, register


def home(asker: Asker, app: Flask) -> tuple[int, int]:
    colony = asker.get(f"/colonies/{asker.joined()}").get_json()
    return int(colony["x"] // 100), int(colony["y"] // 100)


def around(x: int, y: int, reach: int = 0) -> str:
    edges = (x - reach, y - reach, x + reach + 1, y + reach + 1)
    x0, y0, x1, y1 = (100 * edge for edge in edges)
    return f"/sectors?x0={x0}&y0={y0}&x1={x1}&y1={y1}"


def test_the_own_sector_is_seen_and_a_far_one_is_not(
    app: Flask, ann: Asker, bob: Asker
) -> None:
    x, y = home(ann, app)
    far = home(bob, app)
    (own,) = ann.get(around(x, y)).get_json()["sectors"]
    assert (own["x"], own["y"], own["tier"]) == (x, y, "full")
    assert own["room"] == f"sector:{x}:{y}:full"
    (colony,) = own["snapshot"]["colonies"].values()
    assert colony["player"] == ann.id
    assert colony["id"] in {planet["id"] for planet in own["planets"]}
    (theirs,) = ann.get(around(*far)).get_json()["sectors"]
    assert (theirs["tier"], theirs["room"]) == ("public", f"sector:{far[0]}:{far[1]}")
    (icon,) = theirs["snapshot"]["colonies"].values()
    assert set(icon) == {"id", "x", "y", "hidden"}
    assert bob.id not in ann.get(around(*far)).text


def test_a_box_shows_all_sectors_with_planets_and_perils(
    app: Flask, ann: Asker
) -> None:
    x, y = home(ann, app)
    sectors = ann.get(around(x, y, 5)).get_json()["sectors"]
    places = {(one["x"], one["y"]) for one in sectors}
    assert places == {(i, j) for i in range(x - 5, x + 6) for j in range(y - 5, y + 6)}
    assert {one["tier"] for one in sectors} == {"full", "public"}
    for one in sectors:
        assert one["seq"] > 0
        assert one["at_ms"] > 0
        assert one["hazard"] is None or isinstance(one["hazard"], str)
        for planet in one["planets"]:
            assert (planet["x"] // 100, planet["y"] // 100) == (one["x"], one["y"])
            assert {"id", "region", "type"} <= planet.keys()
    world = ann.get("/galaxies/1").get_json()
    whole = ann.get("/sectors?x0=0&y0=0&x1=2000&y1=2000").get_json()["sectors"]
    found = {f"{one['x']}:{one['y']}": one["hazard"] for one in whole if one["hazard"]}
    expected = {
        name: kind
        for name, kind in world["hazards"].items()
        if max(sector_of(name)) < 20
    }
    assert found == expected


def test_nearby_shows_the_nearest_first_and_hides_what_is_in_the_fog(
    app: Flask, ann: Asker
) -> None:
    x, y = (100 * at + 50 for at in home(ann, app))
    others = [register(app) for _ in range(6)]
    colonies = {other.joined(): other for other in others}
    answer = ann.get(f"/nearby?x={x}&y={y}&r=900").get_json()
    distances = [one["distance"] for one in answer["near"]]
    assert distances == sorted(distances)
    assert answer["near"][0]["player"] == ann.id
    assert answer["more"] is False
    for one in answer["near"]:
        if one["id"] in colonies:
            assert one["kind"] == "colony"
            assert one.get("hidden") or one["distance"] < 300
    exact = answer["near"][0]
    again = ann.get(f"/nearby?x={exact['x']}&y={exact['y']}&r=0").get_json()["near"]
    assert [one["id"] for one in again] == [exact["id"]]


NUMBERS = ["", "x", "nan", "inf", "-inf", "1e400", "true", "1_0", " 5", "0x1", "[]"]


@pytest.mark.parametrize("wrong", NUMBERS)
@pytest.mark.parametrize("field", ["x0", "y0", "x1", "y1"])
def test_a_box_is_of_numbers(ann: Asker, field: str, wrong: str) -> None:
    query = {"x0": "0", "y0": "0", "x1": "9", "y1": "9"} | {field: wrong}
    assert_problem(ann.get("/sectors", query_string=query), 422, "invalid")


@pytest.mark.parametrize(
    "query",
    [
        {"x0": 5, "y0": 0, "x1": 4, "y1": 1},
        {"x0": 0, "y0": 0, "x1": 2001, "y1": 2000},
        {"x0": 20_000, "y0": 0, "x1": 20_001, "y1": 1},
        {"x0": 0, "y0": 0, "x1": 1},
        {},
    ],
)
def test_a_box_is_the_right_way_round_inside_and_not_too_large(
    ann: Asker, query: dict[str, Any]
) -> None:
    ann.joined()
    assert_problem(ann.get("/sectors", query_string=query), 422, "invalid")


@pytest.mark.parametrize(
    "query",
    [
        *({"x": wrong, "y": "0", "r": "1"} for wrong in NUMBERS),
        {"x": "0", "y": "0", "r": "900.5"},
        {"x": "0", "y": "0", "r": "-1"},
        {"x": "-0.001", "y": "0", "r": "1"},
        {"x": "0", "y": "10000", "r": "1"},
        {"x": "1e308", "y": "0", "r": "1"},
        {"x": "0", "y": "0"},
    ],
)
def test_nearby_is_around_a_point_of_the_galaxy(
    ann: Asker, query: dict[str, str]
) -> None:
    ann.joined()
    assert_problem(ann.get("/nearby", query_string=query), 422, "invalid")


def test_the_map_is_for_players(app: Flask, ann: Asker) -> None:
    for path in (around(3, 3), "/nearby?x=1&y=1&r=1"):
        assert_problem(app.test_client().get("/api/v1" + path), 401, "unauthenticated")
        assert_problem(ann.get(path), 409, "no_empire")
        ann_elsewhere = ann.get(f"{path}&galaxy=nowhere")
        assert_problem(ann_elsewhere, 404, "not_found")


def test_a_missing_galaxy_server_is_told(
    app: Flask, ann: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    x, y = home(ann, app)
    cluster = app.extensions["dominion"].cluster
    cluster.galaxy("1").store.client.delete(cluster.galaxy("1").keys.epoch)
    assert_problem(ann.get(around(x, y)), 503, "unavailable")


def test_the_colony_of_another_is_absent_however_near(ann: Asker, bob: Asker) -> None:
    colony = bob.joined()
    ann.joined()
    assert_problem(ann.get(f"/colonies/{colony}"), 404, "not_found")
