"""Compare what is heard of battles: whoever sees one sees the same, wherever."""

from collections.abc import Mapping
from typing import Any

KIND = "battles"


class Battles:
    """Hold the chain of every battle that any bot hears of, and who hears of it."""

    def __init__(self) -> None:
        self.fought: set[str] = set()
        """Battles with a fleet of a bot in them."""
        self.differing = 0
        self._chains: dict[str, dict[int, str]] = {}
        self._witnesses: dict[str, dict[int, set[str]]] = {}

    @property
    def seen(self) -> int:
        """Count the battles that somebody heard of."""
        return len(self._chains)

    @property
    def compared(self) -> int:
        """Count the battles of which two bots or more heard the same moment."""
        return sum(
            any(len(bots) > 1 for bots in moments.values())
            for moments in self._witnesses.values()
        )

    @property
    def moments(self) -> int:
        """Count the moments of battles that two bots or more heard."""
        heard = (moments.values() for moments in self._witnesses.values())
        return sum(len(bots) > 1 for each in heard for bots in each)

    def summary(self) -> dict[str, int]:
        """Give the figures as plain JSON."""
        return {
            "fought": len(self.fought),
            "seen": self.seen,
            "compared": self.compared,
            "moments_compared": self.moments,
            "moments_differing": self.differing,
        }

    def see(self, bot: str, battle: str, shown: Mapping[str, Any]) -> str:
        """Take a moment of a battle; says what differs from what another saw."""
        if "chain" not in shown or "tick" not in shown:
            return ""
        tick, chain = shown["tick"], shown["chain"]
        self._witnesses.setdefault(battle, {}).setdefault(tick, set()).add(bot)
        known = self._chains.setdefault(battle, {}).setdefault(tick, chain)
        if known == chain:
            return ""
        self.differing += 1
        return f"battle {battle} at tick {tick}: {known}, but {bot} saw {chain}"
