"""Views are boxes of the map: finite numbers, the right way round, not too large."""

from typing import Any

import pytest

from app.game.vision.model import names
from app.game.vision.schema import SECTORS_MAX, box
from tests.unit.game.world import refused


def of(x0: Any, y0: Any, x1: Any, y1: Any) -> list[str]:
    return names(box({"x0": x0, "y0": y0, "x1": x1, "y1": y1}))


def test_a_box_is_all_sectors_that_it_touches() -> None:
    assert of(0, 0, 100, 100) == ["0:0"]
    assert of(0, 0, 100.001, 100) == ["0:0", "1:0"]
    assert of(99.999, 0, 100, 200) == ["0:0", "0:1"]
    assert of(-50, -1e300, 50, 50) == ["0:0"]
    assert of(9_950, 9_999, 1e308, 20_000) == ["99:99"]


@pytest.mark.parametrize(("at", "sector"), [(0, "0:0"), (100, "1:1"), (150, "1:1")])
def test_a_box_without_extent_is_one_sector(at: float, sector: str) -> None:
    assert of(at, at, at, at) == [sector]


def test_a_view_has_a_bound() -> None:
    assert len(of(0, 0, 2_000, 2_000)) == SECTORS_MAX
    for corner in ((2_000.5, 2_000), (2_000, 2_000.5), (1e308, 1e308)):
        with refused("invalid"):
            of(0, 0, *corner)


@pytest.mark.parametrize(
    "wrong",
    [
        "1", None, True, False, [], {}, [1], {"x": 1}, "nan",
        float("nan"), float("inf"), float("-inf"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("field", ["x0", "y0", "x1", "y1"])
def test_what_is_no_finite_number_is_refused(field: str, wrong: Any) -> None:
    data = {"x0": 0, "y0": 0, "x1": 5, "y1": 5} | {field: wrong}
    with refused("invalid"):
        box(data)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"x0": 0, "y0": 0, "x1": 5},
        {"x0": 0, "y0": 0, "x1": 5, "y1": 5, "seen": 1},
        {"x0": 5, "y0": 0, "x1": 4.999, "y1": 5},
        {"x0": 0, "y0": 5, "x1": 5, "y1": 4},
        {"x0": 10_000, "y0": 0, "x1": 10_100, "y1": 5},
        {"x0": -200, "y0": 0, "x1": -100, "y1": 5},
        {"x0": 1e308, "y0": 0, "x1": 1e308, "y1": 5},
    ],
)
def test_boxes_that_are_none_are_refused(data: dict[str, Any]) -> None:
    with refused("invalid"):
        box(data)
