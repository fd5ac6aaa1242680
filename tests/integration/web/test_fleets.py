"""Show own fleets over HTTP, and order them, with nothing of others to be seen."""

import pytest

from tests.support.armament import arm
from tests.support.web import assert_problem

OF_THE_REQUEST = {"request_id", "id", "at_ms"}


@pytest.fixture
def galaxy(app):
    return app.extensions["dominion"].cluster.galaxy("1")


@pytest.fixture
def fleet(galaxy, ann):
    """Give a fleet of ann's."""
    ann.joined()
    colony = arm(galaxy, ann.id, units={"scout": 5})
    answer = order(ann, "launch", colony=colony, ships={"scout": 3})
    return answer.get_json()["result"]["fleet"]


def order(asker, name, **data):
    return asker.post(f"/commands/fleets.{name}", json=data)


def test_lists_own_fleets_whole(ann, bob, fleet):
    shown = ann.get("/fleets").get_json()
    assert shown["stale"] is False
    (one,) = shown["fleets"]
    assert (one["id"], one["ships"], one["path"]) == (fleet, {"scout": 3}, [])
    assert_problem(bob.get("/fleets"), 409, "no_empire")
    bob.joined()
    assert bob.get("/fleets").get_json()["fleets"] == []


def test_names_fleets_among_what_is_ones_own(ann, fleet):
    (empire,) = ann.get("/me").get_json()["empires"]
    assert [one["id"] for one in empire["fleets"]] == [fleet]


def test_shows_a_fleet_on_its_way(ann, fleet):
    (one,) = ann.get("/fleets").get_json()["fleets"]
    to = {"x": one["x"], "y": one["y"]}
    answer = order(ann, "move", fleet=fleet, to=to, predicted_arrival_ms=1).get_json()
    assert answer["ok"] is True
    result = answer["result"]
    assert [set(point) for point in result["path"]] == [{"x", "y", "at_ms"}] * 2
    assert result["corrected_ms"] == result["arrive_ms"] - 1
    (one,) = ann.get("/fleets").get_json()["fleets"]
    assert (one["path"], one["order"]) == ([], None)


def test_refuses_fleets_of_others_as_if_absent(ann, bob, fleet):
    bob.joined()
    said = []
    for one in (fleet, "nothing"):
        answer = order(bob, "move", fleet=one, to={"x": 1, "y": 1})
        problem = assert_problem(answer, 404, "not_found")
        said.append({k: v for k, v in problem.items() if k not in OF_THE_REQUEST})
    assert said[0] == said[1]


@pytest.mark.parametrize("x", ["NaN", "Infinity", "1e308", "1.0001", "-1", "10000"])
def test_refuses_numbers_that_are_no_coordinates(ann, fleet, x):
    body = f'{{"fleet": "{fleet}", "to": {{"x": {x}, "y": 1}}}}'
    answer = ann.post(
        "/commands/fleets.move", data=body, content_type="application/json"
    )
    assert answer.status_code in (400, 422)
    assert answer.get_json(force=True)["code"] == "invalid"
