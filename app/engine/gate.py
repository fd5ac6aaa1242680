"""Let one command at a time at an aggregate within an instance.

Commits that would lose the race anyway wait here instead of asking Redis again. Between
instances the versions decide.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock

from app.core.message import Ref

WAIT_MAX_S = 2.0
DOORS = 1_024
"""Two aggregates behind one door wait for each other: seldom, and no harm is done."""


class Crowded(Exception):
    """Tell that an aggregate stayed taken for too long."""


class Gate:
    """Hold a fixed number of locks, one of which is an aggregate's."""

    def __init__(self) -> None:
        self._doors = [Lock() for _ in range(DOORS)]

    @contextmanager
    def hold(self, refs: Sequence[Ref]) -> Iterator[None]:
        """Take the locks of `refs`, in one order, so that nobody waits in a ring.

        Raises:
            Crowded: one was not free within `WAIT_MAX_S`.
        """
        taken: list[Lock] = []
        try:
            for number in sorted({hash(ref) % DOORS for ref in refs}):
                door = self._doors[number]
                if not door.acquire(timeout=WAIT_MAX_S):
                    raise Crowded(", ".join(map(str, refs)))
                taken.append(door)
            yield
        finally:
            for door in taken:
                door.release()
