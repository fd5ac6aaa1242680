"""Tell what a command did at once from what a timer did when it was due."""

from typing import Any

AT_ONCE = frozenset(
    {
        "chat.message_said",
        "colonies.building_cancelled",
        "colonies.building_queued",
        "colonies.renamed",
        "colonies.training_cancelled",
        "colonies.training_queued",
        "colonies.units_launched",
        "fleets.departed",
        "fleets.launched",
        "fleets.renamed",
        "fleets.stopped",
        "players.skirmish_begun",
        "research.cancelled",
        "research.started",
    }
)
"""Types of events that tell what a player just did. How long others are heard after
their moment also depends on the clock, which looks for due timers every 100 ms."""


def is_due(event: Any) -> bool:
    """Tell whether an event happened when it was due, not when it was asked for."""
    return isinstance(event, dict) and event.get("type") not in AT_ONCE
