"""Keep in Redis who is connected where, so that caps hold over all instances.

A slot names its instance by a boot id. Every instance beats once a second; the slots of
one that stopped beating count as free three seconds later, and vanish by their TTL.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import redis

from app.core.units import MINUTE_MS, SECOND_MS
from app.engine import keys
from app.engine.peeks import cut
from app.engine.redis import Circuit, Script, Unavailable

BEAT_TTL_MS = 3 * SECOND_MS
SLOT_TTL_MS = 90 * SECOND_MS
"""Above three refreshes."""

ACTIVE_MS = 5 * MINUTE_MS
"""Who was connected within this time counts as active."""

OWED_MAX = 20_000
"""The most slots that may wait to be given back: past it the oldest are left to their
TTL, which holds where nobody else has a slot of that player or address."""
OWED_A_TIME = 500

_BEATS = keys.session("beats")
_SEEN = keys.session("seen")


class Slot(NamedTuple):
    """Hold a slot: of which player, at which address's home (None: not counted)."""

    sid: str
    player_id: str
    home: str | None


class Presence:
    """Take and give back slots for the connections of one instance."""

    def __init__(
        self, client: redis.Redis, instance: str, *, player_max: int, address_max: int
    ) -> None:
        self._client = client
        self._mark = f"{uuid4().hex}|{instance}"
        self._player_max = player_max
        self._address_max = address_max
        self._circuit = Circuit()
        self._script = Script(Path(__file__).parent / "slots.lua")
        self._owed: dict[Slot, int] = {}
        """What is given back, for all that Redis may know, and when that was."""
        self._is_refreshing = False

    def take(self, slot: Slot) -> bool:
        """Take a slot; False when player or address have all that they may.

        Raises:
            Unavailable: Redis doesn't answer.
        """
        names = _keys(slot)
        names = [names[0], names[-1], _BEATS]
        address_max = self._address_max if slot.home else 0
        args: list[bytes | str | int] = [self._member(slot), self._player_max]
        args += [address_max, SLOT_TTL_MS]
        full = self._circuit.call(
            self._script, self._client.execute_command, names, args
        )
        return not full

    def give_back(self, slot: Slot, now_ms: int) -> None:
        """Give a slot back and note when its player was last seen.

        Where Redis doesn't answer, a later beat does.
        """
        self._owed[slot] = now_ms
        if len(self._owed) > OWED_MAX:
            del self._owed[next(iter(self._owed))]
        self._settle([slot])

    def beat(self) -> None:
        """Say that this instance is alive, and give back what Redis didn't hear of."""
        now_ms = self._now_ms()
        if now_ms is None:
            return
        with self._client.pipeline(transaction=False) as pipe:
            pipe.zadd(_BEATS, {self._boot: now_ms + BEAT_TTL_MS})
            pipe.zremrangebyscore(_BEATS, "-inf", now_ms - SLOT_TTL_MS)
            self._try(pipe)
        self._settle(self._owed)

    def refresh(self, slots: Iterable[Slot]) -> None:
        """Prolong all slots of this instance, and bring back what Redis lost.

        What is given back while this waits for Redis may be brought back by mistake;
        so it stays owed, and is given back again.
        """
        self._is_refreshing = True
        try:
            self._prolong(slots)
        finally:
            self._is_refreshing = False
        self._settle(self._owed)

    def _prolong(self, slots: Iterable[Slot]) -> None:
        now_ms = self._now_ms()
        if now_ms is None:
            return
        with self._client.pipeline(transaction=False) as pipe:
            for slot in slots:
                if slot in self._owed:
                    continue
                for key in _keys(slot):
                    pipe.sadd(key, self._member(slot))
                    pipe.pexpire(key, SLOT_TTL_MS)
                pipe.zadd(_SEEN, {slot.player_id: now_ms})
            pipe.zremrangebyscore(_SEEN, "-inf", now_ms - ACTIVE_MS)
            self._try(pipe)

    def leave(self) -> None:
        """Say that this instance is gone: its slots are free at once."""
        with self._client.pipeline(transaction=False) as pipe:
            pipe.zrem(_BEATS, self._boot)
            self._try(pipe)

    @property
    def _boot(self) -> str:
        return self._mark.split("|", 1)[0]

    def _member(self, slot: Slot) -> str:
        return f"{self._mark}|{slot.sid}"

    def _now_ms(self) -> int | None:
        try:
            seconds, micros = self._circuit.call(self._client.time)
        except Unavailable:
            return None
        return int(seconds) * SECOND_MS + int(micros) // SECOND_MS

    def _settle(self, slots: Iterable[Slot]) -> None:
        """Give back what is owed of some slots, for as long as Redis answers."""
        for some in cut(list(slots), OWED_A_TIME):
            with self._client.pipeline(transaction=False) as pipe:
                for slot in some:
                    self._free(pipe, slot)
                if not self._try(pipe):
                    return
            for slot in () if self._is_refreshing else some:
                self._owed.pop(slot, None)

    def _free(self, pipe: redis.client.Pipeline, slot: Slot) -> None:
        for key in _keys(slot):
            pipe.srem(key, self._member(slot))
        seen_ms = self._owed.get(slot)
        if seen_ms is not None:  # who came back meanwhile was seen since
            pipe.zadd(_SEEN, {slot.player_id: seen_ms}, gt=True)

    def _try(self, pipe: redis.client.Pipeline) -> bool:
        try:
            self._circuit.call(pipe.execute)
        except Unavailable:
            return False  # the next beat or the TTL mends it
        return True


def active_players(client: redis.Redis, now_ms: int) -> int:
    """Count the players that are connected or were a short while ago.

    Raises:
        Unavailable: Redis doesn't answer.
    """
    try:
        return int(client.zcount(_SEEN, now_ms - ACTIVE_MS, "+inf"))
    except redis.RedisError as error:
        raise Unavailable("presence") from error


def _keys(slot: Slot) -> list[str]:
    names = [keys.session(f"player:{slot.player_id}")]
    if slot.home is not None:
        names.append(keys.session(f"address:{slot.home}"))
    return names
