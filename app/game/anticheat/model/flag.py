"""Name what detectors raise."""

from typing import Any

from msgspec import Struct

from app.core.units import HOUR_MS, MINUTE_MS

CONFIDENCE_MAX = 95
"""Nothing that a trace shows is surer than this."""

EPISODE_GAP_MS = 10 * MINUTE_MS
"""What is quiet for longer is over: what comes then is another episode."""
EPISODE_MS_MAX = HOUR_MS
"""What goes on for longer is flagged anew."""


class Flag(Struct, frozen=True, kw_only=True):
    """Accuse a player: how surely, and on what evidence.

    `at_ms` is when the episode began, by the server's clock. It names the flag: one
    that is raised again for the same episode, surer, takes the place of the first.
    """

    player: str
    detector: str
    at_ms: int
    confidence_percent: int
    evidence: dict[str, Any]


def is_over(
    began_ms: int,
    last_ms: int,
    now_ms: int,
    *,
    gap_ms: int = EPISODE_GAP_MS,
    most_ms: int = EPISODE_MS_MAX,
) -> bool:
    """Tell whether what happens now belongs to another episode."""
    return now_ms - last_ms > gap_ms or now_ms - began_ms > most_ms
