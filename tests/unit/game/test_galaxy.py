"""The galaxy follows from its seed."""

from math import hypot
from time import perf_counter

from app.game.galaxy.model.map import (
    PLANET_PERCENT,
    REGION_PERCENT,
    REGIONS,
    SIDE_MILLI,
    Galaxy,
    percent,
    region_at,
    sector_at,
)


def test_the_same_seed_gives_the_same_planets() -> None:
    assert list(Galaxy("a", 300).planets.items()) == list(
        Galaxy("a", 300).planets.items()
    )


def test_another_seed_gives_other_planets() -> None:
    assert not set(Galaxy("a", 300).planets) & set(Galaxy("b", 300).planets)


def test_a_planet_of_a_known_seed_stays_where_it_is() -> None:
    first = next(iter(Galaxy("dominion", 1).planets.values()))
    assert tuple(first) == ("q1a743m5p056s", 8923523, 6592760, "outer_rim", "asteroid")


def test_all_planets_lie_inside_and_have_ids_of_their_own() -> None:
    planets = Galaxy("a", 2_000).planets
    assert len(planets) == 2_000
    for planet in planets.values():
        assert 0 <= planet.x_milli < SIDE_MILLI
        assert 0 <= planet.y_milli < SIDE_MILLI
        assert planet.type in PLANET_PERCENT


def test_regions_are_rings_around_the_centre() -> None:
    for planet in Galaxy("a", 2_000).planets.values():
        distance = hypot(planet.x_milli / 1_000 - 5_000, planet.y_milli / 1_000 - 5_000)
        inner = [name for name, reach in REGIONS.items() if distance < reach]
        assert planet.region == inner[0] == region_at(planet.x_milli, planet.y_milli)


def test_every_region_has_planets_of_every_type() -> None:
    planets = Galaxy("a", 2_000).planets.values()
    kinds = {(planet.region, planet.type) for planet in planets}
    assert len(kinds) == len(REGIONS) * len(PLANET_PERCENT)


def test_regions_list_every_planet_once() -> None:
    galaxy = Galaxy("a", 500)
    listed = [planet for planets in galaxy.regions.values() for planet in planets]
    assert sorted(listed) == sorted(galaxy.planets.values())


def test_sectors_are_squares_of_100_units() -> None:
    assert sector_at(0, 0) == "0:0"
    assert sector_at(99_999, 100_000) == "0:1"
    assert sector_at(SIDE_MILLI - 1, 5_000_000) == "99:50"


def test_region_and_planet_multiply() -> None:
    assert percent("mid_rim", "terrestrial", "minerals") == 10_000
    assert percent("deep_space", "asteroid", "minerals") == 150 * 140
    assert percent("core", "ice", "rare_elements") == 50 * 150


def test_region_multipliers_are_those_of_the_game() -> None:
    def row(region: str) -> list[int]:
        return list(REGION_PERCENT[region].values())

    assert row("core") == [120, 80, 50]
    assert row("mid_rim") == [100, 100, 100]
    assert row("outer_rim") == [70, 130, 150]
    assert row("deep_space") == [50, 150, 200]


def test_twenty_thousand_planets_are_made_quickly() -> None:
    """The aim is 150 ms; the bound leaves room for a busy machine."""
    started = perf_counter()
    assert len(Galaxy("quick", 20_000).planets) == 20_000
    assert perf_counter() - started < 1.5
