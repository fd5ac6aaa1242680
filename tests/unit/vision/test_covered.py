"""What sensors see is exact: a sector counts once the reach touches any point of it."""

from typing import Any

import pytest

from app.core.chance import Chance
from app.game.colonies.model.sensors import reach_milli
from app.game.fleets.model.state import Course, Fleet, Waypoint
from app.game.galaxy.model.map import SECTOR_MILLI, SECTORS, SIDE_MILLI, region_at
from app.game.galaxy.model.weather import weather
from app.game.vision.model import (
    Sensor,
    area,
    circle,
    names,
    rectangle,
    seen_until,
    sensors,
    spots,
)
from tests.unit.game.world import START_MS, World

SEED = "vision"
FAR = SIDE_MILLI - 1


def touches(x: int, y: int, radius: int, column: int, row: int) -> bool:
    """Tell whether the nearest point of a sector is within reach."""

    def nearest(at: int, first: int) -> int:
        return min(max(at, first), first + SECTOR_MILLI - 1)

    dx = nearest(x, column * SECTOR_MILLI) - x
    dy = nearest(y, row * SECTOR_MILLI) - y
    return dx * dx + dy * dy <= radius * radius


@pytest.mark.parametrize("number", range(60))
def test_a_circle_touches_just_the_sectors_that_it_touches(number: int) -> None:
    draws = Chance("circle", number)
    borders = [0, FAR, SECTOR_MILLI, SECTOR_MILLI - 1, 50 * SECTOR_MILLI]
    x, y = (
        borders[draws.below(5)] if draws.below(3) == 0 else draws.below(SIDE_MILLI)
        for _ in range(2)
    )
    radius = (0, 1, SECTOR_MILLI, draws.below(3_000_000))[draws.below(4)]
    expected = {
        f"{column}:{row}"
        for column in range(SECTORS)
        for row in range(SECTORS)
        if touches(x, y, radius, column, row)
    }
    assert set(names(circle(x, y, radius))) == expected


def test_areas_are_sets_of_sectors() -> None:
    assert names(0) == []
    assert names(rectangle(range(98, 100), range(99, 100))) == ["98:99", "99:99"]
    every = rectangle(range(SECTORS), range(SECTORS))
    assert len(names(every)) == SECTORS**2
    assert spots(names(every)) == every
    assert names(spots(["3:2", "0:0", "3:2"])) == ["0:0", "3:2"]


def at(x: int, y: int, reach: int) -> Sensor:
    return Sensor((Waypoint(x, y, 0),), reach)


def test_weather_stretches_and_shrinks_the_reach() -> None:
    x = y = SIDE_MILLI // 2
    region = region_at(x, y)
    seen = {}
    for hour in range(200):
        at_ms = START_MS + hour * 3_600_000
        percent = weather(SEED, region, at_ms).sensor_percent
        seen[percent] = area(SEED, [at(x, y, 1_000_000)], at_ms)
        assert seen[percent] == circle(x, y, 10_000 * percent)
    assert len(seen) > 1
    assert len(set(seen.values())) == len(seen)


def test_a_moving_sensor_sees_from_where_it_is() -> None:
    path = (Waypoint(0, 0, 1_000), Waypoint(1_000_000, 0, 2_000))
    moving = Sensor(path, 0)
    moments = (0, 1_000, 1_500, 2_000, 9_000)
    seen = {ms: names(area(SEED, [moving], ms)) for ms in moments}
    assert seen == {
        0: ["0:0"], 1_000: ["0:0"], 1_500: ["5:0"], 2_000: ["10:0"], 9_000: ["10:0"],
    }  # fmt: skip
    assert seen_until(SEED, [moving], 1_500)[1] == 1_500
    assert seen_until(SEED, [moving], 2_000)[1] > 2_000


def test_what_stands_sees_the_same_until_the_weather_changes() -> None:
    watching = [at(500_000, 500_000, 900_000), at(5_000_000, 5_000_000, 900_000)]
    now_ms = START_MS
    for _slot in range(50):
        until_ms = seen_until(SEED, watching, now_ms)[1]
        assert until_ms > now_ms
        same = {area(SEED, watching, ms) for ms in (now_ms, until_ms - 1)}
        assert len(same) == 1
        now_ms = until_ms
    assert seen_until(SEED, [], START_MS)[1] > now_ms


def fleet(**changes: Any) -> Fleet:
    fields = {
        "id": "f", "player": "ann", "username": "ann", "name": "f", "home": "h",
        "ships": {"scout": 1}, "x_milli": 7, "y_milli": 8, "sector": "0:0",
        "sensor_milli": 600_000, "created_ms": 0,
    }  # fmt: skip
    return Fleet(**(fields | changes))


def test_sensors_are_those_of_own_colonies_and_own_fleets_that_are_left() -> None:
    world = World()
    home = world.join()
    colony, player = world.states["colony", home], world.states["player", "ann"]
    path = (Waypoint(1, 1, 1), Waypoint(9, 9, 9))
    flying = fleet(course=Course(id="c", path=path))
    fleets = [fleet(), flying, fleet(ships={}), fleet(player="bob")]
    assert sensors(player, [colony], fleets) == (
        at(colony.x_milli, colony.y_milli, 150_000),
        at(7, 8, 600_000),
        Sensor(path, 600_000),
    )


def test_arrays_and_research_widen_what_a_colony_sees() -> None:
    world = World()
    home = world.join()
    world.set("colony", home, buildings={"sensor_array": 3, "mine": 9})
    colony = world.states["colony", home]
    assert reach_milli(colony, {}) == 300_000
    assert reach_milli(colony, {"sensor_range": 25}) == 375_000
