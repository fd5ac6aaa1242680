"""Follow one client's rooms: pass on what is new, and ask for what is missing."""

from collections.abc import Callable
from typing import Any, Protocol

from tests.load.rooms import Event, Rooms
from tests.load.sight import FULL
from tests.load.tally import Tally

FROM_THE_START = 0
"""A number no room's history reaches back to: asks for a snapshot."""
SECTOR = "sector:"

Ask = Callable[[dict[str, int]], None]
"""Has rooms resumed from their last numbers; the answer goes to `healed`."""


class Follower(Protocol):
    """Take what is heard."""

    def heard(self, room: str, event: Event) -> None:
        """Take one event, once and in the order of its room."""

    def shown(self, room: str, snapshot: dict[str, Any]) -> None:
        """Take a snapshot: what was known of the room before is void."""

    def left(self, room: str) -> None:
        """Take that a room is heard no more."""


class Hearing:
    """Hold the rooms of one client over all its connections."""

    def __init__(self, tally: Tally, follower: Follower, ask: Ask) -> None:
        self._tally, self._follower, self._ask = tally, follower, ask
        self._rooms = Rooms(tally.rooms)
        self._regained: set[str] = set()
        """Rooms that a resume brought back which had been left since it was sent."""

    def unhealed(self) -> list[str]:
        """Name the rooms that still miss something."""
        return self._rooms.unhealed()

    def seqs(self) -> dict[str, int]:
        """Give the last number of every room."""
        return self._rooms.seqs()

    def reconnected(self) -> dict[str, int]:
        """Begin a new connection: what must be resumed, from which number."""
        self._regained.clear()
        return self._rooms.reconnected()

    def welcomed(self, rooms: dict[str, int], missed: dict[str, int]) -> dict[str, int]:
        """Follow the rooms that a connection begins with; say what to resume in all."""
        for room, seq in rooms.items():
            self._rooms.start(room, seq)
            if room not in missed:
                self._rooms.pause(room)
        return dict.fromkeys(rooms, FROM_THE_START) | missed

    def follow(self, room: str) -> None:
        """Hear another room, from a snapshot on."""
        if room not in self._rooms.seqs():
            self._rooms.start(room, FROM_THE_START)
            self._rooms.pause(room)
            self._ask({room: FROM_THE_START})

    def leave(self, room: str) -> None:
        """Hear a room no more."""
        self._regained.discard(room)
        self._rooms.leave(room)
        self._follower.left(room)

    def resync(self) -> None:
        """Resume all rooms: something may have been lost."""
        self._ask(self._rooms.pause_all())

    def viewed(self, body: dict[str, Any]) -> None:
        """Take the ack of a new view: leave rooms of the last, enter the others."""
        if body["ok"]:
            for room in body["result"]["left"]:
                self.leave(room)
            self._enter(body["result"]["rooms"])

    def entered(self, rooms: dict[str, Any]) -> None:
        """Take that vision was gained."""
        self._tally.entered += len(rooms)
        self._enter(rooms)

    def lost(self, rooms: list[str]) -> None:
        """Take that vision was lost."""
        self._tally.left += len(rooms)
        for room in rooms:
            self.leave(room)

    def broadcast(self, batch: dict[str, Any], now_ms: float) -> None:
        """Take what happened in a room.

        What a sector's room says to who isn't in it is a flaw (law L8). A battle's room
        may go on: it is left without telling the server.
        """
        room = batch["room"]
        if room.startswith(SECTOR) and not self._is_in(room):
            self._tally.flaw(f"{room} is heard by who left it: {batch}")
        events, gap = self._rooms.hear(batch)
        for event in events:
            self._tally.behind_s.append(max(0.0, now_ms - event["at_ms"]) / 1_000)
        self._pass_on(room, events)
        if gap:
            self._ask({room: self._rooms.seqs()[room]})

    def healed(self, answers: dict[str, Any]) -> None:
        """Take what a resume answers."""
        for room, answer in answers.items():
            if "error" in answer:
                self.leave(room)
            elif room not in self._rooms.seqs():
                self._regained.add(room)
            elif "snapshot" in answer:
                self._follower.shown(room, answer["snapshot"])
            events, again = self._rooms.heal(room, answer)
            self._pass_on(room, events)
            if again:
                self._ask({room: self._rooms.seqs()[room]})

    def _is_in(self, room: str) -> bool:
        return room in self._rooms.seqs() or room in self._regained

    def _enter(self, rooms: dict[str, Any]) -> None:
        """Follow rooms from their snapshots on: one of the two tiers of a sector."""
        for room, shown in rooms.items():
            if room.startswith(SECTOR):
                is_full = room.endswith(FULL)
                self.leave(room.removesuffix(FULL) if is_full else room + FULL)
            self._rooms.enter(room, shown["seq"])
            self._follower.shown(room, shown["snapshot"])

    def _pass_on(self, room: str, events: list[Event]) -> None:
        self._tally.hear(room, events)
        for event in events:
            self._follower.heard(room, event)
