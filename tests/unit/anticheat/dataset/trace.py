"""Name one labelled trace: what the history shows of some players, and who cheats."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from app.core.units import DAY_MS
from app.game.anticheat.model.fought import Fought
from app.game.anticheat.model.traces import (
    Action,
    Claim,
    Effort,
    Forecast,
    Gift,
    Leg,
    Seen,
)
from app.game.anticheat.rules.pairs import pairs

START_MS = 1_763_700_000_000
PLAYER = "p"


@dataclass(frozen=True, kw_only=True)
class Trace:
    """Hold what players did. `detector` should find `culprits`; empty for honest play.

    `sharers` counts the accounts behind an address that two accounts share.
    """

    detector: str = ""
    culprits: frozenset[str] = frozenset()
    actions: Mapping[str, Sequence[Action]] = field(default_factory=dict)
    claims: Mapping[str, Sequence[Claim]] = field(default_factory=dict)
    forecasts: Mapping[str, Sequence[Forecast]] = field(default_factory=dict)
    legs: Sequence[Leg] = ()
    gifts: Sequence[Gift] = ()
    efforts: Mapping[str, Effort] = field(default_factory=dict)
    sharers: Mapping[frozenset[str], int] = field(default_factory=dict)
    battle: Fought | None = None

    def stretches(self, chance: Random) -> Iterator[Seen]:
        """Cut the trace as scans cut the history, at moments that mean nothing."""
        times = sorted(self._times())
        cuts = sorted(chance.sample(times, min(len(times), chance.randint(0, 4))))
        begin_ms = 0
        for end_ms in [*cuts, max(times, default=0)]:
            yield self._between(begin_ms, end_ms)
            begin_ms = end_ms

    def _times(self) -> set[int]:
        lists = (self.actions, self.claims, self.forecasts)
        times = {one.at_ms for by in lists for many in by.values() for one in many}
        times |= {leg.to_ms for leg in self.legs}
        return times | {gift.at_ms for gift in self.gifts}

    def _between(self, begin_ms: int, end_ms: int) -> Seen:
        def of(traces: Mapping) -> dict:
            found = {
                player: [one for one in many if begin_ms < one.at_ms <= end_ms]
                for player, many in traces.items()
            }
            return {player: many for player, many in found.items() if many}

        past = [gift for gift in self.gifts if gift.at_ms <= end_ms]
        senders = {gift.sender for gift in past if gift.at_ms > begin_ms}
        return Seen(
            at_ms=end_ms,
            actions=of(self.actions),
            claims=of(self.claims),
            forecasts=of(self.forecasts),
            legs=[leg for leg in self.legs if begin_ms < leg.to_ms <= end_ms],
            pairs=pairs(senders, past, self.efforts, self.sharers),
        )


Generator = Callable[[Random], Trace]


def day(number: float) -> int:
    """Give a moment some days after the start."""
    return START_MS + int(number * DAY_MS)
