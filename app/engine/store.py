"""Read and commit a galaxy's hot state: each call is one script, one round trip."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import redis
from msgspec import Struct

from app.core.message import Ref
from app.core.units import HOUR_MS, MINUTE_MS
from app.engine import journal, timers
from app.engine.clock import Clock
from app.engine.epoch import read as read_epoch
from app.engine.keys import Keys
from app.engine.lines import Asks, Lines
from app.engine.redis import Circuit, Script, Unavailable
from app.engine.replicas import Replicas

HISTORY_MAX = 256
"""How many broadcasts of a room can be asked for again (approximately)."""
ROOM_TTL_MS = HOUR_MS
QUIET_MS = ROOM_TTL_MS // 2
"""How long a room without a history keeps its number; see rooms.lua."""
REPLY_TTL_MS = 10 * MINUTE_MS

_HERE = Path(__file__).parent
_EPOCH = _HERE / "epoch.lua"
_LOAD = Script(_EPOCH, _HERE / "load.lua")
_COMMIT = Script(_EPOCH, _HERE / "commit.lua")
_REMEMBER = Script(_EPOCH, _HERE / "remember.lua")
_ROOMS = Script(_EPOCH, _HERE / "rooms.lua")
_CLAIM = Script(_EPOCH, _HERE / "claim.lua")
_RESTORE = Script(_EPOCH, _HERE / "restore.lua")


class Held(NamedTuple):
    """Hold one aggregate as Redis has it: version 0 where it has none."""

    version: int
    data: bytes
    changed_ms: int


class Overdue(NamedTuple):
    """Name a timer in the order in which timers are settled."""

    at_ms: int
    id: str


class Loaded(NamedTuple):
    """Hold what one load answered. `done` is the remembered reply, if any."""

    epoch: bytes
    now_ms: int
    done: bytes | None
    held: dict[Ref, Held]
    first_due: Overdue | None


class Write(Struct, frozen=True, kw_only=True):
    """Hold one commit. `states` has the new state of what changed."""

    epoch: bytes
    command_id: str
    at_ms: int
    own: Overdue | None
    """The timer whose command this is: gone with this commit."""
    reply: bytes
    """What to remember under the command id; empty for a timer."""
    versions: dict[Ref, int]
    states: dict[Ref, bytes]
    entry: bytes
    added: dict[str, bytes]
    due_ms: dict[str, int]
    dropped: tuple[str, ...]
    broadcasts: dict[str, list[bytes]]
    """Per room its events, as JSON objects without the opening brace."""
    signals: tuple[str, ...]
    """Internal rooms that hear that something changed, and keep nothing."""
    moves: tuple[tuple[str, str, str], ...]
    """(place, "+" or "-", member)."""
    trace: tuple[bytes, ...] = ()
    """One more field of the journal, where this commit is traced."""


class Room(NamedTuple):
    """Hold a room's number, and who stands in its sector."""

    seq: int
    members: tuple[Ref, ...]


class Taken(NamedTuple):
    """Hold rooms and aggregates as they were at one instant."""

    epoch: bytes
    now_ms: int
    rooms: dict[str, Room]
    held: dict[Ref, Held]


class Store:
    """Speak to the Redis server of one galaxy."""

    def __init__(
        self,
        client: redis.Redis,
        keys: Keys,
        *,
        lines: Asks | None = None,
        journal_max: int = 1_000_000,
        replicas_min: int = 0,
    ) -> None:
        self.client = client
        self.keys = keys
        self.clock = Clock()
        self.circuit = Circuit()
        self.lines: Asks = lines or Lines(client)
        self._journal_max = journal_max
        self._replicas = Replicas(client, keys, replicas_min) if replicas_min else None
        self._epoch = b""
        self._floor = 0

    def close(self) -> None:
        """Close the connections; nobody may be waiting for an answer."""
        self.lines.close()
        self.client.close()

    def load(
        self, refs: Sequence[Ref], command_id: str, now_ms: int | None = None
    ) -> Loaded:
        """Read aggregates, what is due on them, and the reply if the id is known.

        The answer's `now_ms` is the server's clock (or `now_ms`), but never before the
        last change of what was read, so that a clock that steps back is not seen.

        Raises:
            Unavailable: Redis doesn't answer, or waits to be rebuilt.
        """
        keys = [self.keys.epoch, self.keys.done(command_id)]
        for ref in refs:
            keys += (self.keys.aggregate(ref), self.keys.due(ref))
        answer = self.circuit.call(_LOAD, self.lines.ask, keys, [])
        server_ms = self._observed(answer)
        if self._replicas and answer[2] is not None:
            self._replicas.confirm(answer[0])
        return _loaded(refs, answer, server_ms if now_ms is None else now_ms)

    def commit(self, write: Write) -> tuple[str, bytes]:
        """Commit all of `write` or nothing.

        Returns what became of it: `ok`, `done` (with the remembered reply), `gone` (the
        timer is done already) or `raced` (load again).

        Raises:
            Unavailable: Redis doesn't answer, waits to be rebuilt, the journal is full,
                or replicas that are asked for don't have it. When it doesn't answer,
                or they don't, the commit may still have happened.
        """
        keys, args = self._packed(write)
        answer = self.circuit.call(_COMMIT, self.lines.ask, keys, args)
        status = answer[0].decode()
        if status in ("epoch", "full"):
            raise Unavailable("rebuilding" if status == "epoch" else "journal")
        if self._replicas and status in ("ok", "done") and write.own is None:
            self._replicas.confirm(write.epoch)
        return status, answer[1] if status == "done" else b""

    def remember(self, command_id: str, reply: bytes) -> bytes:
        """Keep the reply of a command that changed nothing; give the first one kept.

        Raises:
            Unavailable: Redis doesn't answer, waits to be rebuilt, or replicas that are
                asked for don't have it; it may still be kept.
        """
        keys = [self.keys.epoch, self.keys.done(command_id)]
        args: list[bytes | str | int] = [reply, REPLY_TTL_MS]
        epoch, kept = self.circuit.call(_REMEMBER, self.lines.ask, keys, args)
        if epoch is None:
            raise Unavailable("rebuilding")
        if self._replicas:
            self._replicas.confirm(epoch)
        return reply if kept is None else bytes(kept)

    def timed(self, timer_ids: Sequence[str]) -> dict[str, timers.Timed]:
        """Read timers, in their order, without those that are done or cancelled."""
        key = self.keys.commands
        values = self.circuit.call(self.lines.ask, "HMGET", key, *timer_ids)
        return {
            timer_id: timers.unpack(self.keys, value)
            for timer_id, value in zip(timer_ids, values, strict=True)
            if value is not None
        }

    def claim(self, *, batch_max: int, lease_ms: int) -> dict[str, timers.Timed]:
        """Claim due timers, until the lease runs out."""
        keys = [self.keys.epoch, self.keys.timers, self.keys.commands]
        args: list[bytes | str | int] = [batch_max, lease_ms]
        pairs = self.circuit.call(_CLAIM, self.lines.ask, keys, args)
        return {
            name.decode(): timers.unpack(self.keys, value)
            for name, value in zip(pairs[::2], pairs[1::2], strict=True)
            if value
        }

    def restore(self, epoch: bytes, held: dict[Ref, Held]) -> None:
        """Bring cold aggregates back, each only while Redis has none.

        Raises:
            Unavailable: Redis was rebuilt meanwhile; what was read may be old.
        """
        keys = [self.keys.epoch, *(self.keys.aggregate(ref) for ref in held)]
        args: list[bytes | str | int] = [epoch]
        for one in held.values():
            args += (one.version, one.data, one.changed_ms)
        if self.circuit.call(_RESTORE, self.lines.ask, keys, args) == -1:
            raise Unavailable("rebuilding")

    def rooms(self, places: Mapping[str, str | None], refs: Sequence[Ref]) -> Taken:
        """Read rooms' numbers, their sectors' members, and aggregates at one instant.

        `places` names the sector of each room whose members are asked for.

        Raises:
            Unavailable: Redis doesn't answer, or waits to be rebuilt.
        """
        keys = [self.keys.epoch]
        args: list[bytes | str | int] = [ROOM_TTL_MS, len(places)]
        for room, place in places.items():
            history = self.keys.room(room)
            keys += (history, history if place is None else self.keys.sector(place))
            args.append("" if place is None else "1")
        keys += [self.keys.aggregate(ref) for ref in refs]
        answer = self.circuit.call(_ROOMS, self.lines.ask, keys, args)
        self._observed(answer)
        return _taken(places, refs, answer)

    def history(self, room: str, after_seq: int) -> list[bytes] | None:
        """Read a room's events after a number; None when that number left the ring."""
        key = self.keys.room(room)
        found = self.circuit.call(self.lines.ask, "XRANGE", key, after_seq, "+")
        if not found and after_seq == self._quiet_seq():
            return []
        if not found or found[0][0] != b"%d-0" % after_seq:
            return None
        events = [event for _id, (_field, event) in found[1:]]
        return None if b"" in events else events  # state was lost in between

    def latest(self, room: str, most: int) -> list[bytes]:
        """Read a room's last events, newest first, as far as its ring reaches.

        The ring begins with an empty entry, which only has a number.
        """
        key = self.keys.room(room)
        found = self.circuit.call(
            self.lines.ask, "XREVRANGE", key, "+", "-", "COUNT", most
        )
        return [event for _id, (_field, event) in found if event]

    def _quiet_seq(self) -> int:
        """Give the number of a room that has no history."""
        now_ms = self.clock.now_ms()
        return max(now_ms - now_ms % QUIET_MS, self._floor)

    def _observed(self, answer: list[bytes]) -> int:
        """Note the epoch and the time, which begin an answer; give the time."""
        if answer[0] is None:
            raise Unavailable("rebuilding")
        if answer[0] != self._epoch:
            self._epoch = answer[0]
            self._floor = read_epoch(answer[0].decode()).floor
        server_ms = int(answer[1])
        self.clock.observe(server_ms)
        return server_ms

    def _packed(self, write: Write) -> tuple[list[str], list[bytes | str | int]]:
        own = write.own or Overdue(0, "")
        keys = [self.keys.epoch, self.keys.journal, self.keys.timers]
        keys += [self.keys.commands, self.keys.done(write.command_id)]
        args: list[bytes | str | int] = [write.epoch, self._journal_max, REPLY_TTL_MS]
        args += [write.reply, write.at_ms, own.id, own.at_ms, ROOM_TTL_MS, HISTORY_MAX]
        args.append(len(write.versions))
        changes = {ref: i for i, ref in enumerate(write.states)}
        for ref, version in write.versions.items():
            keys += (self.keys.aggregate(ref), self.keys.due(ref))
            field = journal.state_field(changes[ref]) if ref in changes else b""
            args += (version, write.states.get(ref, b""), field)
        fields = (journal.ENTRY_FIELD, write.entry, *write.trace)
        args += (len(fields), *fields, len(write.added))
        for name, value in write.added.items():
            args += (name, write.due_ms[name], value)
        args += (len(write.dropped), *write.dropped)
        self._pack_rooms(write, keys, args)
        return keys, args

    def _pack_rooms(
        self, write: Write, keys: list[str], args: list[bytes | str | int]
    ) -> None:
        args.append(len(write.broadcasts))
        for room, pieces in write.broadcasts.items():
            keys.append(self.keys.room(room))
            args += (len(keys), len(pieces), *pieces)
        args.append(len(write.signals))
        for room in write.signals:
            keys.append(self.keys.room(room))
            args.append(len(keys))
        args.append(len(write.moves))
        for place, sign, member in write.moves:
            keys.append(self.keys.sector(place))
            args += (len(keys), sign, member)


def _loaded(refs: Sequence[Ref], answer: list[bytes | None], now_ms: int) -> Loaded:
    held: dict[Ref, Held] = {}
    dues: list[Overdue] = []
    for i, ref in enumerate(refs):
        version, data, changed_ms, due, due_ms = answer[3 + 5 * i : 8 + 5 * i]
        held[ref] = one = Held(int(version or 0), data or b"", int(changed_ms or 0))
        now_ms = max(now_ms, one.changed_ms)
        if due is not None and due_ms is not None:
            dues.append(Overdue(int(float(due_ms)), due.decode()))
    return Loaded(answer[0] or b"", now_ms, answer[2], held, min(dues, default=None))


def _member(member: bytes) -> Ref:
    kind, name = member.decode().split(":", 1)
    return Ref(kind, name)


def _taken(places: Iterable[str], refs: Sequence[Ref], answer: list[Any]) -> Taken:
    rooms = {
        room: Room(int(answer[2 + 2 * i]), tuple(map(_member, answer[3 + 2 * i])))
        for i, room in enumerate(places)
    }
    after = 2 + 2 * len(rooms)
    held = {
        ref: Held(int(version or 0), data or b"", 0)
        for ref, version, data in zip(
            refs, answer[after::2], answer[after + 1 :: 2], strict=True
        )
    }
    return Taken(answer[0], int(answer[1]), rooms, held)
