"""Show fleets: whole to their owner, a public part to those who see their sector."""

from typing import Any

from app.game.fleets.model import shown
from app.game.fleets.model.state import Fleet, place

__all__ = ["fleet_public_view", "fleet_view", "place"]


def fleet_view(fleet: Fleet) -> dict[str, Any]:
    """Show a fleet to its owner."""
    return shown.whole(fleet)


def fleet_public_view(fleet: Fleet) -> dict[str, Any]:
    """Show a fleet to those whose vision covers its sector: nothing beyond that."""
    return shown.public(fleet)
