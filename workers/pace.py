"""Let work that can wait leave the machine to what players wait for."""

from threading import Event
from time import monotonic

from celery.exceptions import Ignore

REST_S_MAX = 5.0

leaving = Event()
"""Set once this process ends: what can wait ends as well, or it would wait for that."""


class Pace:
    """Work for a share of the time, resting after each piece as long as that takes."""

    def __init__(self, share: float) -> None:
        self._rest_ratio = (1 - share) / share
        self._since_s = monotonic()

    def rest(self) -> None:
        """Rest for what was worked since the last rest; 5 s at the most.

        Raises:
            Ignore: the process ends, and this work with it; its next time goes on.
        """
        worked_s = monotonic() - self._since_s
        if leaving.wait(min(worked_s * self._rest_ratio, REST_S_MAX)):
            raise Ignore
        self._since_s = monotonic()
