"""Let one command at a time at an aggregate within an instance.

Commits that would lose the race anyway wait here instead of asking Redis again. Between
instances the versions decide.
"""

from collections.abc import Sequence
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

    def hold(self, refs: Sequence[Ref]) -> "_Hold":
        """Take the locks of `refs` for a block, in one order: nobody waits in a ring.

        Raises:
            Crowded: on entering; one was not free within `WAIT_MAX_S`.
        """
        if len(refs) == 1:
            return _Hold([self._doors[hash(refs[0]) % DOORS]], refs)
        numbers = sorted({hash(ref) % DOORS for ref in refs})
        return _Hold([self._doors[number] for number in numbers], refs)


class _Hold:
    """Hold locks for the length of a block."""

    __slots__ = ("_doors", "_refs", "_taken")

    def __init__(self, doors: Sequence[Lock], refs: Sequence[Ref]) -> None:
        self._doors = doors
        self._refs = refs
        self._taken: list[Lock] = []

    def __enter__(self) -> None:
        try:
            for door in self._doors:
                if not door.acquire(timeout=WAIT_MAX_S):
                    raise Crowded(", ".join(map(str, self._refs)))
                self._taken.append(door)
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_error: object) -> None:
        for door in self._taken:
            door.release()
