"""Show what everyone may know of the galaxy."""

from collections.abc import Mapping
from typing import Annotated, Any, TypedDict

from app.core.shapes import called, each_of, one_of
from app.core.units import Decimal, decimal
from app.game.galaxy.model import map as chart
from app.game.galaxy.model.hazards import BLOBS
from app.game.galaxy.model.weather import EFFECTS, Weather, weather

Resource = Annotated[str, called("Resource")]
Region = Annotated[str, called("Region")]
PlanetType = Annotated[str, called("PlanetType")]
Hazard = Annotated[str, one_of("Hazard", BLOBS)]
WeatherName = Annotated[str, one_of("Weather", EFFECTS)]


class RegionRules(TypedDict):
    """A region: up to `reach` from the centre, without what is within."""

    reach: int
    production_percent: Mapping[Resource, int]


class PlanetRules(TypedDict):
    """A type of planets."""

    production_percent: Mapping[Resource, int]


class GalaxyRules(TypedDict):
    """Measures of the galaxy, in units."""

    side: int
    sector: int
    regions: Annotated[dict[Region, RegionRules], each_of(chart.REGIONS)]
    planet_types: Annotated[
        dict[PlanetType, PlanetRules], each_of(chart.PLANET_PERCENT)
    ]


class PlanetView(TypedDict):
    """A planet; a colony that is founded on it takes its id."""

    id: str
    x: Decimal
    y: Decimal
    region: Region
    type: PlanetType


class Perils(TypedDict):
    """Where no fleet passes, and where none attacks, by sector: `<x>:<y>`."""

    hazards: dict[str, Hazard]
    protected: list[str]


class WeatherView(TypedDict):
    """The weather of a region: it stays until `until_ms`, and may stay longer."""

    name: WeatherName
    sensor_percent: int
    speed_percent: int
    until_ms: int


def catalogue() -> GalaxyRules:
    """Show measures, regions and planet types, for `GET /rules`."""
    return {
        "side": chart.SIDE,
        "sector": chart.SECTOR,
        "regions": {
            name: {"reach": reach, "production_percent": chart.REGION_PERCENT[name]}
            for name, reach in chart.REGIONS.items()
        },
        "planet_types": {
            name: {"production_percent": percent}
            for name, percent in chart.PLANET_PERCENT.items()
        },
    }


def world(galaxy: chart.Galaxy, at_ms: int) -> dict[str, Any]:
    """Show the map's fixed parts and the weather of a moment, for `GET /galaxies/{id}`.

    Hazards and protected sectors are named `"<x>:<y>"`, as in the rooms of sectors.
    """
    forecast = {name: weather(galaxy.seed, name, at_ms) for name in chart.REGIONS}
    return {
        "weather": {name: _weather(one) for name, one in forecast.items()},
        **_perils(galaxy),
    }


def _weather(one: Weather) -> WeatherView:
    return {
        "name": one.name,
        "sensor_percent": one.sensor_percent,
        "speed_percent": one.speed_percent,
        "until_ms": one.until_ms,
    }


def whole(galaxy: chart.Galaxy) -> dict[str, Any]:
    """Show all that never changes, for `GET /galaxies/{id}/map`: planets as columns."""
    planets = galaxy.planets.values()
    types, regions = list(chart.PLANET_PERCENT), list(chart.REGIONS)
    of_type = {name: index for index, name in enumerate(types)}
    of_region = {name: index for index, name in enumerate(regions)}
    return {
        "side": chart.SIDE,
        "sector": chart.SECTOR,
        "planets": {
            "id": [one.id for one in planets],
            "x": [decimal(one.x_milli) for one in planets],
            "y": [decimal(one.y_milli) for one in planets],
            "type": [of_type[one.type] for one in planets],
            "region": [of_region[one.region] for one in planets],
            "types": types,
            "regions": regions,
        },
        **_perils(galaxy),
    }


def _perils(galaxy: chart.Galaxy) -> Perils:
    return {"hazards": dict(galaxy.hazards), "protected": sorted(galaxy.protected)}
