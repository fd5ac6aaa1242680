"""Show what everyone may know of the galaxy."""

from typing import Any

from app.game.galaxy import model


def catalogue() -> dict[str, Any]:
    """Show measures, regions and planet types, for `GET /rules`."""
    return {
        "side": model.SIDE,
        "sector": model.SECTOR,
        "regions": {
            name: {"reach": reach, "production_percent": model.REGION_PERCENT[name]}
            for name, reach in model.REGIONS.items()
        },
        "planet_types": {
            name: {"production_percent": percent}
            for name, percent in model.PLANET_PERCENT.items()
        },
    }
