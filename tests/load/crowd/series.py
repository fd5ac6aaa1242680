"""Count durations in preallocated memory, however many come: exact to 0.1 ms.

What comes within a second is kept as it is, in an array that is used again and again;
once a second it is folded into a histogram and that second's percentiles are noted. So
a minute and an hour take the same memory, and adding one costs a store.
"""

from array import array
from typing import Any, NamedTuple

import numpy as np

KEPT_MAX = 1 << 17
"""Durations of one second that are kept whole; past it they are folded early."""
FINE_MS, FINE_MAX_MS = 0.1, 2_000.0
"""Up to two seconds in steps of 0.1 ms…"""
COARSE_MS, COARSE_MAX_MS = 10.0, 120_000.0
"""…and from there in steps of 10 ms; what is longer counts as the longest."""
FINE = round(FINE_MAX_MS / FINE_MS)
COARSE = round((COARSE_MAX_MS - FINE_MAX_MS) / COARSE_MS)
PERCENTS = (50, 95, 99)
SECONDS_MAX = 7_200
"""Seconds whose own percentiles are kept for the plots."""
MS = 1_000


class Second(NamedTuple):
    """Hold one second's figures: when, how many, and percentiles in ms."""

    at_s: float
    count: int
    p50: float
    p95: float
    p99: float
    max: float


class Series:
    """Hold durations of one kind."""

    def __init__(self) -> None:
        self._kept = array("d", bytes(8 * KEPT_MAX))
        self._used = 0
        self._counts = np.zeros(FINE + COARSE, dtype=np.int64)
        self._longest_s = 0.0
        self.seconds: list[Second] = []

    def add(self, seconds: float) -> None:
        """Count one duration; what seems to end before it began took no time."""
        if self._used == KEPT_MAX:
            self._fold()
        self._kept[self._used] = seconds
        self._used += 1

    def tick(self, at_s: float) -> None:
        """Note the percentiles of what came since the last tick."""
        kept = np.frombuffer(self._kept)[: self._used] * MS
        if self._used and len(self.seconds) < SECONDS_MAX:
            ranked = np.percentile(kept, PERCENTS, method="inverted_cdf")
            high = float(kept.max())
            p50, p95, p99 = (round(float(each), 3) for each in ranked)
            self.seconds.append(
                Second(round(at_s, 3), self._used, p50, p95, p99, round(high, 3))
            )
        self._fold()

    def clear(self) -> None:
        """Forget everything."""
        self._used = 0
        self._counts[:] = 0
        self._longest_s = 0.0
        self.seconds.clear()

    @property
    def count(self) -> int:
        """Tell how many were counted."""
        self._fold()
        return int(self._counts.sum())

    def percentile(self, percent: float) -> float:
        """Give the nearest-rank percentile in ms, rounded up to a step; 0 of none."""
        self._fold()
        total = int(self._counts.sum())
        if not total:
            return 0.0
        rank = max(1, -int(-total * percent // 100))
        found = int(np.searchsorted(np.cumsum(self._counts), rank))
        return min(_upper_ms(found), self._longest_s * MS)

    def summary(self) -> dict[str, Any]:
        """Give count, percentiles and the longest, in ms."""
        shown = {f"p{percent}": self.percentile(percent) for percent in PERCENTS}
        shown["max"] = self._longest_s * MS
        return {"count": self.count} | {k: round(ms, 2) for k, ms in shown.items()}

    def _fold(self) -> None:
        if not self._used:
            return
        kept = np.frombuffer(self._kept)[: self._used]
        self._longest_s = max(self._longest_s, float(kept.max()))
        ms = np.clip(kept * MS, 0.0, COARSE_MAX_MS - COARSE_MS)
        fine = (ms / FINE_MS).astype(np.int64)
        coarse = FINE + ((ms - FINE_MAX_MS) / COARSE_MS).astype(np.int64)
        steps = np.where(ms < FINE_MAX_MS, fine, coarse)
        self._counts += np.bincount(steps, minlength=len(self._counts))
        self._used = 0


def _upper_ms(step: int) -> float:
    if step < FINE:
        return (step + 1) * FINE_MS
    return FINE_MAX_MS + (step - FINE + 1) * COARSE_MS
