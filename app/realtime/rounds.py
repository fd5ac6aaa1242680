"""Let what is heard in quick succession leave in rounds, together.

A busy room's events become one batch, and a busy client's batches one write. Where the
instance is late with its rounds, more leaves together: that is what makes it cheaper.
"""

from collections import deque
from time import monotonic
from typing import Protocol

from app.realtime import runtime

WINDOW_S = 0.04
"""How long a broadcast waits for others to leave with: less than half of the 100 ms in
which a room must have heard; a busy way there takes the rest."""
WINDOW_S_MAX = 0.08
"""The same for an instance that is late: still within the 100 ms."""
WIDER = 4
"""How often what a round was late goes into the window, …"""
SMOOTH = 32
"""… which follows the last rounds, about so many of them."""
QUIET_S = 0.5
"""Who heard nothing for so long is quiet: what comes then goes on at once."""
STEP_S = 0.005
"""Those whose time comes within so long share a round."""


class Waiter(Protocol):
    """Be a room or a client for which something waits."""

    def flush(self) -> None:
        """Pass it on."""


class Rounds:
    """Hold for whom something waits, in the order of the times."""

    def __init__(self) -> None:
        self._due: deque[tuple[float, Waiter]] = deque()
        self._is_set = False
        self._next_s = 0.0
        self.window_s = WINDOW_S
        """How long what comes now waits."""

    def add(self, waiter: Waiter) -> None:
        """Have a room or a client flushed after the window."""
        self._due.append((monotonic() + self.window_s, waiter))
        self._set()

    def _set(self) -> None:
        if self._due and not self._is_set:
            self._is_set = True
            now_s = monotonic()
            self._next_s = max(now_s, self._due[0][0]) + STEP_S
            runtime.spawn_after(self._next_s - now_s, self._go_round)

    def _go_round(self) -> None:
        self._is_set = False
        try:
            now_s = monotonic()
            self._adapt(now_s - self._next_s)
            while self._due and self._due[0][0] <= now_s:
                self._due.popleft()[1].flush()
        finally:
            self._set()

    def _adapt(self, late_s: float) -> None:
        wanted_s = min(WINDOW_S + WIDER * late_s, WINDOW_S_MAX)
        self.window_s += (wanted_s - self.window_s) / SMOOTH
