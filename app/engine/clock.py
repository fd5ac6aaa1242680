"""Keep the server's clock: that of Redis, shared by all processes of a cluster."""

from time import monotonic, time

from app.core.units import SECOND_MS


class Clock:
    """Tell the server's time between two answers of Redis.

    Every answer of the write path carries Redis' time; between two of them the
    machine's monotonic clock runs on. So no step of a machine's wall clock is seen.
    """

    def __init__(self) -> None:
        self._offset_ms = int(time() * SECOND_MS) - self._local_ms()

    def observe(self, server_ms: int) -> None:
        """Note the server's time as just heard."""
        self._offset_ms = server_ms - self._local_ms()

    def now_ms(self) -> int:
        """Tell the server's time in Unix ms."""
        return self._local_ms() + self._offset_ms

    @staticmethod
    def _local_ms() -> int:
        return int(monotonic() * SECOND_MS)
