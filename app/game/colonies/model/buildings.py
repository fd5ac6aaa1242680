"""Table of the buildings, and how cost, time and output grow with the level.

Costs and hourly figures are whole units at level 1. All numbers are (tune).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.units import SECOND_MS, to_milli

LEVEL_MAX = 30
QUEUE_MAX = 5
"""Orders that a colony's construction line holds, and its shipyard likewise."""
REFUND_PERCENT = 80

COST_GROWTH = (3, 2)
TIME_GROWTH = (7, 5)
OUTPUT_GROWTH = (11, 10)
STORAGE_GROWTH = (3, 2)
"""Growth by level, as a fraction, so that it stays in integers."""

BASE_OUTPUT = {"energy": 3_600, "minerals": 3_600, "population": 720}
"""What the landing module gives an hour, before any building stands."""

BASE_STORAGE = {
    "energy": 10_000,
    "minerals": 10_000,
    "rare_elements": 5_000,
    "population": 2_000,
}
HOUSED = "population"
"""The resource that habitats store; warehouses store the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """Describe one building.

    `output` and `draw` (of energy) are units an hour; `effects` are what every level
    adds, in percent unless its name says otherwise.
    """

    cost: Mapping[str, int]
    time_s: int
    output: Mapping[str, int] = field(default_factory=dict)
    draw: int = 0
    effects: Mapping[str, int] = field(default_factory=dict)
    buildings: Mapping[str, int] = field(default_factory=dict)
    technologies: Mapping[str, int] = field(default_factory=dict)


BUILDINGS: Mapping[str, Building] = {
    "mine": Building(
        cost={"minerals": 60, "energy": 20},
        time_s=10,
        output={"minerals": 7_200},
        draw=1_200,
    ),
    "power_plant": Building(
        cost={"minerals": 75, "energy": 10},
        time_s=10,
        output={"energy": 7_200},
    ),
    "refinery": Building(
        cost={"minerals": 150, "energy": 80},
        time_s=20,
        output={"rare_elements": 720},
        draw=2_400,
        buildings={"mine": 1, "power_plant": 1},
    ),
    "habitat": Building(
        cost={"minerals": 80, "energy": 40},
        time_s=12,
        output={"population": 1_440},
        draw=600,
    ),
    "warehouse": Building(
        cost={"minerals": 120},
        time_s=15,
        draw=200,
    ),
    "shipyard": Building(
        cost={"minerals": 200, "energy": 100, "population": 20},
        time_s=20,
        draw=900,
        effects={"train_speed": 10},
        buildings={"mine": 1, "power_plant": 1},
    ),
    "research_lab": Building(
        cost={"minerals": 180, "energy": 150, "population": 20},
        time_s=20,
        draw=1_200,
        effects={"research_speed": 5},
        buildings={"power_plant": 1},
    ),
    "sensor_array": Building(
        cost={"minerals": 150, "energy": 120, "rare_elements": 5},
        time_s=30,
        draw=900,
        effects={"sensor_range_units": 50},
        buildings={"power_plant": 2},
    ),
    "defense_grid": Building(
        cost={"minerals": 300, "energy": 150, "rare_elements": 10},
        time_s=30,
        draw=900,
        effects={"defense_points": 200, "attack_points": 40},
        buildings={"power_plant": 2},
        technologies={"ballistics": 1},
    ),
    "trade_hub": Building(
        cost={"minerals": 250, "energy": 150, "population": 30},
        time_s=40,
        draw=600,
        effects={"market_orders": 5},
        buildings={"warehouse": 1, "habitat": 1},
    ),
    "fabricator": Building(
        cost={
            "minerals": 300,
            "energy": 250,
            "rare_elements": 20,
            "population": 30,
        },
        time_s=40,
        draw=1_500,
        effects={"build_speed": 3, "crafting_jobs": 1},
        buildings={"research_lab": 2, "refinery": 1},
        technologies={"automation": 1},
    ),
    "embassy": Building(
        cost={
            "minerals": 250,
            "energy": 200,
            "rare_elements": 10,
            "population": 20,
        },
        time_s=45,
        draw=600,
        effects={"alliance_members": 2},
        buildings={"research_lab": 1, "habitat": 2},
        technologies={"protocol": 1},
    ),
}


def grown(base: int, growth: tuple[int, int], steps: int) -> int:
    """Multiply `base` by a fraction `steps` times, rounding down once at the end."""
    result: int = base * growth[0] ** steps // growth[1] ** steps
    return result


def cost(building: str, level: int) -> dict[str, int]:
    """Give what a level of a building costs, in milli-units."""
    return {
        resource: to_milli(grown(base, COST_GROWTH, level - 1))
        for resource, base in BUILDINGS[building].cost.items()
    }


def duration_ms(building: str, level: int, speed_percent: int) -> int:
    """Give how long a level takes to build, at `100 + speed_percent` of the pace."""
    base_ms = BUILDINGS[building].time_s * SECOND_MS
    return grown(base_ms, TIME_GROWTH, level - 1) * 100 // (100 + speed_percent)


def hourly(base: int, level: int) -> int:
    """Give an hourly figure at a level, in milli-units: base * level * growth."""
    if level == 0:
        return 0
    return grown(to_milli(base) * level, OUTPUT_GROWTH, level - 1)


def effect(levels: Mapping[str, int], name: str) -> int:
    """Sum what all levels of all buildings add to an effect."""
    return sum(
        BUILDINGS[building].effects.get(name, 0) * level
        for building, level in levels.items()
    )
