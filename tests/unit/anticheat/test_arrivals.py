"""Claimed arrivals: what no honest client says, and what explains the rest."""

from collections.abc import Sequence

import pytest

from app.core.units import HOUR_MS, MINUTE_MS, SECOND_MS
from app.game.anticheat.model.flag import Flag
from app.game.anticheat.model.traces import Forecast
from app.game.anticheat.model.watch import Hurry
from app.game.anticheat.rules.arrivals import (
    ARRIVALS,
    hasten,
    impossible_arrivals,
    is_past,
)

WAYS_MS = (4 * MINUTE_MS, 20 * MINUTE_MS, 9 * MINUTE_MS, 35 * MINUTE_MS, 6 * MINUTE_MS)


def forecast(number: int, travel_ms: int, takes_ms: int) -> Forecast:
    at_ms = number * 5 * MINUTE_MS
    return Forecast(
        at_ms=at_ms,
        fleet="f",
        claimed_ms=at_ms + takes_ms,
        arrive_ms=at_ms + travel_ms,
        travel_ms=travel_ms,
    )


def claims(percent: int, late_ms: int = 0, count: int = 5) -> list[Forecast]:
    ways = [WAYS_MS[i % len(WAYS_MS)] for i in range(count)]
    return [
        forecast(i, way, way * percent // 100 - late_ms) for i, way in enumerate(ways)
    ]


def flags(forecasts: Sequence[Forecast]) -> list[Flag]:
    found = (impossible_arrivals("p", hurry) for hurry in hasten(None, forecasts))
    return [flag for flag in found if flag]


def test_flags_a_client_that_shows_fleets_thrice_as_fast() -> None:
    [found] = flags(claims(33))
    assert found.detector == ARRIVALS
    assert found.evidence["early"] == 5
    assert found.evidence["claimed_percent"] in {32, 33}
    assert len(found.evidence["examples"]) == 3


def test_flags_fast_claims_between_right_ones() -> None:
    mixed = [
        forecast(i, way, way if i % 2 else way // 5)
        for i, way in enumerate([*WAYS_MS, *WAYS_MS])
    ]
    [found] = flags(mixed)
    assert (found.evidence["claims"], found.evidence["early"]) == (10, 5)


def test_more_and_earlier_is_surer() -> None:
    [few], [many] = flags(claims(40)), flags(claims(40, count=10))
    [earlier] = flags(claims(5))
    assert few.confidence_percent < many.confidence_percent
    assert few.confidence_percent < earlier.confidence_percent


def test_days_of_it_are_several_episodes() -> None:
    day = claims(30)
    shifted = [
        Forecast(
            at_ms=one.at_ms + 20 * HOUR_MS,
            fleet="f",
            claimed_ms=one.claimed_ms + 20 * HOUR_MS,
            arrive_ms=one.arrive_ms + 20 * HOUR_MS,
            travel_ms=one.travel_ms,
        )
        for one in day
    ]
    assert [flag.at_ms for flag in flags([*day, *shifted])] == [0, 20 * HOUR_MS]


@pytest.mark.parametrize(
    "forecasts",
    [
        pytest.param(claims(100), id="right"),
        pytest.param(claims(72), id="stale weather at its worst"),
        pytest.param(claims(100, 12 * SECOND_MS), id="a slow connection"),
        pytest.param(claims(100, 3 * HOUR_MS), id="a clock that is hours behind"),
        pytest.param(claims(95, 8 * MINUTE_MS), id="a clock and old research"),
        pytest.param(claims(20, count=3), id="three are not enough"),
        pytest.param(
            [forecast(0, MINUTE_MS * 20, i) for i in range(9)], id="nine in one burst"
        ),
        pytest.param(
            [
                forecast(i, way, 0 if i % 4 == 0 else way)
                for i, way in enumerate(WAYS_MS * 4)
            ],
            id="only one in four",
        ),
        pytest.param([], id="no claim"),
    ],
)
def test_lets_pass(forecasts: list[Forecast]) -> None:
    assert flags(forecasts) == []


def test_scans_may_cut_anywhere() -> None:
    forecasts, kept = claims(33, count=12), None
    whole = hasten(None, forecasts)
    for one in forecasts:
        [kept] = hasten(kept, [one])
    assert [kept] == whole


def test_right_claims_alone_are_not_remembered() -> None:
    assert hasten(None, claims(100)) == []
    [hurry] = hasten(None, claims(33))
    assert isinstance(hurry, Hurry)
    assert not is_past(hurry, hurry.last_ms + MINUTE_MS)
    assert is_past(hurry, hurry.last_ms + 2 * HOUR_MS)
