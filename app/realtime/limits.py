"""Count what players and addresses may do a minute, over all instances and transports.

Windows are fixed, from the first hit on, and counted in Redis by one script: a hit that
is refused counts nowhere. An instance takes a tenth of an amount at a time, and spends
that by itself (decision 31). Who was refused is remembered here until the window ends,
so that a flood doesn't reach Redis. What counts under a name may be given back: that is
taken singly, and no refusal remembered. Without Redis each instance counts for itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
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

EVERYTHING = "all"
"""Every command, every view, and what over HTTP costs as much."""
READING = "read"
"""All else that takes an access token over HTTP: pages ask for more than people do."""
PER_PLAYER = {
    "move": 20,
    "attack": 10,
    "trade": 30,
    "build": 30,
    "chat": 30,
    "simulate": 10,
    "film": 120,
    "export": 5,
    READING: 6_000,
    EVERYTHING: 300,
}
PER_ADDRESS = {"register": 2, "login": 5, "film": 120}
PER_NAME = {"password": 5}
REMEMBERED_MAX = 100_000
PLAYERS_AT_HAND = 8_192
"""Of how many players, by their groups, the counters' names needn't be made again."""
SHARES = 10
"""Into how many shares an amount is cut that instances take in advance."""

Counter = tuple[RateLimitItemPerMinute, str]
"""A limit, and the key of whoever it counts."""


@dataclass(slots=True)
class _Share:
    """Hold what is left here of a counter until its window ends."""

    left: int
    until_s: float
    is_last: bool = False
    """Whether no more can be had in this window."""


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
        self._hit = Script(Path(__file__).parent / "hit.lua")
        self._give_back = Script(Path(__file__).parent / "give_back.lua")
        self._alone = FixedWindowRateLimiter(MemoryStorage())
        self._shares: dict[str, _Share] = {}

    def close(self) -> None:
        """Close the connection of one's own; the client stays its owner's."""
        self._lines.close()

    def player(self, group: str, player_id: str) -> None:
        """Count what a player asks for, in its group and in all; reading alone.

        Raises:
            Rejected: `rate_limited`.
        """
        self._count(_of_player(self._factor, group, player_id))

    def address(self, action: str, whose: str) -> None:
        """Count what the home of an address does; the networks of a setting are free.

        Raises:
            Rejected: `rate_limited`.
        """
        if not self.is_free(whose):
            home = address.home(whose)
            self._count([_counter(PER_ADDRESS[action] * self._factor, action, home)])

    def is_free(self, whose: str) -> bool:
        """Tell whether an address has no limits: it is in a network of a setting."""
        return address.is_in(whose, self._free)

    def take(self, action: str, name: str) -> None:
        """Count something under a name before it is known whether it counts.

        Raises:
            Rejected: `rate_limited`.
        """
        counter = _counter(PER_NAME[action] * self._factor, action, name)
        full, wait_s = self._ask([counter], shares=counter[0].amount)
        if full is not None:
            raise _refusal(wait_s)

    def give_back(self, action: str, name: str) -> None:
        """Count one less under a name: what was taken was nothing that counts."""
        item, key = _counter(PER_NAME[action] * self._factor, action, name)
        try:
            self._circuit.call(self._give_back, self._lines.ask, [key], [])
        except Unavailable:
            if self._alone.get_window_stats(item, key).remaining < item.amount:
                self._alone.hit(item, key, cost=-1)

    def _count(self, counters: Iterable[Counter]) -> None:
        """Spend one of each counter, or none where one is spent."""
        now_s = monotonic()
        spent: list[_Share] = []
        lacking: list[Counter] = []
        try:
            for counter in counters:
                share = self._look(counter[1], now_s)
                if share is None or not share.left:
                    lacking.append(counter)
                else:
                    share.left -= 1
                    spent.append(share)
            if lacking:
                self._take_shares(lacking)
        except Rejected:
            for share in spent:
                share.left += 1
            raise

    def _look(self, key: str, now_s: float) -> _Share | None:
        """Give the share that there is.

        Raises:
            Rejected: `rate_limited`.
        """
        share = self._shares.get(key)
        if share is None or share.until_s <= now_s:
            return None
        if share.is_last:
            raise _refusal(share.until_s - now_s)
        return share

    def _take_shares(self, counters: list[Counter]) -> None:
        full, wait_s = self._ask(counters, shares=SHARES)
        if full is not None:
            now_s = monotonic()
            share = self._look(full, now_s)
            if share is None or not share.left:  # nobody took one meanwhile
                self._keep(full, _Share(0, now_s + wait_s, is_last=True))
            raise _refusal(wait_s)

    def _ask(self, counters: list[Counter], *, shares: int) -> tuple[str | None, float]:
        """Count in all, or tell which is full, and for how long."""
        try:
            return self._ask_redis(counters, shares)
        except Unavailable:
            return self._ask_memory(counters)

    def _ask_redis(
        self, counters: list[Counter], shares: int
    ) -> tuple[str | None, float]:
        names = [key for _item, key in counters]
        args: list[bytes | str | int] = [MINUTE_MS]
        for item, _key in counters:
            args += (item.amount, max(1, item.amount // shares))
        which, *more = self._circuit.call(self._hit, self._lines.ask, names, args)
        if which:
            return names[which - 1], more[0] / SECOND_MS
        for key, granted, ends_ms in zip(names, more[::2], more[1::2], strict=True):
            if granted > 1:
                self._add(key, granted - 1, monotonic() + ends_ms / SECOND_MS)
        return None, 0.0

    def _ask_memory(self, counters: list[Counter]) -> tuple[str | None, float]:
        for item, key in counters:
            if not self._alone.test(item, key):
                ends_s = self._alone.get_window_stats(item, key).reset_time
                return key, max(0.0, ends_s - time())
        for item, key in counters:
            self._alone.hit(item, key)
        return None, 0.0

    def _add(self, key: str, left: int, until_s: float) -> None:
        share = self._shares.get(key)
        if share is None or share.is_last or share.until_s <= monotonic():
            self._keep(key, _Share(left, until_s))
        else:
            share.left += left
            share.until_s = until_s

    def _keep(self, key: str, share: _Share) -> None:
        if len(self._shares) >= REMEMBERED_MAX:
            now_s = monotonic()
            self._shares = {
                one: kept for one, kept in self._shares.items() if kept.until_s > now_s
            }
        if len(self._shares) < REMEMBERED_MAX:
            self._shares[key] = share


@lru_cache(PLAYERS_AT_HAND)
def _of_player(factor: int, group: str, player_id: str) -> tuple[Counter, ...]:
    groups = (group,) if group in (READING, EVERYTHING) else (group, EVERYTHING)
    return tuple(_counter(PER_PLAYER[one] * factor, one, player_id) for one in groups)


def _counter(per_minute: int, *names: str) -> Counter:
    return RateLimitItemPerMinute(per_minute), keys.limit(":".join(names))


def _refusal(wait_s: float) -> Rejected:
    return Rejected("rate_limited", retry_after_ms=ceil(wait_s * SECOND_MS))
