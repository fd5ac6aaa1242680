"""Follow the numbers of one user's rooms: what is new, missing, or came twice.

Views are not folded here: `make bots` does that. No I/O either.
"""

from typing import Any

from tests.load.crowd.measure import Numbers

WAITING_MAX = 256
"""Batches kept while a room is being healed; past it, the next gap heals the rest."""
FROM_THE_START = 0
"""A number that no room's history reaches back to: asks for a snapshot."""

Batch = dict[str, Any]
Event = dict[str, Any]
_NONE: list[Event] = []


class Room:
    """Hold one room: the last number known, and the last one broadcast to us here."""

    __slots__ = ("gaps", "is_healing", "live", "seq", "waiting")

    def __init__(self, seq: int) -> None:
        self.seq, self.live, self.gaps = seq, 0, 0
        self.is_healing = False
        self.waiting: list[Batch] = []


class Rooms:
    """Follow all rooms of one user over all its connections."""

    __slots__ = ("_numbers", "_rooms")

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers
        self._rooms: dict[str, Room] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._rooms

    def seq(self, name: str) -> int:
        """Give the last number of one room."""
        return self._rooms[name].seq

    def seqs(self) -> dict[str, int]:
        """Give the last number of every room."""
        return {name: room.seq for name, room in self._rooms.items()}

    def unhealed(self) -> list[str]:
        """Name the rooms that still miss something."""
        return [name for name, room in self._rooms.items() if room.is_healing]

    def start(self, name: str, seq: int) -> None:
        """Follow a room from a number on, unless it is followed."""
        if name not in self._rooms:
            self._rooms[name] = Room(seq)

    def enter(self, name: str, seq: int) -> None:
        """Follow a room anew: the server just sent its snapshot at this number."""
        self.leave(name)
        self._rooms[name] = Room(seq)

    def await_snapshot(self, name: str) -> dict[str, int]:
        """Follow a room from its next snapshot on; gives what to resume."""
        self.enter(name, FROM_THE_START)
        self._rooms[name].is_healing = True
        return {name: FROM_THE_START}

    def leave(self, name: str) -> None:
        """Follow a room no more; what was missed there no longer matters."""
        room = self._rooms.pop(name, None)
        if room is not None:
            self._numbers.gaps_moot += room.gaps

    def pause(self) -> dict[str, int]:
        """Let all rooms wait for `heal`; gives what to resume, from which number."""
        for room in self._rooms.values():
            room.is_healing = True
        return self.seqs()

    def reconnected(self) -> dict[str, int]:
        """Begin a new connection: gives what to resume, from which number."""
        for room in self._rooms.values():
            room.live = 0
            room.waiting.clear()
        return self.pause()

    def hear(self, batch: Batch) -> tuple[list[Event], bool]:
        """Take a broadcast: its new events, and whether the room must be healed."""
        room = self._rooms.get(batch["room"])
        if room is None:
            return _NONE, False
        events: list[Event] = batch["events"]
        if batch["to"] - batch["from"] != len(events):
            self._numbers.malformed += 1
        if batch["from"] == room.seq and not room.is_healing:
            room.seq = room.live = batch["to"]
            return events, False
        if room.is_healing:
            if len(room.waiting) < WAITING_MAX:
                room.waiting.append(batch)
            return _NONE, False
        return self._apply(room, batch)

    def heal(self, name: str, answer: dict[str, Any]) -> tuple[list[Event], bool]:
        """Take a resume's answer for a room: new events, and whether to ask again."""
        room = self._rooms.get(name)
        if room is None:
            return _NONE, False
        if "error" in answer:
            self.leave(name)
            return _NONE, False
        room.is_healing = False
        self._numbers.gaps_healed += room.gaps
        room.gaps = 0
        events = self._catch_up(room, answer)
        waiting, room.waiting = room.waiting, []
        for batch in waiting:
            if room.is_healing:
                room.waiting.append(batch)
            else:
                events = events + self._apply(room, batch)[0]
        return events, room.is_healing

    def _catch_up(self, room: Room, answer: dict[str, Any]) -> list[Event]:
        if "events" not in answer:
            self._numbers.snapshots += 1
            room.seq = max(room.seq, answer["seq"])
            return _NONE
        missed = [one for one in answer["events"] if one["seq"] > room.seq]
        if missed:
            last = missed[-1]["seq"]
            self._numbers.malformed += last - room.seq != len(missed)
            self._numbers.resumed += len(missed)
            room.seq = last
        return missed

    def _apply(self, room: Room, batch: Batch) -> tuple[list[Event], bool]:
        if batch["from"] > room.seq:
            self._numbers.gaps_seen += 1
            room.gaps += 1
            room.is_healing = True
            room.waiting.append(batch)
            return _NONE, True
        new = [one for one in batch["events"] if one["seq"] > room.seq]
        for one in batch["events"][: len(batch["events"]) - len(new)]:
            self._numbers.duplicates += one["seq"] <= room.live
            self._numbers.overlaps += one["seq"] > room.live
        room.live = max(room.live, batch["to"])
        room.seq = max(room.seq, batch["to"])
        return new, False
