"""Let what is heard in quick succession leave in rounds, together.

A busy room's events become one batch, and a busy client's batches one write.
"""

from collections import deque
from time import monotonic
from typing import Protocol

from app.realtime import runtime

WINDOW_S = 0.04
"""How long a broadcast waits for others to leave with: less than half of the 100 ms in
which a room must have heard; a busy way there takes the rest."""
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

    def add(self, waiter: Waiter) -> None:
        """Have a room or a client flushed after `WINDOW_S`."""
        self._due.append((monotonic() + WINDOW_S, waiter))
        self._set()

    def _set(self) -> None:
        if self._due and not self._is_set:
            self._is_set = True
            wait_s = self._due[0][0] - monotonic()
            runtime.spawn_after(max(0.0, wait_s) + STEP_S, self._go_round)

    def _go_round(self) -> None:
        self._is_set = False
        try:
            now_s = monotonic()
            while self._due and self._due[0][0] <= now_s:
                self._due.popleft()[1].flush()
        finally:
            self._set()
