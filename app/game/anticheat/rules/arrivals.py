"""Detect clients that claim arrivals before the fastest course could end.

The server corrects each claim in its answer and believes none; but a client that goes
on claiming them was modified. What honest clients do is explained: weather and research
that they have old news of, commands that a lag spike held up, a clock that is behind.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from app.core.units import DAY_MS, HOUR_MS, SECOND_MS
from app.game.anticheat.model.flag import CONFIDENCE_MAX, Flag, is_over
from app.game.anticheat.model.traces import Forecast
from app.game.anticheat.model.watch import Hurry
from app.game.anticheat.rules.speed import SPARE_PERCENT
from app.game.galaxy.model.weather import EFFECTS

ARRIVALS = "impossible_arrivals"

EARLY_MIN = 4
EARLY_SHARE = 3
"""One claim in so many, at least, is too early: spikes hit only some."""
FORECAST_GAP_MS = 10 * SECOND_MS
"""Claims that follow sooner came in one burst."""
LAG_MS = 15 * SECOND_MS
CLOCK_PERCENT = 20
"""How far a clock's owner may be wrong about how long a way takes."""
CLOCK_MAX_MS = 366 * DAY_MS
"""No clock is farther behind."""
GAP_MS = HOUR_MS
EPISODE_MS = 6 * HOUR_MS
EXAMPLES_MAX = 3

_WEATHERS = [effect.speed_percent for effect in EFFECTS.values()]
SOONEST_PERCENT = SPARE_PERCENT * min(_WEATHERS) // max(_WEATHERS)
"""The part of the travel time that somebody may claim who has old news."""


def hasten(before: Hurry | None, forecasts: Iterable[Forecast]) -> list[Hurry]:
    """Add a player's next claims; give the episodes that they began or prolonged.

    The last one may go on with the next claims.
    """
    episodes: list[Hurry] = []
    last = before
    for forecast in forecasts:
        if last is not None and is_past(last, forecast.at_ms):
            last = None
        if last is None and not _is_early(forecast):
            continue
        if episodes and last is not None:
            episodes.pop()
        last = _added(last or _begun(forecast), forecast)
        episodes.append(last)
    return episodes


def impossible_arrivals(player: str, hurry: Hurry) -> Flag | None:
    """Flag an episode, unless a clock explains it. More and earlier is surer."""
    if hurry.early < EARLY_MIN or hurry.early * EARLY_SHARE < hurry.forecasts:
        return None
    if hurry.clock_min_ms <= hurry.clock_max_ms:
        return None
    claimed_percent = max(0, 100 * hurry.claimed_ms // hurry.travel_ms)
    confidence = 40 + 6 * (hurry.early - EARLY_MIN) + (50 - claimed_percent) // 3
    return Flag(
        player=player,
        detector=ARRIVALS,
        at_ms=hurry.began_ms,
        confidence_percent=min(confidence, CONFIDENCE_MAX),
        evidence={
            "claims": hurry.forecasts,
            "early": hurry.early,
            "claimed_percent": claimed_percent,
            "examples": list(hurry.examples),
        },
    )


def _begun(forecast: Forecast) -> Hurry:
    return Hurry(
        began_ms=forecast.at_ms,
        last_ms=forecast.at_ms - FORECAST_GAP_MS,
        clock_max_ms=CLOCK_MAX_MS,
    )


def is_past(hurry: Hurry, now_ms: int) -> bool:
    """Tell whether what is claimed now belongs to another episode."""
    return is_over(
        hurry.began_ms, hurry.last_ms, now_ms, gap_ms=GAP_MS, most_ms=EPISODE_MS
    )


def _is_early(forecast: Forecast) -> bool:
    claimed_ms = forecast.claimed_ms - forecast.at_ms
    return claimed_ms < forecast.travel_ms * SOONEST_PERCENT // 100 - LAG_MS


def _added(hurry: Hurry, forecast: Forecast) -> Hurry:
    if forecast.at_ms - hurry.last_ms < FORECAST_GAP_MS:
        return hurry
    going = replace(hurry, last_ms=forecast.at_ms, forecasts=hurry.forecasts + 1)
    if not _is_early(forecast):
        return going
    claimed_ms = forecast.claimed_ms - forecast.at_ms
    least_ms = forecast.travel_ms * (100 - CLOCK_PERCENT) // 100 - LAG_MS
    real_ms = forecast.arrive_ms - forecast.at_ms
    most_ms = real_ms * (100 + CLOCK_PERCENT) // 100 + LAG_MS
    return replace(
        going,
        early=going.early + 1,
        claimed_ms=going.claimed_ms + claimed_ms,
        travel_ms=going.travel_ms + forecast.travel_ms,
        clock_min_ms=max(going.clock_min_ms, least_ms - claimed_ms),
        clock_max_ms=min(going.clock_max_ms, most_ms - claimed_ms),
        examples=(*going.examples, _example(forecast))[:EXAMPLES_MAX],
    )


def _example(forecast: Forecast) -> dict[str, object]:
    return {
        "at_ms": forecast.at_ms,
        "fleet": forecast.fleet,
        "claimed_ms": forecast.claimed_ms,
        "arrive_ms": forecast.arrive_ms,
        "fastest_travel_ms": forecast.travel_ms,
    }
