"""Let an instance die between any two steps of the write path, as a seed decides."""

from collections.abc import Callable
from typing import Any, TypeVar

from app.core.chance import Chance
from app.engine.redis import Circuit, Unavailable

T = TypeVar("T")
PER_MILLE = 1_000


class Crash(BaseException):
    """End an instance where it stands. No `except Exception` may hold it."""


class FragileCircuit(Circuit):
    """Call Redis, and sometimes die before, die after, or lose the answer."""

    def __init__(self, chance: Chance, crash_per_mille: int) -> None:
        super().__init__()
        self._chance = chance
        self.crash_per_mille = crash_per_mille

    def call(self, ask: Callable[..., T], *args: Any) -> T:
        """Ask Redis, unless the seed says otherwise."""
        draw = self._chance.below(PER_MILLE)
        if draw < self.crash_per_mille:
            raise Crash
        answer = super().call(ask, *args)
        if draw < 2 * self.crash_per_mille:
            raise Crash
        if draw < 3 * self.crash_per_mille:
            raise Unavailable("answer lost")
        return answer
