"""Follow the numbers of rooms: what is new, what is missing, what came twice.

No I/O: the bot sends what is asked for here and brings the answer back.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

WAITING_MAX = 1_000
"""Batches kept while a room is being healed; past it, the next gap heals the rest."""

Event = dict[str, Any]


@dataclass(slots=True)
class Counts:
    """Count what was right and wrong about the numbers that were heard."""

    events: int = 0
    gaps_seen: int = 0
    gaps_healed: int = 0
    gaps_moot: int = 0
    """Gaps of rooms that were left, or begun anew, before they were healed."""
    snapshots: int = 0
    resumed: int = 0
    overlaps: int = 0
    """Events that a resume and a broadcast brought both, as they may."""
    duplicates: int = 0
    """Events that one connection broadcast twice, which it must not."""
    malformed: int = 0
    strays: int = 0


@dataclass(slots=True)
class Room:
    """Hold one room: the last number applied, and the last one broadcast to us here."""

    seq: int
    live: int = 0
    is_healing: bool = False
    gaps: int = 0
    waiting: list[dict[str, Any]] = field(default_factory=list)


class Rooms:
    """Follow all rooms of one client over all its connections."""

    def __init__(self, counts: Counts) -> None:
        self._rooms: dict[str, Room] = {}
        self._counts = counts

    def reconnected(self) -> dict[str, int]:
        """Begin a new connection: what must be resumed, from which number."""
        for room in self._rooms.values():
            room.is_healing, room.live = True, 0
            room.waiting.clear()
        return self.seqs()

    def seqs(self) -> dict[str, int]:
        """Give the last number of every room."""
        return {name: room.seq for name, room in self._rooms.items()}

    def start(self, name: str, seq: int) -> None:
        """Follow a room from a number on: the server just told that we are there."""
        room = self._rooms.setdefault(name, Room(seq))
        if not room.is_healing:
            room.seq = max(room.seq, seq)

    def enter(self, name: str, seq: int) -> None:
        """Follow a room anew: the server just sent its snapshot at this number."""
        self.leave(name)
        self._rooms[name] = Room(seq)

    def pause(self, name: str) -> None:
        """Let a room's broadcasts wait until `heal` says from where they go on."""
        self._rooms[name].is_healing = True

    def pause_all(self) -> dict[str, int]:
        """Let all rooms wait; gives what must be resumed, from which number."""
        for room in self._rooms.values():
            room.is_healing = True
        return self.seqs()

    def leave(self, name: str) -> None:
        """Follow a room no more; what was missed there no longer matters."""
        room = self._rooms.pop(name, None)
        if room is not None:
            self._counts.gaps_moot += room.gaps

    def unhealed(self) -> list[str]:
        """Name the rooms that still miss something."""
        return [name for name, room in self._rooms.items() if room.is_healing]

    def hear(self, batch: dict[str, Any]) -> tuple[list[Event], bool]:
        """Take a broadcast: its new events, and whether the room must be healed."""
        room = self._rooms.get(batch["room"])
        if room is None:
            self._counts.strays += 1
            return [], False
        if not is_whole(batch):
            self._counts.malformed += 1
        if room.is_healing:
            if len(room.waiting) < WAITING_MAX:
                room.waiting.append(batch)
            return [], False
        return self._apply(room, batch)

    def heal(self, name: str, answer: dict[str, Any]) -> tuple[list[Event], bool]:
        """Take a resume's answer for a room: new events, and whether to ask again."""
        room = self._rooms.get(name)
        if room is None:
            return [], False
        if "error" in answer:
            self.leave(name)
            return [], False
        room.is_healing = False
        self._counts.gaps_healed += room.gaps
        room.gaps = 0
        events = self._catch_up(room, answer)
        waiting, room.waiting = room.waiting, []
        for batch in waiting:
            if room.is_healing:
                room.waiting.append(batch)
            else:
                events += self._apply(room, batch)[0]
        return events, room.is_healing

    def _catch_up(self, room: Room, answer: dict[str, Any]) -> list[Event]:
        if "events" not in answer:
            self._counts.snapshots += 1
            room.seq = answer["seq"]
            return []
        missed = [one for one in answer["events"] if one["seq"] > room.seq]
        if missed:
            self._counts.malformed += not _counts_up(missed, room.seq)
            self._counts.resumed += len(missed)
            room.seq = missed[-1]["seq"]
        return missed

    def _apply(self, room: Room, batch: dict[str, Any]) -> tuple[list[Event], bool]:
        if batch["from"] > room.seq:
            self._counts.gaps_seen += 1
            room.gaps += 1
            room.is_healing = True
            room.waiting.append(batch)
            return [], True
        new = [one for one in batch["events"] if one["seq"] > room.seq]
        for one in batch["events"][: len(batch["events"]) - len(new)]:
            self._counts.duplicates += one["seq"] <= room.live
            self._counts.overlaps += one["seq"] > room.live
        room.live = max(room.live, batch["to"])
        room.seq = max(room.seq, batch["to"])
        self._counts.events += len(new)
        return new, False


def is_whole(batch: dict[str, Any]) -> bool:
    """Tell whether a broadcast holds exactly the numbers that it says."""
    events = batch["events"]
    return (
        _counts_up(events, batch["from"])
        and batch["from"] + len(events) == (batch["to"])
    )


def _counts_up(events: Iterable[Event], after: int) -> bool:
    return all(one["seq"] == after + i for i, one in enumerate(events, 1))
