"""Whatever a client sends about fleets becomes a command or is refused as invalid."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.game.test_wire import GOOD, answered, translated
from tests.unit.game.world import refused


@pytest.mark.parametrize(
    "x",
    [
        -1, -0.001, 10_000, 10_000.0, 9_999.9999, 0.0001, 1e-9, 1e308, -1e308,
        2**70, float("nan"), float("inf"), -float("inf"), True, False, "5", None, [5],
        {"x": 5}, b"5", 5 + 0j,
    ],
)  # fmt: skip
def test_a_coordinate_lies_inside_with_three_decimals_at_most(x: Any) -> None:
    for name, sent in (
        ("fleets.move", {"to": {"x": x, "y": 0}}),
        ("fleets.move", {"to": {"x": 0, "y": x}}),
        ("fleets.move", {"via": [{"x": 0, "y": 0}, {"x": x, "y": 0}]}),
        ("fleets.patrol", {"points": [{"x": 0, "y": 0}, {"x": x, "y": 0}]}),
    ):
        with refused("invalid"):
            translated(name, GOOD[name] | sent)


@given(st.integers(0, 9_999_999))
def test_a_coordinate_keeps_its_three_decimals(milli: int) -> None:
    sent = {"fleet": "f", "to": {"x": milli / 1_000, "y": 0}}
    command: Any = translated("fleets.move", sent)
    assert command.to == (milli, 0)


@given(st.floats(0, 10_000, exclude_max=True))
def test_any_other_number_is_refused_or_kept_as_it_is(x: float) -> None:
    sent = {"fleet": "f", "to": {"x": x, "y": 0}}
    if answered("fleets.move", sent) == "ok":
        command: Any = translated("fleets.move", sent)
        assert command.to[0] / 1_000 == x


@pytest.mark.parametrize(
    "point", [{}, {"x": 1}, {"x": 1, "y": 1, "z": 1}, [1, 1], "1,1", None, 1]
)
def test_a_point_has_two_coordinates(point: Any) -> None:
    for name, sent in (
        ("fleets.move", {"to": point}),
        ("fleets.move", {"via": [point]}),
        ("fleets.patrol", {"points": [point, point]}),
    ):
        with refused("invalid"):
            translated(name, GOOD[name] | sent)


@pytest.mark.parametrize("points", [None, {}, "", [], [{"x": 1, "y": 1}] * 1, 11])
def test_a_patrol_has_two_to_ten_points(points: Any) -> None:
    sent = [{"x": 1, "y": 1}] * points if isinstance(points, int) else points
    with refused("invalid"):
        translated("fleets.patrol", {"fleet": "f", "points": sent})


def test_a_move_passes_ten_points_at_most() -> None:
    sent = GOOD["fleets.move"] | {"via": [{"x": 1, "y": 1}] * 10}
    assert answered("fleets.move", sent) == "ok"
    sent["via"].append({"x": 1, "y": 1})
    with refused("invalid"):
        translated("fleets.move", sent)


@pytest.mark.parametrize("queue", [0, 1, "true", None, [], "yes"])
def test_queue_is_true_or_false(queue: Any) -> None:
    with refused("invalid"):
        translated("fleets.move", GOOD["fleets.move"] | {"queue": queue})
    assert answered("fleets.move", GOOD["fleets.move"] | {"queue": True}) == "ok"


@pytest.mark.parametrize("name", ["fleets.launch", "fleets.split"])
@pytest.mark.parametrize(
    "ships",
    [
        {}, {"scout": 0}, {"scout": -1}, {"scout": 1.0}, {"scout": 1.5},
        {"scout": True}, {"scout": 10**9 + 1}, {"scout": "1"}, {"scout": float("nan")},
        {"death_star": 1}, {1: 1}, ["scout"], "scout", None,
    ],
)  # fmt: skip
def test_ships_are_whole_numbers_by_unit(name: str, ships: Any) -> None:
    with refused("invalid"):
        translated(name, GOOD[name] | {"ships": ships})


@pytest.mark.parametrize(
    "cargo", [{}, {"energy": 0}, {"energy": 1.5}, {"gold": 1}, {"energy": 10**12 + 1}]
)
def test_cargo_is_whole_units_by_resource(cargo: Any) -> None:
    with refused("invalid"):
        translated("fleets.transport", GOOD["fleets.transport"] | {"cargo": cargo})


@pytest.mark.parametrize(
    "time", [-1, -0.5, 2**53, 1e308, float("nan"), float("inf"), "1", True, [1], {}]
)
def test_a_predicted_arrival_is_a_time(time: Any) -> None:
    with refused("invalid"):
        sent = {"predicted_arrival_ms": time}
        translated("fleets.move", GOOD["fleets.move"] | sent)


@pytest.mark.parametrize(
    ("time", "kept"), [(7, 7), (7.0, 7), (7.4, 7), (7.6, 8), (2**53 - 1, 2**53 - 1)]
)
def test_a_predicted_arrival_is_kept_to_the_millisecond(time: Any, kept: int) -> None:
    sent = GOOD["fleets.move"] | {"predicted_arrival_ms": time}
    command: Any = translated("fleets.move", sent)
    assert repr(command.predicted_arrival_ms) == repr(kept)


def test_a_predicted_arrival_of_null_is_none() -> None:
    sent = GOOD["fleets.move"] | {"predicted_arrival_ms": None}
    assert translated("fleets.move", sent) == translated(
        "fleets.move", GOOD["fleets.move"]
    )
