"""Pass broadcasts on to this instance's members of a room.

A message of a room's channel is `<from> <to> <at_ms> ` and then its events as JSON
objects joined by commas, just as the commit wrote them. They are framed once and the
same bytes are put to every member.
"""

from collections.abc import Callable
from time import monotonic

import structlog

from app.engine import metrics
from app.realtime import runtime
from app.realtime.client import Client
from app.realtime.wire import Span, Wire

WINDOW_S = 0.05
"""The first event of a quiet room goes out at once, later ones this long after it: half
of the 100 ms in which a room must have heard; the way there takes the rest."""
PROMPT = ("player:",)
"""Rooms that are never held back."""
SUPERSEDED = ("sector:",)
"""Rooms whose older batches a slow client may lose."""
BATCH_BYTES_MAX = 65_536

log = structlog.get_logger()

Members = Callable[[str], list[Client]]


class _Room:
    """Hold what a room has heard and not yet passed on."""

    def __init__(self, channel: str) -> None:
        self.channel = channel
        self.name = channel.split(":room:", 1)[-1]
        self.is_prompt = self.name.startswith(PROMPT)
        self.supersedes = channel if self.name.startswith(SUPERSEDED) else None
        self.sent_s = 0.0
        self.pieces: list[bytes] = []
        self.size = 0
        self.span = Span(0, 0, 0)
        self.is_waiting = False


class Broadcasts:
    """Batch, frame and hand out what rooms hear."""

    def __init__(self, wire: Wire, members: Members) -> None:
        self._wire = wire
        self._members = members
        self._rooms: dict[str, _Room] = {}

    def heard(self, channel: str, message: bytes) -> None:
        """Take a message of a room's channel."""
        try:
            from_, to, at_ms, pieces = message.split(b" ", 3)
            span = Span(int(from_), int(to), int(at_ms))
        except ValueError:
            log.warning("not a broadcast", channel=channel)
            return
        room = self._rooms.get(channel)
        if room is None:
            room = self._rooms[channel] = _Room(channel)
        if room.pieces and (
            span.from_ != room.span.to or room.size + len(pieces) > BATCH_BYTES_MAX
        ):
            self._send(room)  # a batch claims no more than it has
        if room.pieces:
            span = Span(room.span.from_, span.to, span.at_ms)
        room.span = span
        room.pieces.append(pieces)
        room.size += len(pieces)
        self._send_in_time(room)

    def forget(self, channels: list[str]) -> None:
        """Forget rooms that are no longer listened to."""
        for channel in channels:
            self._rooms.pop(channel, None)

    def _send_in_time(self, room: _Room) -> None:
        wait_s = 0.0 if room.is_prompt else room.sent_s + WINDOW_S - monotonic()
        if wait_s <= 0.0:
            self._send(room)
        elif not room.is_waiting:
            room.is_waiting = True
            runtime.spawn_after(wait_s, self._send_waiting, room)

    def _send_waiting(self, room: _Room) -> None:
        room.is_waiting = False
        if room.pieces:
            self._send(room)

    def _send(self, room: _Room) -> None:
        pieces = b",".join(room.pieces)
        room.pieces, room.size, room.sent_s = [], 0, monotonic()
        members = self._members(room.channel)
        metrics.ROOM_FANOUT.observe(len(members))
        if members:
            frame = self._wire.batch(room.name, room.span, pieces)
            for client in members:
                client.hear(frame, room.channel, room.supersedes)
