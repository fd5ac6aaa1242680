"""Ways through the record that no speed allows."""

import pytest

from app.core.units import MINUTE_MS, SECOND_MS, to_milli
from app.game.anticheat.model.traces import Leg
from app.game.anticheat.rules.speed import SPEED, SPEED_MAX_MILLI, impossible_speed

SPEED_MILLI = to_milli(10)


def leg(
    units: float, passed_ms: int, speed_milli: int = SPEED_MILLI, player: str = "p"
) -> Leg:
    return Leg(
        fleet="f",
        player=player,
        from_milli=(1_000, 2_000),
        to_milli=(1_000 + int(units * 600), 2_000 + int(units * 800)),
        from_ms=5_000,
        to_ms=5_000 + passed_ms,
        speed_milli=speed_milli,
    )


@pytest.mark.parametrize(
    ("units", "passed_ms", "speed_milli"),
    [
        pytest.param(600, MINUTE_MS, SPEED_MILLI, id="as fast as the course"),
        pytest.param(660, MINUTE_MS, SPEED_MILLI, id="a tenth faster"),
        pytest.param(0, 0, SPEED_MILLI, id="two events at one moment"),
        pytest.param(1, MINUTE_MS, 0, id="rounding, while it stands"),
        pytest.param(0, -5, SPEED_MILLI, id="a clock that went back"),
    ],
)
def test_lets_pass(units: float, passed_ms: int, speed_milli: int) -> None:
    assert impossible_speed([leg(units, passed_ms, speed_milli)]) == []


@pytest.mark.parametrize(
    ("units", "passed_ms", "speed_milli"),
    [
        pytest.param(700, MINUTE_MS, SPEED_MILLI, id="faster by more than a tenth"),
        pytest.param(50, 1, SPEED_MILLI, id="at once"),
        pytest.param(20, 10 * MINUTE_MS, 0, id="moved while it stood"),
        pytest.param(5_000, MINUTE_MS, to_milli(90), id="a course faster than ships"),
        pytest.param(20, -SECOND_MS, SPEED_MILLI, id="back in time"),
    ],
)
def test_flags(units: float, passed_ms: int, speed_milli: int) -> None:
    [flag] = impossible_speed([leg(units, passed_ms, speed_milli)])
    assert (flag.player, flag.detector, flag.at_ms) == ("p", SPEED, 5_000)
    example = flag.evidence["examples"][0]
    assert example["distance_milli"] == to_milli(units)
    assert example["speed_milli"] == speed_milli


def test_each_player_is_flagged_once() -> None:
    legs = [leg(900, 1), leg(901, 1), leg(900, 1, player="q"), leg(1, MINUTE_MS)]
    flags = impossible_speed(legs)
    assert [(one.player, one.evidence["legs"]) for one in flags] == [("p", 2), ("q", 1)]


def test_no_ship_is_faster_than_the_fastest() -> None:
    assert to_milli(24) <= SPEED_MAX_MILLI
    assert impossible_speed([leg(SPEED_MAX_MILLI / 1_000, SECOND_MS, 10**9)]) == []
