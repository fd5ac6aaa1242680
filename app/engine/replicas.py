"""Wait until replicas have what was committed: one question for many commits.

WAIT counts the replicas that have the writes of its own connection. So whoever asks
writes a mark, which comes after the commits, in the epoch that these were made in: on a
server that took over in between nothing is confirmed. While one waits others gather,
and the next question is for all of them.
"""

from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import redis

from app.engine.keys import Keys
from app.engine.redis import Unavailable

WAIT_MS = 1_000
"""Below the time that a call may take."""
_HERE = Path(__file__).parent


class _Round(NamedTuple):
    """Hold what became of one question, which was asked in an epoch."""

    number: int
    epoch: bytes
    confirmed: bool


class Replicas:
    """Ask for the replicas of one galaxy's server."""

    def __init__(self, client: redis.Redis, keys: Keys, at_least: int) -> None:
        self._client = client
        self._keys = [keys.epoch, keys.replicated]
        self._at_least = at_least
        self._mark = "".join(
            (_HERE / name).read_text() for name in ("epoch.lua", "replicas.lua")
        )
        self._turn = Lock()
        self._begun = 0
        self._last = _Round(0, b"", confirmed=False)

    def confirm(self, epoch: bytes) -> None:
        """Return once enough replicas have all that was committed until now.

        Raises:
            Unavailable: they don't; it may yet be lost.
        """
        needed = self._begun + 1  # what is on its way now may have been too early
        with self._turn:
            if self._last.number < needed or self._last.epoch != epoch:
                self._last = self._ask(epoch)
            if not self._last.confirmed:
                raise Unavailable("replicas")

    def _ask(self, epoch: bytes) -> _Round:
        self._begun += 1
        pipe: Any = self._client.pipeline(transaction=False)
        pipe.eval(self._mark, len(self._keys), *self._keys, epoch)
        pipe.wait(self._at_least, WAIT_MS)
        try:
            marked, have_it = pipe.execute()
        except redis.RedisError:
            return _Round(self._begun, epoch, confirmed=False)
        confirmed = bool(marked) and have_it >= self._at_least
        return _Round(self._begun, epoch, confirmed)
