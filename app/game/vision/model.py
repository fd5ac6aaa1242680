"""Compute what sensors see: sectors, exactly, in integers.

A sector is seen as a whole once the reach of any sensor touches it. The reach is a
circle; solar weather in the region of the sensor stretches or shrinks it. A set of
sectors is an `Area`: one bit each, so that sets of many sensors are joined and compared
in no time.
"""

from collections.abc import Iterable
from functools import lru_cache
from math import isqrt

from msgspec import Struct

from app.game.colonies.model.sensors import reach_milli
from app.game.colonies.model.state import Colony
from app.game.fleets.model.state import Fleet, Waypoint, along
from app.game.galaxy.model.map import SECTOR_MILLI, SECTORS, region_at, sector_of
from app.game.galaxy.model.weather import weather
from app.game.players.model import Player

Area = int
"""A set of sectors: bit `y * SECTORS + x` stands for the sector `"<x>:<y>"`."""

FOREVER_MS = 2**40
"""Longer than anything lasts."""
WEATHERS_KEPT = 64
CIRCLES_KEPT = 4_096
"""At most 1.3 KB each."""

EVERYWHERE = tuple(f"{x}:{y}" for y in range(SECTORS) for x in range(SECTORS))
"""The name of every sector, in the order of the bits."""
_ROW = (1 << SECTORS) - 1


class Sensor(Struct, frozen=True):
    """Hold one sensor: where it is when, and how far it sees in calm weather.

    Before and after its path it stands at the ends of it.
    """

    path: tuple[Waypoint, ...]
    range_milli: int


def sensors(
    player: Player, colonies: Iterable[Colony], fleets: Iterable[Fleet]
) -> tuple[Sensor, ...]:
    """Give the sensors of a player's own colonies and fleets."""
    standing = [
        Sensor(_at(one.x_milli, one.y_milli), reach_milli(one, player.modifiers))
        for one in colonies
        if one.player == player.id
    ]
    flying = [
        Sensor(
            fleet.course.path if fleet.course else _at(fleet.x_milli, fleet.y_milli),
            fleet.sensor_milli,
        )
        for fleet in fleets
        if fleet.ships and fleet.player == player.id
    ]
    return (*standing, *flying)


def _at(x_milli: int, y_milli: int) -> tuple[Waypoint, ...]:
    return (Waypoint(x_milli, y_milli, 0),)


def area(seed: str, watching: Iterable[Sensor], at_ms: int) -> Area:
    """Give the sectors that sensors see at a moment."""
    return seen_until(seed, watching, at_ms)[0]


def seen_until(seed: str, watching: Iterable[Sensor], at_ms: int) -> tuple[Area, int]:
    """Give the sectors that sensors see at a moment, and until when they surely do.

    That is the moment itself while one moves, else when the weather may change.
    """
    found, until_ms = 0, at_ms + FOREVER_MS
    for sensor in watching:
        end = sensor.path[-1]
        moves = at_ms < end.at_ms
        if moves:
            x_milli, y_milli = along(sensor.path, at_ms)
        else:
            x_milli, y_milli = end.x_milli, end.y_milli
        percent, same_ms = _weather(seed, region_at(x_milli, y_milli), at_ms)
        reach = sensor.range_milli * percent // 100
        found |= (circle if moves else _still)(x_milli, y_milli, reach)
        until_ms = at_ms if moves else min(until_ms, same_ms)
    return found, until_ms


@lru_cache(WEATHERS_KEPT)
def _weather(seed: str, region: str, at_ms: int) -> tuple[int, int]:
    """Give what weather makes of sensors at a moment, and until when it surely does.

    Kept, because many look at the same moment.
    """
    found = weather(seed, region, at_ms)
    return found.sensor_percent, found.until_ms


def circle(x_milli: int, y_milli: int, radius_milli: int) -> Area:
    """Give the sectors that have a point within `radius_milli` of a point."""
    first_row = max(0, (y_milli - radius_milli) // SECTOR_MILLI)
    last_row = min(SECTORS - 1, (y_milli + radius_milli) // SECTOR_MILLI)
    found = 0
    for row in range(first_row, last_row + 1):
        top = row * SECTOR_MILLI
        away = max(top - y_milli, y_milli - (top + SECTOR_MILLI - 1), 0)
        half = isqrt(radius_milli * radius_milli - away * away)
        first = max(0, (x_milli - half) // SECTOR_MILLI)
        last = min(SECTORS - 1, (x_milli + half) // SECTOR_MILLI)
        found |= (_ROW >> (SECTORS - 1 - last + first)) << (row * SECTORS + first)
    return found


_still = lru_cache(CIRCLES_KEPT)(circle)
"""Draw the circle of what doesn't move: it is looked at again and again."""


def rectangle(columns: range, rows: range) -> Area:
    """Give the sectors of some neighbouring columns and rows."""
    line = (_ROW >> (SECTORS - len(columns))) << columns.start
    return sum(line << (row * SECTORS) for row in rows)


def spot(sector: str) -> Area:
    """Give the area that is one sector."""
    x, y = sector_of(sector)
    return 1 << (y * SECTORS + x)


def spots(sectors: Iterable[str]) -> Area:
    """Give the area that is some sectors."""
    found = 0
    for sector in sectors:
        found |= spot(sector)
    return found


def names(some: Area) -> list[str]:
    """Name the sectors of an area, row by row."""
    bits = f"{some:b}"[::-1]
    found = []
    at = bits.find("1")
    while at >= 0:
        found.append(EVERYWHERE[at])
        at = bits.find("1", at + 1)
    return found
