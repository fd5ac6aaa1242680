"""Say what solar weather does: a pure function of seed, region and time.

Each region has its own slots of time, and each slot its weather. So weather needs no
state and no timer, and anyone can look ahead.
"""

from collections.abc import Mapping
from typing import NamedTuple

from app.core import chance
from app.core.units import HOUR_MS

SLOT_MS = 2 * HOUR_MS
"""How long a weather lasts at least (tune)."""


class Effect(NamedTuple):
    """Say how likely a weather is, and what it makes of sensors and of speed."""

    weight: int
    sensor_percent: int
    speed_percent: int


EFFECTS: Mapping[str, Effect] = {
    "calm": Effect(8, 100, 100),
    "clear": Effect(3, 120, 100),
    "solar_wind": Effect(3, 90, 110),
    "ion_storm": Effect(2, 70, 80),
    "solar_flare": Effect(1, 50, 90),
}
"""Weather -> its effect (tune)."""

_LOTS = [name for name, effect in EFFECTS.items() for _ in range(effect.weight)]


class Weather(NamedTuple):
    """Hold the weather of a region: it stays until `until_ms`, and may stay longer."""

    name: str
    sensor_percent: int
    speed_percent: int
    until_ms: int


def weather(seed: str, region: str, at_ms: int) -> Weather:
    """Give the weather of a region at a moment."""
    shift_ms = chance.digest(seed, "weather", region) % SLOT_MS
    slot = (at_ms + shift_ms) // SLOT_MS
    name = _drawn(chance.Chance(seed, "weather", region, slot))
    effect = EFFECTS[name]
    until_ms = (slot + 1) * SLOT_MS - shift_ms
    return Weather(name, effect.sensor_percent, effect.speed_percent, until_ms)


def _drawn(draws: chance.Chance) -> str:
    return _LOTS[draws.below(len(_LOTS))]
