"""Count what players and addresses may do a minute, over all instances and transports.

Windows are fixed, from the first hit on, and counted in Redis by one script: a hit that
is refused counts nowhere. Who was refused is remembered here until the window ends, so
that a flood doesn't reach Redis. Without Redis each instance counts for itself.
"""

from collections.abc import Iterable, Sequence
from math import ceil
from pathlib import Path
from time import monotonic, time

import redis
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from app.core.message import Rejected
from app.core.units import MINUTE_MS, SECOND_MS
from app.engine import keys
from app.engine.redis import Circuit, Script, Unavailable
from app.realtime import address
from app.realtime.pipe import lines_to

PER_PLAYER = {
    "move": 20,
    "attack": 10,
    "trade": 30,
    "build": 30,
    "chat": 30,
    "simulate": 10,
    "film": 120,
    "all": 300,
}
PER_ADDRESS = {"register": 2, "login": 5, "film": 120}
PER_NAME = {"password": 5}
EVERYTHING = "all"
REMEMBERED_MAX = 10_000

Counter = tuple[RateLimitItemPerMinute, str]
"""A limit, and the key of whoever it counts."""


class Limits:
    """Refuse what is too much a minute."""

    def __init__(
        self,
        client: redis.Redis,
        *,
        factor: int = 1,
        free: Sequence[address.Network] = (),
    ) -> None:
        self._lines = lines_to(client)
        self._factor = factor
        self._free = free
        self._circuit = Circuit()
        self._script = Script(Path(__file__).parent / "hit.lua")
        self._alone = FixedWindowRateLimiter(MemoryStorage())
        self._refused_until_s: dict[str, float] = {}

    def player(self, group: str, player_id: str) -> None:
        """Count a player's command, in its group and in all.

        Raises:
            Rejected: `rate_limited`.
        """
        groups = dict.fromkeys((group, EVERYTHING))
        self._count(self._counter(PER_PLAYER[one], one, player_id) for one in groups)

    def address(self, action: str, whose: str | None) -> None:
        """Count what an address does; the networks of a setting are free.

        Raises:
            Rejected: `rate_limited`.
        """
        if whose is None or not address.is_in(whose, self._free):
            self._count([self._counter(PER_ADDRESS[action], action, str(whose))])

    def hit(self, action: str, name: str) -> None:
        """Count something under a name, whether or not it was one too many."""
        try:
            self._count([self._counter(PER_NAME[action], action, name)])
        except Rejected:
            return

    def test(self, action: str, name: str) -> None:
        """Count nothing, but refuse where `hit` has counted enough.

        Raises:
            Rejected: `rate_limited`.
        """
        counters = [self._counter(PER_NAME[action], action, name)]
        self._ask(counters, is_hit=False)

    def _count(self, counters: Iterable[Counter]) -> None:
        self._ask(list(counters), is_hit=True)

    def _counter(self, per_minute: int, *names: str) -> Counter:
        item = RateLimitItemPerMinute(per_minute * self._factor)
        return item, keys.limit(":".join(names))

    def _ask(self, counters: list[Counter], *, is_hit: bool) -> None:
        now_s = monotonic()
        for _item, key in counters:
            if self._refused_until_s.get(key, 0.0) > now_s:
                raise _refusal(self._refused_until_s[key] - now_s)
        try:
            which, wait_s = self._ask_redis(counters, is_hit)
        except Unavailable:
            which, wait_s = self._ask_memory(counters, is_hit)
        if which is not None:
            self._remember(which, now_s + wait_s, now_s)
            raise _refusal(wait_s)

    def _ask_redis(
        self, counters: list[Counter], is_hit: bool
    ) -> tuple[str | None, float]:
        names = [key for _item, key in counters]
        amounts = [item.amount for item, _key in counters]
        args: list[bytes | str | int] = [MINUTE_MS, int(is_hit), *amounts]
        which, wait_ms = self._circuit.call(self._script, self._lines.ask, names, args)
        return (names[which - 1] if which else None), wait_ms / SECOND_MS

    def _ask_memory(
        self, counters: list[Counter], is_hit: bool
    ) -> tuple[str | None, float]:
        for item, key in counters:
            if not self._alone.test(item, key):
                ends_s = self._alone.get_window_stats(item, key).reset_time
                return key, max(0.0, ends_s - time())
        for item, key in counters if is_hit else ():
            self._alone.hit(item, key)
        return None, 0.0

    def _remember(self, key: str, until_s: float, now_s: float) -> None:
        if len(self._refused_until_s) >= REMEMBERED_MAX:
            self._refused_until_s = {
                one: end_s
                for one, end_s in self._refused_until_s.items()
                if end_s > now_s
            }
        if len(self._refused_until_s) < REMEMBERED_MAX:
            self._refused_until_s[key] = until_s


def _refusal(wait_s: float) -> Rejected:
    return Rejected("rate_limited", retry_after_ms=ceil(wait_s * SECOND_MS))
