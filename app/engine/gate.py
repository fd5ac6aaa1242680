"""Let one command at a time at an aggregate within an instance.

Commits that would lose the race anyway wait here instead of asking Redis again. Between
instances the versions decide.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock

from app.core.message import Ref

WAIT_MAX_S = 2.0


class Crowded(Exception):
    """Tell that an aggregate stayed taken for too long."""


class _Door:
    __slots__ = ("lock", "users")

    def __init__(self) -> None:
        self.lock = Lock()
        self.users = 0


class Gate:
    """Hold a lock per aggregate, only while somebody wants it."""

    def __init__(self) -> None:
        self._book = Lock()
        self._doors: dict[Ref, _Door] = {}

    @contextmanager
    def hold(self, refs: Sequence[Ref]) -> Iterator[None]:
        """Take the locks of `refs`, in one order, so that nobody waits in a ring.

        Raises:
            Crowded: one was not free within `WAIT_MAX_S`.
        """
        taken: list[tuple[Ref, _Door]] = []
        try:
            for ref in sorted(refs):
                taken.append((ref, self._take(ref)))  # noqa: PERF401 - may raise
            yield
        finally:
            for ref, door in taken:
                door.lock.release()
                self._leave(ref, door)

    def _take(self, ref: Ref) -> _Door:
        with self._book:
            door = self._doors.setdefault(ref, _Door())
            door.users += 1
        if not door.lock.acquire(timeout=WAIT_MAX_S):
            self._leave(ref, door)
            raise Crowded(str(ref))
        return door

    def _leave(self, ref: Ref, door: _Door) -> None:
        with self._book:
            door.users -= 1
            if not door.users:
                del self._doors[ref]
