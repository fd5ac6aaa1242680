"""Let battles be fought for who asks, without keeping an instance's sockets waiting."""

from math import ceil
from threading import BoundedSemaphore
from time import monotonic
from typing import Protocol

from app.core.message import Rejected
from app.core.units import SECOND_MS
from app.realtime.runtime import offload, sleep

PART_TICKS = 2
"""Ticks between two rests: 6 ms of the largest battle."""
REST_PARTS = 2
"""How long a fight rests after a part, in times that the part took: while it runs,
sockets wait for the interpreter."""
AT_ONCE_MAX = 1
"""Fights that an instance runs at a time: it has sockets to serve."""
BUSY_RETRY_MS = 2_000
REST_OF_HOME = 3
"""How long the home of an address rests after a fight, in times that the fight took: no
home has the turn for more than a quarter of the time."""

_turns = BoundedSemaphore(AT_ONCE_MAX)
_resting: dict[str, float] = {}
"""Home -> when it has rested; only a few, since they fight one after the other."""


class Fight(Protocol):
    """Be fought in parts."""

    @property
    def is_done(self) -> bool:
        """Tell whether there is no more to fight."""

    def go_on(self, ticks: int) -> None:
        """Fight so many ticks more."""


def run(fight: Fight, budget_s: float, home: str = "") -> None:
    """Fight off the hub of green threads, in parts, until the end or the time is up.

    A `home` (of an address) rests afterwards: nobody knows who asks there.

    Raises:
        Rejected: `busy` while another one runs, `rate_limited` while the home rests.
    """
    _refuse_resting(home)
    if not _turns.acquire(blocking=False):
        raise Rejected("busy", retry_after_ms=BUSY_RETRY_MS)
    began_s = monotonic()
    try:
        while not fight.is_done and monotonic() < began_s + budget_s:
            part_s = monotonic()
            offload(fight.go_on, PART_TICKS)
            sleep(REST_PARTS * (monotonic() - part_s))
    finally:
        _turns.release()
        if home:
            _rest(home, REST_OF_HOME * (monotonic() - began_s))


def _refuse_resting(home: str) -> None:
    wait_s = _resting.get(home, 0.0) - monotonic()
    if wait_s > 0:
        raise Rejected("rate_limited", retry_after_ms=ceil(wait_s * SECOND_MS))


def _rest(home: str, rest_s: float) -> None:
    now_s = monotonic()
    for one in [one for one, until_s in _resting.items() if until_s <= now_s]:
        del _resting[one]
    _resting[home] = now_s + rest_s
