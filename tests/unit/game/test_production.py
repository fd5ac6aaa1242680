"""Place, research and power decide what a colony makes; stores what it holds."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.game.colonies.model import buildings
from app.game.colonies.model.production import production
from app.game.colonies.model.state import Colony
from app.game.colonies.model.stock import RESOURCES, Production, Stock
from app.game.colonies.model.units import UNITS
from app.game.galaxy.model.map import PLANET_PERCENT, REGIONS

LEVELS = st.dictionaries(
    st.sampled_from(sorted(buildings.BUILDINGS)), st.integers(1, 30)
)
FLEETS = st.dictionaries(st.sampled_from(sorted(UNITS)), st.integers(1, 10**6))
MODIFIERS = st.fixed_dictionaries(
    {"minerals_rate": st.integers(0, 100), "upkeep": st.integers(-40, 0)}
)


def colony(**changes: Any) -> Colony:
    stock = Stock(
        amounts_milli={},
        carries={},
        production=Production(rates={}, capacities_milli={}),
        since_ms=0,
        until_ms=0,
    )
    fields: dict[str, Any] = {
        "id": "c", "player": "p", "username": "p", "name": "c", "x_milli": 0,
        "y_milli": 0, "region": "mid_rim", "planet_type": "terrestrial",
        "founded_ms": 0, "stock": stock,
    }  # fmt: skip
    return Colony(**fields | changes)


def rates(modifiers: dict[str, int] | None = None, **changes: Any) -> dict[str, int]:
    found = production(colony(**changes), modifiers or {}).rates
    return {resource: milli // 1_000 for resource, milli in found.items()}


def test_the_landing_module_alone_makes_something() -> None:
    assert rates() == {
        "energy": 3_600,
        "minerals": 3_600,
        "rare_elements": 0,
        "population": 900,
    }


def test_buildings_make_more_at_every_level() -> None:
    levels = [rates(buildings={"power_plant": 5, "mine": level}) for level in (1, 2, 3)]
    assert [made["minerals"] for made in levels] == [10_800, 19_440, 29_736]


def test_regions_and_planets_change_what_is_made() -> None:
    assert rates(region="deep_space", planet_type="asteroid")["minerals"] == 7_560
    assert rates(region="core", planet_type="gas_giant")["energy"] == 6_048


def test_research_raises_what_is_made() -> None:
    assert rates({"minerals_rate": 10})["minerals"] == 3_960


def test_buildings_draw_energy_before_any_is_stored() -> None:
    assert rates(buildings={"warehouse": 1})["energy"] == 3_400


def test_mines_slow_down_where_energy_is_short() -> None:
    """3,600 of 6,388 drawn: 563 per mille of the 41,932 that would be mined."""
    assert rates(buildings={"mine": 4}) == {
        "energy": 0,
        "minerals": 23_608,
        "rare_elements": 0,
        "population": 900,
    }


def test_mines_never_stop_altogether() -> None:
    made = rates(units={"battleship": 10**6})
    assert made["energy"] == 0
    assert made["minerals"] == 360


def test_supply_lines_lower_the_upkeep_of_units() -> None:
    assert rates({"upkeep": -50}, units={"fighter": 100})["energy"] == 3_400


def test_warehouses_store_goods_and_habitats_people() -> None:
    found = production(colony(buildings={"warehouse": 2, "habitat": 1}), {})
    assert found.capacities_milli == {
        "energy": 22_500_000,
        "minerals": 22_500_000,
        "rare_elements": 11_250_000,
        "population": 3_000_000,
    }


def test_research_enlarges_warehouses_and_habitats() -> None:
    found = production(colony(), {"storage": 10, "housing": 50}).capacities_milli
    assert found["minerals"] == 11_000_000
    assert found["population"] == 3_000_000


@given(
    LEVELS,
    FLEETS,
    MODIFIERS,
    st.sampled_from(sorted(REGIONS)),
    st.sampled_from(sorted(PLANET_PERCENT)),
)
def test_no_rate_is_ever_negative(
    levels: dict[str, int],
    fleet: dict[str, int],
    modifiers: dict[str, int],
    region: str,
    planet_type: str,
) -> None:
    there = colony(
        buildings=levels, units=fleet, region=region, planet_type=planet_type
    )
    made = production(there, modifiers)
    assert set(made.rates) == set(made.capacities_milli) == set(RESOURCES)
    assert all(0 <= rate < 2**53 for rate in made.rates.values())
    assert all(0 < capacity < 2**53 for capacity in made.capacities_milli.values())
