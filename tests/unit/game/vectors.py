"""Make the vectors that the client's tests read: what the server's own code gives.

`python -m tests.unit.game.vectors` writes them anew, after a rule has changed.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import orjson

from app.core.units import HOUR_MS, decimal, to_milli
from app.game import registry
from app.game.colonies.model import buildings, sensors, units
from app.game.colonies.model.buildings import BUILDINGS
from app.game.colonies.model.production import production
from app.game.colonies.model.state import Colony
from app.game.colonies.model.stock import Production, Stock, at, in_units, shown
from app.game.colonies.model.terms import refund
from app.game.colonies.model.units import UNITS
from app.game.fleets.model import ships, travel
from app.game.fleets.model import shown as fleets_shown
from app.game.fleets.model.state import along
from app.game.galaxy.model.map import PLANET_PERCENT, REGION_PERCENT
from app.game.research import model as research
from tests.unit.game.path_vectors import ways
from tests.unit.game.recording import session

FOLDER = Path(__file__).parents[2] / "vectors"
START_MS = 1_700_000_000_000
SPEEDS = (0, 13, 45)
MODIFIERS = (
    "energy_rate",
    "minerals_rate",
    "rare_elements_rate",
    "population_rate",
    "storage",
    "housing",
    "speed",
    "sensor_range",
    "cargo",
    "upkeep",
)

Vector = dict[str, Any]


def formulas() -> Vector:
    """Give what the server's formulas give, beside the rules that they follow."""
    return {
        "rules": registry.rules_document(),
        "buildings": list(_buildings()),
        "units": list(_units()),
        "technologies": list(_technologies()),
        "productions": list(_many(60, _production)),
        "stocks": list(_many(80, _stock)),
        "refunds": list(_many(10, _refund)),
        "ships": list(_many(40, _ships)),
        "courses": list(_many(40, _course)),
        "colony_sensors": list(_many(10, _colony_sensor)),
    }


def _many(count: int, make: Callable[[Random], Vector]) -> Iterator[Vector]:
    draws = Random(f"vectors {make.__name__}")
    return (make(draws) for _ in range(count))


def _buildings() -> Iterator[Vector]:
    for name in BUILDINGS:
        for level in (1, 2, 7, 16, buildings.LEVEL_MAX):
            yield {
                "building": name,
                "level": level,
                "cost": in_units(buildings.cost(name, level)),
                "ms": {
                    speed: buildings.duration_ms(name, level, speed) for speed in SPEEDS
                },
            }


def _units() -> Iterator[Vector]:
    for name in UNITS:
        for count in (1, 7, units.BATCH_MAX):
            yield {
                "unit": name,
                "count": count,
                "cost": in_units(units.cost(name, count)),
                "ms": {
                    speed: units.duration_ms(name, count, speed) for speed in SPEEDS
                },
            }


def _technologies() -> Iterator[Vector]:
    for name, table in research.TECHNOLOGIES.items():
        for level in sorted({1, 2, 5, table.level_max}):
            yield {
                "technology": name,
                "level": level,
                "cost": in_units(research.cost(name, level)),
                "ms": {
                    speed: research.duration_ms(name, level, speed) for speed in SPEEDS
                },
            }


def _production(draws: Random) -> Vector:
    colony = _colony(draws)
    modifiers = _modifiers(draws)
    made = production(colony, modifiers)
    return {
        "site": {
            "region": colony.region,
            "planet_type": colony.planet_type,
            "buildings": colony.buildings,
            "units": colony.units,
            "away": colony.away,
            "occupier": colony.occupier,
        },
        "modifiers": modifiers,
        "rates_per_hour": in_units(made.rates),
        "capacity": in_units(made.capacities_milli),
    }


def _colony(draws: Random) -> Colony:
    return Colony(
        id="c",
        player="ann",
        username="ann",
        name="Home",
        x_milli=0,
        y_milli=0,
        region=draws.choice(sorted(REGION_PERCENT)),
        planet_type=draws.choice(sorted(PLANET_PERCENT)),
        founded_ms=START_MS,
        stock=_grown_stock(draws),
        buildings=_counts(draws, BUILDINGS, draws.choice((3, 12, 30))),
        units=_counts(draws, UNITS, 40),
        away=_counts(draws, UNITS, 20),
        occupier="bob" if draws.random() < 0.1 else "",
    )


def _stock(draws: Random) -> Vector:
    stock = _grown_stock(draws)
    now_ms = START_MS + draws.randrange(3 * HOUR_MS)
    return {
        "resources": shown(stock),
        "now_ms": now_ms,
        "amounts": in_units(at(stock, now_ms).amounts_milli),
    }


def _grown_stock(draws: Random) -> Stock:
    names = ("energy", "minerals", "rare_elements", "population")
    return Stock(
        amounts_milli={name: draws.randrange(to_milli(12_000)) for name in names},
        carries=dict.fromkeys(names, 0),
        production=Production(
            rates={name: draws.randrange(to_milli(9_000)) for name in names},
            capacities_milli=dict.fromkeys(names, to_milli(10_000)),
        ),
        since_ms=START_MS,
        until_ms=START_MS + draws.randrange(2 * HOUR_MS),
    )


def _refund(draws: Random) -> Vector:
    paid = {name: draws.randrange(to_milli(9_000)) for name in ("energy", "minerals")}
    return {"paid": in_units(paid), "back": in_units(refund(paid))}


def _ships(draws: Random) -> Vector:
    held, modifiers = _counts(draws, UNITS, 30), _modifiers(draws)
    weather = draws.choice((80, 90, 100, 110))
    return {
        "ships": held,
        "modifiers": modifiers,
        "weather_percent": weather,
        "speed_milli": ships.speed_milli(held, modifiers, weather),
        "sensor": decimal(ships.sensor_milli(held, modifiers)),
        "cargo": decimal(ships.capacity_milli(held, modifiers)),
        "speed": ships.speed(held),
        "range": ships.reach(held),
        "upkeep": ships.upkeep(held),
        "has_warships": ships.has_warships(held),
    }


def _course(draws: Random) -> Vector:
    points = [_point(draws) for _ in range(draws.randrange(2, 6))]
    if draws.random() < 0.3:
        points.append(points[-1])
    speed_milli = draws.randrange(1_000, 60_000)
    course = travel.course("c", points, speed_milli, START_MS)
    times = [
        draws.randrange(course.depart_ms - 9, course.arrive_ms + 9) for _ in range(4)
    ]
    return {
        "points": [{"x": decimal(x), "y": decimal(y)} for x, y in points],
        "speed_milli": speed_milli,
        "depart_ms": START_MS,
        "path": fleets_shown.points(course.path),
        "places": [_place(along(course.path, at_ms), at_ms) for at_ms in times],
    }


def _point(draws: Random) -> tuple[int, int]:
    return draws.randrange(to_milli(10_000)), draws.randrange(to_milli(10_000))


def _place(point: tuple[int, int], at_ms: int) -> Vector:
    return {"at_ms": at_ms, "x": decimal(point[0]), "y": decimal(point[1])}


def _colony_sensor(draws: Random) -> Vector:
    colony, modifiers = _colony(draws), _modifiers(draws)
    return {
        "buildings": colony.buildings,
        "modifiers": modifiers,
        "sensor": decimal(sensors.reach_milli(colony, modifiers)),
    }


def _counts(draws: Random, table: Mapping[str, Any], most: int) -> dict[str, int]:
    names = draws.sample(sorted(table), draws.randrange(len(table)))
    return {name: draws.randrange(1, most + 1) for name in names}


def _modifiers(draws: Random) -> dict[str, int]:
    drawn = {name: draws.randrange(0, 60) for name in MODIFIERS}
    return drawn | {"upkeep": -draws.randrange(0, 41)}


VECTORS: Mapping[str, Callable[[], Vector]] = {
    "formulas.json": formulas,
    "broadcasts.json": session,
    "paths.json": ways,
}
"""File in tests/vectors -> what makes it."""


def encoded(vector: Vector) -> bytes:
    """Write a vector as its file holds it: one line a part, so that changes show."""
    lines = (orjson.dumps(name) + b": " + _part(part) for name, part in vector.items())
    return b"{\n" + b",\n".join(lines) + b"\n}\n"


def _part(part: Any) -> bytes:
    if not isinstance(part, list):
        return orjson.dumps(part, option=orjson.OPT_NON_STR_KEYS)
    each = (orjson.dumps(one, option=orjson.OPT_NON_STR_KEYS) for one in part)
    return b"[\n" + b",\n".join(each) + b"\n]"


if __name__ == "__main__":
    for name, make in VECTORS.items():
        (FOLDER / name).write_bytes(encoded(make()))
