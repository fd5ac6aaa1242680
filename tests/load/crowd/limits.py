"""Hold what a run is asked to reach, and say what of it was missed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.load.crowd.measure import Figures

LATE_SHARE = 10
"""The generator's own p99 lateness may be this part of the tightest limit."""
LATE_DEFAULT_MS = 10.0
CORE_SHARE_MAX = 0.85
"""How much of a core the generator may use before it counts as the bottleneck."""


NOT_BACK = "not back"
OURS = frozenset({"cut", "draining", NOT_BACK})
"""Ends of connections that we chose, or were asked to choose."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Ask for a percentile of a series of times, where there is one, to be at most."""

    series: str
    rank: str
    most_ms: float

    def measured(self, times: Mapping[str, Mapping[str, float]]) -> float | None:
        """Give what was measured; None where there was nothing to measure."""
        found = times[self.series]
        return found[self.rank] if found["count"] else None


OPTIONS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "ack_p95_ms": (("ack",), "p95"),
    "ack_p99_ms": (("ack",), "p99"),
    "broadcast_p95_ms": (("broadcast", "chat"), "p95"),
    "back_max_ms": (("back",), "max"),
}
"""Option -> the series it limits, and where. Chatter that was heard is a broadcast."""
AIMS = {"ack_p95_ms": 50.0, "ack_p99_ms": 100.0, "broadcast_p95_ms": 100.0}
"""What `--find` searches by, where nothing else is given."""


def read(given: Mapping[str, float | None]) -> list[Limit]:
    """Make limits of options; absent ones limit nothing."""
    return [
        Limit(series, rank, most)
        for option, (names, rank) in OPTIONS.items()
        if (most := given.get(option)) is not None
        for series in names
    ]


def judged(limits: list[Limit], figures: Figures) -> list[dict[str, Any]]:
    """Compare a run with limits; what was not measured is not judged."""
    times = figures.times()
    return [
        {
            "what": f"{limit.series} {limit.rank}",
            "most_ms": limit.most_ms,
            "measured_ms": measured,
            "met": measured <= limit.most_ms,
        }
        for limit in limits
        if (measured := limit.measured(times)) is not None
    ]


def wrongs(figures: Figures, killed: str = "") -> list[str]:
    """Say everything that must not happen, whatever the limits.

    Where a process was killed, that ends connections, and requests on their way.
    """
    numbers = figures.numbers
    ends = () if killed else _ends(figures)
    found = [
        ("gaps not healed", numbers.unhealed),
        ("duplicates", numbers.duplicates),
        ("batches with wrong numbers", numbers.malformed),
        *figures.errors.most_common(),
        *ends,
    ]
    return [f"{what}: {count}" for what, count in found if count]


def _ends(figures: Figures) -> Iterator[tuple[str, int]]:
    """Name the ends of connections that nobody chose, and what failed."""
    for why, count in figures.drops.items():
        if why not in OURS:
            yield f"lost, {why}", count
    for status, count in figures.http.items():
        if status >= 500:
            yield f"HTTP {status}", count


def bottleneck(limits: list[Limit], figures: Figures, core_share: float) -> list[str]:
    """Say why the generator may have been what was measured; nothing where it was not.

    A generator that is late sends late, which counts as the server's latency.
    """
    said = []
    if core_share > CORE_SHARE_MAX:
        said.append(f"the generator used {core_share:.0%} of its core")
    tightest = min((limit.most_ms for limit in limits), default=None)
    bound_ms = tightest / LATE_SHARE if tightest else LATE_DEFAULT_MS
    late_ms = figures.late.percentile(99)
    if late_ms > bound_ms:
        said.append(
            f"the generator itself was {late_ms:.1f} ms late at p99"
            f" (more than {bound_ms:.0f} ms)"
        )
    return said
