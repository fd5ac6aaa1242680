"""Know where all colonies of a galaxy lie, without asking Postgres for each caller.

One caller reads, and only when what is kept is older than `LASTS_S`; all others get
what is kept meanwhile. Without Postgres it stays, marked `stale`.
"""

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import NamedTuple

import orjson

from app.engine.redis import Unavailable
from app.realtime.runtime import offload
from app.web.database import SILENCES
from app.web.kept import Kept, keep

LASTS_S = 5
WAIT_S = 5.0
"""How long a caller waits for the first reading."""


class Read(NamedTuple):
    """Hold a reading: when it was, and the columns as JSON."""

    at_ms: int
    columns: str


class Icons:
    """Keep a galaxy's colonies as `read` gives them; `clock` counts seconds."""

    def __init__(
        self, read: Callable[[], Read], clock: Callable[[], float] = monotonic
    ) -> None:
        self._read = read
        self._clock = clock
        self._last: Read | None = None
        self._kept: Kept | None = None
        self._rests_until_s = -1.0
        self._turn = Lock()

    def show(self) -> Kept:
        """Give the colonies, at most some seconds old while Postgres answers.

        Raises:
            Unavailable: Postgres doesn't, and nothing was read before.
        """
        if not self._rests and self._turn.acquire(timeout=self._patience_s):
            try:
                if not self._rests:  # others may have read while this one waited
                    self._renew()
            finally:
                self._turn.release()
        if self._kept is None:
            raise Unavailable("colonies")
        return self._kept

    @property
    def _rests(self) -> bool:
        return self._clock() < self._rests_until_s

    @property
    def _patience_s(self) -> float:
        return WAIT_S if self._kept is None else 0

    def _renew(self) -> None:
        """Read, and don't try again for a while, however that ended."""
        try:
            self._last = self._read()
            self._kept = offload(_kept, self._last, False)
        except SILENCES:
            if self._last is not None:
                self._kept = offload(_kept, self._last, True)
        finally:
            self._rests_until_s = self._clock() + LASTS_S


def _kept(read: Read, stale: bool) -> Kept:
    """Make the document; as long as colonies are the same, so is its name."""
    document = {
        "at_ms": read.at_ms,
        "stale": stale,
        "colonies": orjson.Fragment(read.columns),
    }
    return keep(document, [stale, read.columns])
