"""Let work that can wait leave the machine to what players wait for."""

from threading import Event
from time import monotonic

from celery.exceptions import Ignore

REST_S_MAX = 5.0
LATE_MS = 400
"""How late timers are done where the machine is full; else it takes a third of that."""
LATELY_S = 2.0
"""How long a late timer is remembered."""

leaving = Event()
"""Set once this process ends: what can wait ends as well, or it would wait for that."""


class _Players:
    """Know whether players wait: their timers come late."""

    def __init__(self) -> None:
        self._late_until_s = 0.0

    def served(self, lateness_ms: int) -> None:
        """Take how late a timer was done."""
        if lateness_ms > LATE_MS:
            self._late_until_s = monotonic() + LATELY_S

    @property
    def wait(self) -> bool:
        """Tell whether a timer was late a moment ago."""
        return monotonic() < self._late_until_s


players = _Players()


class Pace:
    """Work for a share of the time, and for less while players wait."""

    def __init__(self, share: float) -> None:
        self._rest_ratio = (1 - share) / share
        self._since_s = monotonic()

    def rest(self) -> None:
        """Rest by what was worked since the last rest; 5 s at the most.

        While players wait it is always that long.

        Raises:
            Ignore: the process ends, and this work with it; its next time goes on.
        """
        worked_s = monotonic() - self._since_s
        rest_s = REST_S_MAX if players.wait else worked_s * self._rest_ratio
        if leaving.wait(min(rest_s, REST_S_MAX)):
            raise Ignore
        self._since_s = monotonic()
