"""Count, in this process alone, how fast one source speaks."""

from time import monotonic


class Bucket:
    """Let through `capacity` at once and `per_second` on the long run."""

    __slots__ = ("_capacity", "_level", "_per_second", "_seen_s")

    def __init__(self, capacity: float, per_second: float) -> None:
        self._capacity = capacity
        self._per_second = per_second
        self._level = capacity
        self._seen_s = monotonic()

    def take(self, amount: float = 1) -> float:
        """Take some, and tell what is left: below 0 it was too many."""
        now_s = monotonic()
        gained = (now_s - self._seen_s) * self._per_second
        self._seen_s = now_s
        self._level = min(self._capacity, self._level + gained) - amount
        return self._level

    def wait_ms(self) -> int:
        """Tell when the next one will be let through."""
        return max(0, int((1 - self._level) * 1_000 / self._per_second))
