"""Show fleets: whole to their owner, a public part to those who see their sector."""

from app.core.units import decimal
from app.game.colonies.model.garrison import POSTS_MAX
from app.game.fleets.model import shown, travel
from app.game.fleets.model.shapes import FleetRules, FleetView, PublicFleet
from app.game.fleets.model.ships import PEACEFUL
from app.game.fleets.model.state import FLEETS_MAX, ORDERS_MAX, Fleet
from app.game.galaxy.model.weather import EFFECTS


def fleet_view(fleet: Fleet) -> FleetView:
    """Show a fleet to its owner."""
    return shown.whole(fleet)


def fleet_public_view(fleet: Fleet) -> PublicFleet:
    """Show a fleet to those whose vision covers its sector: nothing beyond that."""
    return shown.public(fleet)


def catalogue() -> FleetRules:
    """Show what orders must keep to, for `GET /rules`."""
    return {
        "fleets_max": FLEETS_MAX,
        "orders_max": ORDERS_MAX,
        "travel_max_ms": travel.TRAVEL_MAX_MS,
        "via_max": travel.VIA_MAX,
        "merge_reach": decimal(travel.MERGE_REACH_MILLI),
        "patrol": {
            "points_min": travel.PATROL_POINTS_MIN,
            "points_max": travel.PATROL_POINTS_MAX,
            "loop_min_ms": travel.LOOP_MIN_MS,
            "lasts_ms": travel.PATROL_MS,
        },
        "posts_max": POSTS_MAX,
        "peaceful_units": sorted(PEACEFUL),
        "weather": {
            name: {
                "sensor_percent": effect.sensor_percent,
                "speed_percent": effect.speed_percent,
            }
            for name, effect in EFFECTS.items()
        },
    }
