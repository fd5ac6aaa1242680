"""Let work that can wait leave the machine to what players wait for."""

from time import monotonic, sleep

REST_S_MAX = 5.0


class Pace:
    """Work for a share of the time, resting after each piece as long as that takes."""

    def __init__(self, share: float) -> None:
        self._rest_ratio = (1 - share) / share
        self._since_s = monotonic()

    def rest(self) -> None:
        """Rest for what was worked since the last rest; 5 s at the most."""
        worked_s = monotonic() - self._since_s
        sleep(min(worked_s * self._rest_ratio, REST_S_MAX))
        self._since_s = monotonic()
