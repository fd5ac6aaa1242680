"""Draw the map as a viewer may see it: sectors with their planets, rooms and perils."""

from typing import Any

from app.core.units import decimal
from app.game.galaxy.model.map import Galaxy, Planet, sector_of
from app.game.galaxy.views import PlanetView
from app.game.vision.model import Area, names

FULL, FOGGED = "full", "public"


def chart(galaxy: Galaxy, area: Area, seen: Area) -> dict[str, dict[str, Any]]:
    """Show the sectors of an area by the room that tells of each.

    Planets, hazards and protection are known to all who know the galaxy.
    """
    full = {
        f"sector:{name}:full": _sector(galaxy, name, FULL)
        for name in names(area & seen)
    }
    fogged = {
        f"sector:{name}": _sector(galaxy, name, FOGGED) for name in names(area & ~seen)
    }
    return full | fogged


def _sector(galaxy: Galaxy, name: str, tier: str) -> dict[str, Any]:
    x, y = sector_of(name)
    return {
        "x": x,
        "y": y,
        "tier": tier,
        "planets": [_planet(one) for one in galaxy.planets_in(name)],
        "hazard": galaxy.hazards.get(name),
        "protected": name in galaxy.protected,
    }


def _planet(planet: Planet) -> PlanetView:
    return {
        "id": planet.id,
        "x": decimal(planet.x_milli),
        "y": decimal(planet.y_milli),
        "region": planet.region,
        "type": planet.type,
    }
