"""Make the ways that the client's own search is held against."""

from collections.abc import Iterator
from random import Random
from typing import Any

from app.core.units import decimal
from app.game.galaxy.model.grid import Point
from app.game.galaxy.model.map import SECTOR_MILLI, SIDE_MILLI, Galaxy
from app.game.galaxy.model.paths import find

SEED = "ways"
FAR, NEAR = 120, 40
"""How many ways across the galaxy, and how many to a sector near by."""
BEFORE_SHELTERS = 20
"""How many ways lead into protected sectors, half of them to who lives there."""

Way = dict[str, Any]


def ways() -> dict[str, Any]:
    """Give a galaxy's closed sectors, and the ways that the server finds there."""
    galaxy, draws = Galaxy(SEED, 0), Random(SEED)
    return {
        "terrain": {
            "hazards": dict(galaxy.hazards),
            "protected": sorted(galaxy.protected),
        },
        "ways": [
            *_between(galaxy, draws, FAR, SIDE_MILLI),
            *_between(galaxy, draws, NEAR, 4 * SECTOR_MILLI),
            *_into_shelters(galaxy, draws),
        ],
    }


def _between(galaxy: Galaxy, draws: Random, count: int, apart: int) -> Iterator[Way]:
    for _ in range(count):
        start = _point(draws)
        end = tuple(
            min(SIDE_MILLI - 1, max(0, one + draws.randrange(-apart, apart)))
            for one in start
        )
        yield _way(galaxy, start, (end[0], end[1]), warships=draws.random() < 0.5)


def _into_shelters(galaxy: Galaxy, draws: Random) -> Iterator[Way]:
    names = sorted(galaxy.protected)
    for number in range(BEFORE_SHELTERS):
        sector = draws.choice(names)
        x, y = (int(one) for one in sector.split(":"))
        inside = draws.randrange(SECTOR_MILLI), draws.randrange(SECTOR_MILLI)
        end = (x * SECTOR_MILLI + inside[0], y * SECTOR_MILLI + inside[1])
        opened = (sector,) if number % 2 else ()
        yield _way(galaxy, _point(draws), end, warships=True, opened=opened)


def _way(
    galaxy: Galaxy,
    start: Point,
    end: Point,
    *,
    warships: bool,
    opened: tuple[str, ...] = (),
) -> Way:
    found = find(galaxy, start, end, warships=warships, opened=opened)
    return {
        "from": _shown(start),
        "to": _shown(end),
        "warships": warships,
        "opened": opened,
        "way": [_shown(point) for point in found] if found else None,
    }


def _point(draws: Random) -> Point:
    return draws.randrange(SIDE_MILLI), draws.randrange(SIDE_MILLI)


def _shown(point: Point) -> dict[str, float]:
    return {"x": decimal(point[0]), "y": decimal(point[1])}
