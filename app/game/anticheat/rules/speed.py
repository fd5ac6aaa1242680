"""Detect fleets that got farther than any speed allows.

Courses are made by the server, so this guards the record itself: what it finds was
tampered with, or is our own mistake. The allowance is over time, by the server's clock
and with a tenth to spare, so that what rounding moves is no alarm.
"""

from collections import defaultdict
from collections.abc import Iterable
from math import isqrt

from app.core.units import MILLI, SECOND_MS, to_milli
from app.game.anticheat.model.flag import CONFIDENCE_MAX, Flag
from app.game.anticheat.model.traces import Leg
from app.game.colonies.model.units import UNITS
from app.game.galaxy.model.weather import EFFECTS
from app.game.research.model import TECHNOLOGIES

SPEED = "impossible_speed"

SPARE_PERCENT = 90
"""A way may take this part of the time that it needs at the course's speed."""
SLACK_MILLI = to_milli(1)
"""What rounding moves at most, with some to spare."""
EXAMPLES_MAX = 3

_RESEARCH_PERCENT = 100 + sum(
    technology.level_max * technology.effects.get("speed", 0)
    for technology in TECHNOLOGIES.values()
)
SPEED_MAX_MILLI = (
    max(unit.speed for unit in UNITS.values())
    * MILLI
    * _RESEARCH_PERCENT
    * max(effect.speed_percent for effect in EFFECTS.values())
    // 100**2
)
"""Milli-units a second of the fastest ship, with all research, in the best weather."""


def impossible_speed(legs: Iterable[Leg]) -> list[Flag]:
    """Flag the owners of fleets that were too fast, each once."""
    found: dict[str, list[Leg]] = defaultdict(list)
    for leg in legs:
        if _is_too_far(leg):
            found[leg.player].append(leg)
    return [_flag(player, wrong) for player, wrong in found.items()]


def distance_milli(start: tuple[int, int], end: tuple[int, int]) -> int:
    """Give how far two places lie apart, rounded down."""
    return isqrt((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2)


def _is_too_far(leg: Leg) -> bool:
    speed_milli = min(leg.speed_milli, SPEED_MAX_MILLI)
    passed_ms = max(0, leg.to_ms - leg.from_ms)
    allowed = speed_milli * passed_ms * 100 // (SPARE_PERCENT * SECOND_MS)
    return distance_milli(leg.from_milli, leg.to_milli) > allowed + SLACK_MILLI


def _flag(player: str, legs: list[Leg]) -> Flag:
    return Flag(
        player=player,
        detector=SPEED,
        at_ms=legs[0].from_ms,
        confidence_percent=CONFIDENCE_MAX,
        evidence={
            "legs": len(legs),
            "examples": [_example(leg) for leg in legs[:EXAMPLES_MAX]],
        },
    )


def _example(leg: Leg) -> dict[str, object]:
    return {
        "fleet": leg.fleet,
        "from_ms": leg.from_ms,
        "to_ms": leg.to_ms,
        "from_milli": list(leg.from_milli),
        "to_milli": list(leg.to_milli),
        "distance_milli": distance_milli(leg.from_milli, leg.to_milli),
        "speed_milli": leg.speed_milli,
        "speed_max_milli": SPEED_MAX_MILLI,
    }
