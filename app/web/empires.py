"""Read what a player has in every galaxy of the cluster."""

from typing import Any


def of(player_id: str) -> list[dict[str, Any]]:
    """Show a player's empires; empty before the first is founded."""
    return []
