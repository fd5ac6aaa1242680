"""Make the snapshots of many sectors' rooms in few round trips, and keep them.

A snapshot is kept as JSON under its room for as long as the room's number stands: what
changes it is broadcast in the room, or it is no part of the snapshot (law L2).
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from threading import Lock
from typing import Any, NamedTuple, Protocol

import orjson

from app.core.decider import States
from app.core.message import Ref
from app.engine.peeks import REFS_A_TIME, ROUNDS_MAX, Look, Peeks, cut
from app.engine.redis import Unavailable

ROOMS_A_TIME = 200
"""Rooms that one script reads: about a millisecond of Redis' time."""
KEPT_BYTES_MAX = 32 * 1024 * 1024
"""What a process keeps of one galaxy's snapshots."""
KEPT_EACH_BYTES = 256
"""What a kept snapshot costs beside its JSON."""


class Views(Protocol):
    """Say what a room's snapshot is made of; the game's registry does."""

    def snapshot_refs(
        self, room: str, members: Sequence[Ref], known: States
    ) -> tuple[Ref, ...]:
        """Name the aggregates to read, given what is known so far."""

    def snapshot(self, room: str, states: States) -> dict[str, Any]:
        """Make the snapshot of a room: of the states alone, whatever the time is."""


class Shot(NamedTuple):
    """Hold a snapshot as JSON: broadcasts go on from `seq`."""

    seq: int
    at_ms: int
    data: bytes


class _Mark(NamedTuple):
    """Say of what a snapshot was made."""

    epoch: bytes
    breaks: int
    seq: int


class _Kept:
    """Keep the newest snapshots by room, within bounds."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._bytes = 0
        self._shots: OrderedDict[str, tuple[_Mark, bytes]] = OrderedDict()

    def __contains__(self, room: str) -> bool:
        return room in self._shots

    def get(self, room: str, mark: _Mark) -> bytes | None:
        with self._lock:
            found = self._shots.get(room)
            if found is None or found[0] != mark:
                return None
            self._shots.move_to_end(room)
            return found[1]

    def put(self, room: str, mark: _Mark, data: bytes) -> None:
        with self._lock:
            old = self._shots.pop(room, None)
            self._bytes += _size(data) - (_size(old[1]) if old else 0)
            self._shots[room] = mark, data
            while self._bytes > KEPT_BYTES_MAX:
                _room, (_mark, oldest) = self._shots.popitem(last=False)
                self._bytes -= _size(oldest)


class Snapshots:
    """Show the sectors of one galaxy. Nothing is settled first: that is play's part."""

    def __init__(self, views: Views, peeks: Peeks) -> None:
        self._views = views
        self._peeks = peeks
        self._kept = _Kept()

    def of(self, rooms: Iterable[str]) -> dict[str, Shot]:
        """Read sectors' rooms.

        Raises:
            Unavailable: a server doesn't answer.
        """
        shots: dict[str, Shot] = {}
        stale: dict[str, tuple[Ref, ...]] = {}
        for some in cut(rooms, ROOMS_A_TIME):
            breaks = self._peeks.breaks
            places = {
                room: None if room in self._kept else place_of(room) for room in some
            }
            look = self._peeks.look(places, ())
            for room, (seq, members) in look.rooms.items():
                data = self._kept.get(room, _Mark(look.epoch, breaks, seq))
                if data is not None:
                    shots[room] = Shot(seq, look.now_ms, data)
                    continue
                refs = self._views.snapshot_refs(room, members, {})
                if refs or places[room] is None:
                    stale[room] = refs
                else:  # most sectors are empty
                    shots[room] = self._shot(room, look, (), breaks)
        return shots | self._made(stale)

    def _made(self, stale: dict[str, tuple[Ref, ...]]) -> dict[str, Shot]:
        shots: dict[str, Shot] = {}
        for _round in range(ROUNDS_MAX):
            if not stale:
                return shots
            again: dict[str, tuple[Ref, ...]] = {}
            for some in _chunks(stale):
                breaks = self._peeks.breaks
                refs = {ref: None for room in some for ref in stale[room]}
                look = self._peeks.look(_places(some), tuple(refs))
                for room in some:
                    members = look.rooms[room].members
                    wanted = self._views.snapshot_refs(room, members, {})
                    if refs.keys() >= set(wanted):
                        shots[room] = self._shot(room, look, wanted, breaks)
                    else:  # somebody came in between
                        again[room] = wanted
            stale = again
        raise Unavailable("busy")

    def _shot(self, room: str, look: Look, refs: Sequence[Ref], breaks: int) -> Shot:
        states = {ref: look.states[ref] for ref in refs}
        data = orjson.dumps(self._views.snapshot(room, states))
        seq = look.rooms[room].seq
        self._kept.put(room, _Mark(look.epoch, breaks, seq), data)
        return Shot(seq, look.now_ms, data)


def place_of(room: str) -> str | None:
    """Name the sector whose room it is; None for other rooms."""
    kind, *rest = room.split(":")
    return ":".join(rest[:2]) if kind == "sector" else None


def _places(rooms: Iterable[str]) -> dict[str, str | None]:
    return {room: place_of(room) for room in rooms}


def _chunks(stale: dict[str, tuple[Ref, ...]]) -> Iterator[list[str]]:
    """Put rooms together for as long as a script stays short."""
    some: list[str] = []
    count = 0
    for room, refs in stale.items():
        if some and (count + len(refs) > REFS_A_TIME or len(some) >= ROOMS_A_TIME):
            yield some
            some, count = [], 0
        some.append(room)
        count += len(refs)
    if some:
        yield some


def _size(data: bytes) -> int:
    return len(data) + KEPT_EACH_BYTES
