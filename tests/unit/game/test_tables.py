"""The tables hold together: every name exists, everything can be reached."""

from collections.abc import Mapping
from itertools import pairwise

import pytest

from app.game.colonies.model import buildings, units
from app.game.colonies.model.buildings import BUILDINGS
from app.game.colonies.model.stock import RESOURCES
from app.game.colonies.model.units import UNITS
from app.game.research import model as research
from app.game.research.model import TECHNOLOGIES

SECOND_MS = 1_000
TABLES = {**BUILDINGS, **UNITS, **TECHNOLOGIES}


def test_there_are_the_twelve_buildings() -> None:
    assert set(BUILDINGS) == {
        "mine", "power_plant", "refinery", "habitat", "warehouse", "shipyard",
        "research_lab", "sensor_array", "defense_grid", "trade_hub", "fabricator",
        "embassy",
    }  # fmt: skip


def test_there_are_the_ten_units() -> None:
    assert set(UNITS) == {
        "fighter", "interceptor", "bomber", "frigate", "cruiser", "battleship",
        "carrier", "scout", "colony_ship", "freighter",
    }  # fmt: skip


def test_there_are_at_least_24_technologies_in_four_branches() -> None:
    assert len(TECHNOLOGIES) >= 24
    branches = {"economy", "military", "expansion", "diplomacy"}
    assert {one.branch for one in TECHNOLOGIES.values()} == branches


def test_no_name_stands_for_two_things() -> None:
    assert len(TABLES) == len(BUILDINGS) + len(UNITS) + len(TECHNOLOGIES)


@pytest.mark.parametrize("name", TABLES)
def test_everything_costs_known_resources_and_time(name: str) -> None:
    table = TABLES[name]
    assert table.cost
    assert set(table.cost) <= set(RESOURCES)
    assert all(amount > 0 for amount in table.cost.values())
    assert table.time_s > 0


@pytest.mark.parametrize("name", TABLES)
def test_everything_needs_known_buildings_and_technologies(name: str) -> None:
    table = TABLES[name]
    assert set(table.buildings) <= set(BUILDINGS)
    assert set(table.technologies) <= set(TECHNOLOGIES)
    assert all(need <= buildings.LEVEL_MAX for need in table.buildings.values())
    for technology, need in table.technologies.items():
        assert need <= TECHNOLOGIES[technology].level_max


def test_everything_can_be_reached_from_nothing() -> None:
    reached: set[str] = set()
    while True:
        new = {
            name
            for name, table in TABLES.items()
            if {*table.buildings, *table.technologies} <= reached
        }
        if new == reached:
            break
        reached = new
    assert reached == set(TABLES)


def test_units_counter_other_units_in_a_circle() -> None:
    for unit, table in UNITS.items():
        assert set(table.counters) <= set(UNITS) - {unit}
        assert all(percent > 100 for percent in table.counters.values())
    fighting = {unit for unit, table in UNITS.items() if table.counters}
    countered = {other for table in UNITS.values() for other in table.counters}
    assert fighting - {"interceptor"} <= countered


def rises(figures: list[int]) -> bool:
    return all(low < high for low, high in pairwise(figures))


@pytest.mark.parametrize("name", BUILDINGS)
def test_every_level_of_a_building_costs_more_and_takes_longer(name: str) -> None:
    levels = range(1, buildings.LEVEL_MAX + 1)
    assert rises([sum(buildings.cost(name, level).values()) for level in levels])
    assert rises([buildings.duration_ms(name, level, 0) for level in levels])


@pytest.mark.parametrize("name", TECHNOLOGIES)
def test_every_level_of_a_technology_costs_more_and_takes_longer(name: str) -> None:
    levels = range(1, TECHNOLOGIES[name].level_max + 1)
    assert rises([sum(research.cost(name, level).values()) for level in levels])
    assert rises([research.duration_ms(name, level, 0) for level in levels])


def test_the_first_levels_are_short_enough_to_play() -> None:
    assert buildings.duration_ms("mine", 1, 0) == 10 * SECOND_MS
    assert units.duration_ms("fighter", 1, 0) == 10 * SECOND_MS
    assert buildings.duration_ms("shipyard", 1, 0) <= 20 * SECOND_MS


def test_a_new_colony_can_pay_its_first_minutes() -> None:
    first = ("mine", "power_plant", "shipyard", "research_lab", "habitat")
    bills: list[Mapping[str, int]] = [BUILDINGS[name].cost for name in first]
    assert sum(bill.get("minerals", 0) for bill in bills) <= 1_000
    assert sum(bill.get("energy", 0) for bill in bills) <= 1_000


def test_every_level_fits_into_some_warehouse() -> None:
    top = buildings.LEVEL_MAX
    for name in BUILDINGS:
        for resource, milli in buildings.cost(name, top).items():
            base = buildings.BASE_STORAGE[resource] * 1_000
            assert milli <= buildings.grown(base, buildings.STORAGE_GROWTH, top)


def test_speed_shortens_times() -> None:
    assert buildings.duration_ms("mine", 1, 100) == 5 * SECOND_MS
    assert units.duration_ms("fighter", 3, 50) == 20 * SECOND_MS
    assert research.duration_ms("sensors", 1, 100) == 10 * SECOND_MS


def test_modifiers_are_sums_over_levels() -> None:
    known = {"sensors": 2, "intelligence": 3, "supply_lines": 1}
    assert research.modifiers(known) == {"sensor_range": 35, "upkeep": -4}


def test_figures_stay_below_what_javascript_can_count() -> None:
    top = buildings.LEVEL_MAX
    assert buildings.hourly(7_200, top) < 2**53
    assert max(buildings.cost("embassy", top).values()) < 2**53
