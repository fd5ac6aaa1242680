"""The galaxy follows from its seed."""

from math import hypot

from app.game.galaxy.model.map import (
    PLANET_PERCENT,
    REGION_PERCENT,
    REGIONS,
    SECTORS,
    SIDE_MILLI,
    Galaxy,
    percent,
    region_at,
    sector_at,
    sector_of,
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


def test_twenty_thousand_planets_find_a_place() -> None:
    assert len(Galaxy("full", 20_000).planets) == 20_000


def test_the_same_seed_gives_the_same_hazards_and_protected_sectors() -> None:
    one, same, other = Galaxy("a", 1), Galaxy("a", 2), Galaxy("b", 1)
    assert (one.hazards, one.protected) == (same.hazards, same.protected)
    assert one.hazards != other.hazards


def test_about_6_percent_are_hazards_and_2_percent_protected() -> None:
    for seed in ("a", "b", "dominion"):
        galaxy = Galaxy(seed, 1)
        assert 0.055 <= len(galaxy.hazards) / SECTORS**2 <= 0.07
        assert 0.018 <= len(galaxy.protected) / SECTORS**2 <= 0.022
        assert not galaxy.protected & set(galaxy.hazards)
        assert set(galaxy.hazards.values()) == {"nebula", "black_hole"}


def test_obstacles_are_names_of_sectors_in_the_galaxy() -> None:
    galaxy = Galaxy("a", 1)
    for sector in (*galaxy.hazards, *galaxy.protected):
        x, y = sector_of(sector)
        assert 0 <= x < SECTORS
        assert 0 <= y < SECTORS
        assert sector == f"{x}:{y}"


def test_every_free_sector_can_be_reached_from_every_other() -> None:
    """By its sides, and by fleets that no protected sector lets in."""
    for seed in ("a", "b", "dominion", "tests"):
        galaxy = Galaxy(seed, 1)
        blocked = set(map(sector_of, (*galaxy.hazards, *galaxy.protected)))
        free = {(x, y) for x in range(SECTORS) for y in range(SECTORS)} - blocked
        edge = [min(free)]
        reached = set(edge)
        while edge:
            x, y = edge.pop()
            sides = {(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)} & free
            edge += sides - reached
            reached |= sides
        assert reached == free


def test_no_empire_begins_in_a_hazard_or_where_nobody_attacks() -> None:
    galaxy = Galaxy("a", 5_000)
    homes = {sector_at(home.x_milli, home.y_milli) for home in galaxy.homes}
    assert homes
    assert not homes & set(galaxy.hazards)
    assert not homes & galaxy.protected
    assert {home.region for home in galaxy.homes} == {"mid_rim"}


def test_sectors_list_every_planet_once() -> None:
    galaxy = Galaxy("a", 500)
    sectors = {sector_at(one.x_milli, one.y_milli) for one in galaxy.planets.values()}
    listed = [planet for name in sectors for planet in galaxy.planets_in(name)]
    assert sorted(listed) == sorted(galaxy.planets.values())
    assert galaxy.planets_in("nowhere") == ()
