"""Let battles be fought for who asks, without keeping an instance's sockets waiting."""

from threading import BoundedSemaphore
from time import monotonic
from typing import Protocol

from app.core.message import Rejected
from app.realtime.runtime import offload, sleep

PART_TICKS = 2
"""Ticks between two rests: 6 ms of the largest battle."""
REST_PARTS = 2
"""How long a fight rests after a part, in times that the part took: while it runs,
sockets wait for the interpreter."""
AT_ONCE_MAX = 1
"""Fights that an instance runs at a time: it has sockets to serve."""
BUSY_RETRY_MS = 2_000

_turns = BoundedSemaphore(AT_ONCE_MAX)


class Fight(Protocol):
    """Be fought in parts."""

    @property
    def is_done(self) -> bool:
        """Tell whether there is no more to fight."""

    def go_on(self, ticks: int) -> None:
        """Fight so many ticks more."""


def run(fight: Fight, budget_s: float) -> None:
    """Fight off the hub of green threads, in parts, until the end or the time is up.

    Raises:
        Rejected: `busy` while another one runs.
    """
    if not _turns.acquire(blocking=False):
        raise Rejected("busy", retry_after_ms=BUSY_RETRY_MS)
    try:
        began_s = monotonic()
        while not fight.is_done and monotonic() < began_s + budget_s:
            part_s = monotonic()
            offload(fight.go_on, PART_TICKS)
            sleep(REST_PARTS * (monotonic() - part_s))
    finally:
        _turns.release()
