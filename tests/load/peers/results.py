"""Hold the trials of all rounds; medians, and ratios to ours of the same round."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any, NamedTuple

from tests.load.peers.candidates import OURS
from tests.load.peers.search import Found
from tests.load.peers.trial import Trial

USERS = "users at p95 100 ms"


class Spread(NamedTuple):
    """Hold the median of some rounds, the least and the most."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Sum up; there is at least one value."""
        return cls(median(values), min(values), max(values))


@dataclass(slots=True)
class Results:
    """Hold what was measured: trials by name and round, and searches by name."""

    lacks: dict[str, str] = field(default_factory=dict)
    """What each candidate leaves undone, in the order of the table."""
    rounds: list[dict[str, Trial]] = field(default_factory=list)
    found: dict[str, Found] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """Name the candidates."""
        return list(self.lacks)

    def values(self, name: str) -> dict[str, Spread]:
        """Give one candidate's figures."""
        trials = [one[name].figures() for one in self.rounds]
        return {what: Spread.of([one[what] for one in trials]) for what in trials[0]}

    def ratios(self, name: str) -> dict[str, Spread]:
        """Give one candidate's figures as parts of ours, round by round."""
        pairs = [
            (one[name].figures(), one[OURS].figures())
            for one in self.rounds
            if OURS in one
        ]
        return {
            what: Spread.of([theirs[what] / ours[what] for theirs, ours in pairs])
            for what in (pairs[0][0] if pairs else {})
            if all(ours[what] > 0 for _, ours in pairs)
        }

    def users_ratio(self, name: str) -> float | None:
        """Give how many times our users one candidate carries."""
        if name not in self.found or not (ours := self.found.get(OURS)):
            return None
        return self.found[name].users / ours.users if ours.users else None

    def wrongs(self) -> Iterator[str]:
        """Tell whatever makes a figure doubtful."""
        for number, one in enumerate(self.rounds, 1):
            for name, trial in one.items():
                said = f"round {number}, {name}:"
                if trial.lost or trial.doubled:
                    yield f"{said} {trial.lost} lost, {trial.doubled} doubled"
                if trial.errors:
                    yield f"{said} {trial.errors}"
                if trial.generator_was_slow:
                    share = f"{trial.generator_share:.0%} of a core"
                    yield f"{said} generator {share}, late p99 {trial.late_ms:.1f} ms"

    def plain(self) -> dict[str, Any]:
        """Give everything as JSON."""
        return {
            "rounds": [
                {name: trial.plain() for name, trial in one.items()}
                for one in self.rounds
            ],
            "medians": {name: _plain(self.values(name)) for name in self.names},
            "of_ours": {name: _plain(self.ratios(name)) for name in self.names},
            "users_at_p95_100_ms": {
                name: {"users": one.users, "bound": one.is_bound, "steps": one.steps}
                for name, one in self.found.items()
            },
            "lacks": self.lacks,
            "doubts": list(self.wrongs()),
        }


def _plain(spreads: Mapping[str, Spread]) -> dict[str, dict[str, float]]:
    return {what: spread._asdict() for what, spread in spreads.items()}
