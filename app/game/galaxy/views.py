"""Show what everyone may know of the galaxy."""

from typing import Any

from app.game.galaxy.model import map as chart


def catalogue() -> dict[str, Any]:
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
