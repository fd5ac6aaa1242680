"""What a bot sends, and how often it may."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Move:
    """Hold a command to be sent, without its id.

    `refused_as` names the codes that a rash one is refused with: an answer other than
    these, or none, is a flaw. It is empty for honest ones.
    """

    name: str
    data: dict[str, Any]
    refused_as: frozenset[str] = frozenset()


class Pace:
    """Keep commands under the server's limit, as a bucket that refills."""

    def __init__(self, *, per_minute: int, at_once: int) -> None:
        self._per_minute, self._at_once = per_minute, at_once
        self._left, self._seen_ms = float(at_once), 0
        self.rests_until_ms = 0

    def has_one(self, now_ms: int) -> bool:
        """Tell whether one is left in the bucket."""
        passed_ms = max(0, now_ms - self._seen_ms) if self._seen_ms else 0
        self._seen_ms = now_ms
        refill = passed_ms * self._per_minute / MINUTE_MS
        self._left = min(self._at_once, self._left + refill)
        return self._left >= 1 and now_ms >= self.rests_until_ms

    def take(self) -> None:
        """Take one out of the bucket."""
        self._left -= 1


LIMITED = {
    "build": {"per_minute": 20, "at_once": 6},
    "move": {"per_minute": 13, "at_once": 4},
    "attack": {"per_minute": 6, "at_once": 2},
}
"""Group -> its pace: under what a player may send of it a minute (30, 20 and 10), with
joining and repeats. All else has a wider limit."""


class Paces:
    """Hold the pace of each group of commands."""

    def __init__(self, limited: Mapping[str, Mapping[str, int]] = LIMITED) -> None:
        self._paces = {group: Pace(**limit) for group, limit in limited.items()}

    def has_one(self, group: str, now_ms: int) -> bool:
        """Tell whether a command of a group may be sent now."""
        return self._paces[group].has_one(now_ms)

    def take(self, group: str) -> None:
        """Count a command of a group that is sent now."""
        self._paces[group].take()

    def rest(self, until_ms: int) -> None:
        """Send none of them while the server takes none."""
        for pace in self._paces.values():
            pace.rests_until_ms = until_ms
