"""Make the galaxy from its seed: planets, regions, hazards and protected sectors.

Nothing here changes in play, so a galaxy is no aggregate: every process makes the same
one. Coordinates are integers in milli-units, from 0 up to `SIDE_MILLI`.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from app.core import chance
from app.core.units import to_milli
from app.game.galaxy.model.grid import Grid
from app.game.galaxy.model.hazards import Cell, drawn

SIDE = 10_000
SECTOR = 100
SIDE_MILLI = to_milli(SIDE)
SECTOR_MILLI = to_milli(SECTOR)
SECTORS = SIDE // SECTOR
"""Sectors along each side."""

REGIONS = {"core": 1_200, "mid_rim": 3_200, "outer_rim": 4_500, "deep_space": SIDE}
"""Region -> how far from the centre it reaches, in units (tune). Innermost first."""

REGION_PERCENT: Mapping[str, Mapping[str, int]] = {
    "core": {"energy": 120, "minerals": 80, "rare_elements": 50},
    "mid_rim": {"energy": 100, "minerals": 100, "rare_elements": 100},
    "outer_rim": {"energy": 70, "minerals": 130, "rare_elements": 150},
    "deep_space": {"energy": 50, "minerals": 150, "rare_elements": 200},
}
"""What a region makes of production, in percent; 100 where a resource is absent."""

PLANET_PERCENT: Mapping[str, Mapping[str, int]] = {
    "terrestrial": {"population": 125},
    "gas_giant": {"energy": 140, "minerals": 80},
    "asteroid": {"minerals": 140, "population": 70},
    "ice": {"rare_elements": 150, "energy": 90},
    "desert": {"energy": 120, "population": 90},
}
"""What a planet's type makes of production, in percent (tune)."""

HOME_REGION = "mid_rim"
"""Where empires begin."""

_TYPES = tuple(PLANET_PERCENT)
_CENTRE_MILLI = SIDE_MILLI // 2
_REACH_SQUARED = {name: to_milli(reach) ** 2 for name, reach in REGIONS.items()}


class Planet(NamedTuple):
    """Place a planet. Its id is also the id of the colony that may be founded on it."""

    id: str
    x_milli: int
    y_milli: int
    region: str
    type: str


def region_at(x_milli: int, y_milli: int) -> str:
    """Name the region of a point, by its distance from the centre."""
    squared = (x_milli - _CENTRE_MILLI) ** 2 + (y_milli - _CENTRE_MILLI) ** 2
    for name, reach_squared in _REACH_SQUARED.items():
        if squared < reach_squared:
            return name
    raise ValueError(f"({x_milli}, {y_milli}) lies outside the galaxy")


def sector_at(x_milli: int, y_milli: int) -> str:
    """Name the sector of a point: `"<x>:<y>"`, counted from 0."""
    return f"{x_milli // SECTOR_MILLI}:{y_milli // SECTOR_MILLI}"


def sector_of(name: str) -> tuple[int, int]:
    """Read a sector's name: its place, counted from 0."""
    x, y = name.split(":")
    return int(x), int(y)


def percent(region: str, planet_type: str, resource: str) -> int:
    """Give what place and planet make of a resource's production, in 1/10,000."""
    of_region = REGION_PERCENT[region].get(resource, 100)
    return of_region * PLANET_PERCENT[planet_type].get(resource, 100)


class Galaxy:
    """Hold what one seed makes, each part made at the first look (about 0.1 s)."""

    def __init__(self, seed: str, planets: int) -> None:
        self.seed = seed
        self.size = planets

    @cached_property
    def planets(self) -> Mapping[str, Planet]:
        """Give the planets by id, in the order they were drawn."""
        draws = chance.Chance(self.seed, "planets")
        made = (self._planet(index, draws) for index in range(self.size))
        return {planet.id: planet for planet in made}

    @cached_property
    def regions(self) -> Mapping[str, tuple[Planet, ...]]:
        """Give the planets of each region."""
        found: dict[str, list[Planet]] = {name: [] for name in REGIONS}
        for planet in self.planets.values():
            found[planet.region].append(planet)
        return {name: tuple(planets) for name, planets in found.items()}

    @cached_property
    def homes(self) -> tuple[Planet, ...]:
        """Give the planets that empires begin on: where all fleets can come and go.

        Nobody could ever attack an empire that begins in a protected sector.
        """
        closed = self.hazards.keys() | self.protected
        return tuple(
            planet
            for planet in self.regions[HOME_REGION]
            if sector_at(planet.x_milli, planet.y_milli) not in closed
        )

    @cached_property
    def hazards(self) -> Mapping[str, str]:
        """Give the sectors that nobody enters, and what is in them."""
        found, _protected = self._obstacles
        return {_named(cell): kind for cell, kind in found.items()}

    @cached_property
    def protected(self) -> frozenset[str]:
        """Give the sectors where nobody attacks and no stranger's warship enters."""
        _hazards, found = self._obstacles
        return frozenset(map(_named, found))

    def planets_in(self, sector: str) -> tuple[Planet, ...]:
        """Give the planets of a sector."""
        return self._by_sector.get(sector, ())

    @cached_property
    def grid(self) -> Grid:
        """Give the sectors as fleets cross them."""
        return Grid(SECTORS, SECTOR_MILLI, *self._obstacles)

    @cached_property
    def _obstacles(self) -> tuple[Mapping[Cell, str], frozenset[Cell]]:
        return drawn(self.seed, SECTORS)

    @cached_property
    def _by_sector(self) -> Mapping[str, tuple[Planet, ...]]:
        found: dict[str, list[Planet]] = {}
        for planet in self.planets.values():
            found.setdefault(sector_at(planet.x_milli, planet.y_milli), []).append(
                planet
            )
        return {sector: tuple(planets) for sector, planets in found.items()}

    def _planet(self, index: int, draws: chance.Chance) -> Planet:
        x_milli, y_milli = draws.below(SIDE_MILLI), draws.below(SIDE_MILLI)
        return Planet(
            chance.name(self.seed, index),
            x_milli,
            y_milli,
            region_at(x_milli, y_milli),
            _TYPES[draws.below(len(_TYPES))],
        )


def _named(cell: Cell) -> str:
    return f"{cell[0]}:{cell[1]}"
