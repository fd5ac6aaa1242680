"""A bot knows where things are, and looks where they go."""

from typing import Any

import pytest

from tests.load.folding import Views
from tests.load.sight import (
    LOOK_EVERY_MS,
    NEAR,
    REACHES,
    Rectangle,
    Sight,
    around,
    position,
)

HOME = {"id": "c", "x": 550.0, "y": 550.0}


def own(*fleets: dict[str, Any]) -> dict[str, Any]:
    return {"colonies": {"c": HOME}, "fleets": {one["id"]: one for one in fleets}}


def fleet(name: str, *path: tuple[float, float, int], **fields: Any) -> dict[str, Any]:
    course = [{"x": x, "y": y, "at_ms": at_ms} for x, y, at_ms in path]
    shown = {"id": name, "player": "p", "x": 0.0, "y": 0.0, "ships": {"fighter": 1}}
    return {**shown, "path": course, "battle": "", **fields}


@pytest.fixture
def views() -> Views:
    return Views()


@pytest.fixture
def sight(views: Views) -> Sight:
    return Sight(views)


def test_a_fleet_is_where_its_course_has_it_by_now() -> None:
    sails = fleet("f", (0, 0, 1_000), (100, 0, 2_000), (100, 50, 3_000))
    places = [position(sails, now_ms) for now_ms in (0, 1_500, 2_500, 9_000)]
    assert places == [(0, 0), (50, 0), (100, 25), (100, 50)]
    assert position(fleet("f", x=7.0, y=8.0), 0) == (7, 8)


def test_a_rectangle_names_whole_sectors_inside_the_galaxy() -> None:
    assert around((550, 550), 1) == Rectangle(400, 400, 700, 700)
    assert around((50, 9_950), 1) == Rectangle(0, 9_800, 200, 10_000)
    assert around((50, 9_950), 0).sectors() == {"0:99"}
    assert len(around((5_000, 5_000), REACHES[-1]).sectors()) <= 400


def test_looks_wider_until_it_knows_a_neighbour(sight: Sight) -> None:
    for number, reach in enumerate((*REACHES, REACHES[-1])):
        wanted = sight.next_look(own(), number * LOOK_EVERY_MS)
        if sight.view != around((550, 550), reach):
            assert wanted == around((550, 550), reach)
            sight.view = wanted
    assert sight.next_look(own(), 10 * LOOK_EVERY_MS) is None
    sight.note("sector:9:5", {"colonies": {"d": {"id": "d", "x": 910.0, "y": 550.0}}})
    assert sight.next_look(own(), 11 * LOOK_EVERY_MS) == around((550, 550), NEAR)


def test_looks_at_home_and_fleets_in_turn_but_at_a_fight_before_all(
    sight: Sight,
) -> None:
    sight.icons["d"] = (910.0, 550.0)
    looks = set()
    for number in range(1, 4):
        sight.view = None
        flying = fleet("f", x=2_050.0, y=2_050.0)
        looks.add(sight.next_look(own(flying), number * LOOK_EVERY_MS))
    assert looks == {around((550, 550), NEAR), around((2_050, 2_050), NEAR)}
    fights = fleet("g", x=3_050.0, y=3_050.0, battle="b")
    sight.view = None
    assert sight.next_look(own(flying, fights), 5 * LOOK_EVERY_MS) == around(
        (3_050, 3_050), NEAR
    )


def test_looks_again_only_after_a_while_and_elsewhere(sight: Sight) -> None:
    sight.icons["d"] = (910.0, 550.0)
    sight.view = sight.next_look(own(), LOOK_EVERY_MS)
    far = fleet("f", x=2_050.0, y=2_050.0, battle="b")
    assert sight.next_look(own(far), LOOK_EVERY_MS + 1) is None
    assert sight.next_look(own(), 2 * LOOK_EVERY_MS) is None
    assert sight.next_look(own(far), 3 * LOOK_EVERY_MS) is not None


def test_strangers_are_others_fleets_in_sectors_that_are_seen(
    sight: Sight, views: Views
) -> None:
    stranger = fleet("g", player="q", x=5.0, y=6.0, battle="b")
    views.show("sector:0:0:full", {"fleets": {"f": fleet("f"), "g": stranger}})
    views.show("sector:1:1", {"colonies": {}})
    assert [tuple(one) for one in sight.strangers("p", 0)] == [
        ("g", (5, 6), {"fighter": 1}, "b")
    ]


def test_neighbours_are_remembered_but_own_colonies_are_none(sight: Sight) -> None:
    sight.note("sector:5:5:full", {"colonies": {"c": HOME}})
    sight.note("sector:6:6", {"colonies": {"d": {"id": "d", "x": 1.0, "y": 2.0}}})
    sight.note("player:p", {"colonies": {"e": {"id": "e", "x": 3.0, "y": 4.0}}})
    assert sight.neighbours(own()["colonies"]) == {"d": (1, 2)}
