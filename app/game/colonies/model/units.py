"""Table of the units: what they cost, what they can do, whom they beat.

All numbers are (tune). Speed is in galaxy units a second, range and sensor in units,
fire rate in battle ticks of 100 ms between shots, upkeep in energy an hour.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.units import SECOND_MS, to_milli

BATCH_MAX = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """Describe one unit; `counters` is the percent of damage it does to others."""

    cost: Mapping[str, int]
    time_s: int
    hp: int
    attack: int
    defense: int
    speed: int
    range: int
    fire_rate: int
    cargo: int
    sensor: int
    upkeep: int
    shipyard: int
    technologies: Mapping[str, int] = field(default_factory=dict)
    counters: Mapping[str, int] = field(default_factory=dict)

    @property
    def buildings(self) -> Mapping[str, int]:
        """Give the levels of buildings that it needs."""
        return {"shipyard": self.shipyard}


UNITS: Mapping[str, Unit] = {
    "fighter": Unit(
        cost={"minerals": 40, "energy": 20, "population": 1},
        time_s=10,
        hp=80,
        attack=20,
        defense=4,
        speed=14,
        range=200,
        fire_rate=5,
        cargo=10,
        sensor=100,
        upkeep=4,
        shipyard=1,
        counters={"bomber": 150, "scout": 130},
    ),
    "interceptor": Unit(
        cost={"minerals": 60, "energy": 35, "population": 1},
        time_s=14,
        hp=70,
        attack=26,
        defense=3,
        speed=18,
        range=180,
        fire_rate=4,
        cargo=5,
        sensor=120,
        upkeep=6,
        shipyard=2,
        counters={"fighter": 140, "bomber": 160, "scout": 150},
    ),
    "bomber": Unit(
        cost={"minerals": 120, "energy": 60, "rare_elements": 5, "population": 2},
        time_s=25,
        hp=120,
        attack=70,
        defense=6,
        speed=9,
        range=250,
        fire_rate=12,
        cargo=20,
        sensor=80,
        upkeep=12,
        shipyard=3,
        technologies={"ballistics": 1},
        counters={"cruiser": 140, "battleship": 170, "carrier": 170},
    ),
    "frigate": Unit(
        cost={"minerals": 250, "energy": 120, "rare_elements": 10, "population": 6},
        time_s=45,
        hp=250,
        attack=45,
        defense=18,
        speed=8,
        range=350,
        fire_rate=8,
        cargo=80,
        sensor=150,
        upkeep=25,
        shipyard=4,
        technologies={"armor_plating": 1},
        counters={"fighter": 140, "interceptor": 160},
    ),
    "cruiser": Unit(
        cost={"minerals": 600, "energy": 300, "rare_elements": 40, "population": 15},
        time_s=90,
        hp=450,
        attack=80,
        defense=30,
        speed=7,
        range=450,
        fire_rate=10,
        cargo=200,
        sensor=180,
        upkeep=60,
        shipyard=6,
        technologies={"armor_plating": 3, "deflectors": 1},
        counters={"frigate": 150, "freighter": 120},
    ),
    "battleship": Unit(
        cost={
            "minerals": 1_800,
            "energy": 900,
            "rare_elements": 150,
            "population": 40,
        },
        time_s=240,
        hp=900,
        attack=160,
        defense=60,
        speed=4,
        range=600,
        fire_rate=15,
        cargo=500,
        sensor=200,
        upkeep=160,
        shipyard=9,
        technologies={"capital_hulls": 2},
        counters={"frigate": 130, "cruiser": 150},
    ),
    "carrier": Unit(
        cost={
            "minerals": 2_400,
            "energy": 1_400,
            "rare_elements": 220,
            "population": 60,
        },
        time_s=320,
        hp=1_000,
        attack=60,
        defense=50,
        speed=4,
        range=700,
        fire_rate=12,
        cargo=2_000,
        sensor=300,
        upkeep=200,
        shipyard=10,
        technologies={"capital_hulls": 3},
        counters={"frigate": 120, "battleship": 120},
    ),
    "scout": Unit(
        cost={"minerals": 30, "energy": 30, "population": 1},
        time_s=8,
        hp=40,
        attack=4,
        defense=1,
        speed=24,
        range=100,
        fire_rate=10,
        cargo=5,
        sensor=600,
        upkeep=3,
        shipyard=1,
    ),
    "colony_ship": Unit(
        cost={
            "minerals": 3_000,
            "energy": 2_000,
            "rare_elements": 300,
            "population": 500,
        },
        time_s=600,
        hp=300,
        attack=1,
        defense=10,
        speed=3,
        range=50,
        fire_rate=20,
        cargo=5_000,
        sensor=100,
        upkeep=80,
        shipyard=4,
        technologies={"colonisation": 1},
    ),
    "freighter": Unit(
        cost={"minerals": 200, "energy": 80, "population": 4},
        time_s=30,
        hp=200,
        attack=2,
        defense=8,
        speed=6,
        range=50,
        fire_rate=20,
        cargo=5_000,
        sensor=80,
        upkeep=15,
        shipyard=2,
    ),
}


def cost(unit: str, count: int) -> dict[str, int]:
    """Give what `count` of a unit cost, in milli-units."""
    return {
        resource: to_milli(each * count) for resource, each in UNITS[unit].cost.items()
    }


def duration_ms(unit: str, count: int, speed_percent: int) -> int:
    """Give how long `count` of a unit take, at `100 + speed_percent` of the pace."""
    return UNITS[unit].time_s * SECOND_MS * count * 100 // (100 + speed_percent)


def upkeep_milli(units: Mapping[str, int]) -> int:
    """Give the energy that units draw, in milli-units an hour."""
    return to_milli(sum(UNITS[unit].upkeep * count for unit, count in units.items()))


def without(units: Mapping[str, int], gone: Mapping[str, int]) -> dict[str, int]:
    """Take units away, none below zero; kinds of which none are left disappear."""
    left = {unit: count - gone.get(unit, 0) for unit, count in units.items()}
    return {unit: count for unit, count in left.items() if count > 0}


def together(units: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    """Add units to units."""
    kinds = dict.fromkeys((*units, *more))
    return {unit: units.get(unit, 0) + more.get(unit, 0) for unit in kinds}
