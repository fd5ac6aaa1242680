"""Pass broadcasts on to this instance's members of a room.

A message of a room's channel is `<from> <to> <at_ms> ` and then its events as JSON
objects joined by commas, just as the commit wrote them. They are framed once and the
same bytes are put to every member. What a busy room hears within a round is one batch.
"""

from collections.abc import Callable
from time import monotonic

import structlog

from app.engine import metrics
from app.realtime.client import Client
from app.realtime.rounds import QUIET_S, Rounds
from app.realtime.wire import Span, Wire

PROMPT = ("player:",)
"""Rooms that are never held back."""
SUPERSEDED = ("sector:",)
"""Rooms whose older batches a slow client may lose."""
BATCH_BYTES_MAX = 65_536

log = structlog.get_logger()

Members = Callable[[str], list[Client]]


class _Room:
    """Hold what a room has heard and not yet passed on; `send` gets it in its round."""

    def __init__(self, channel: str, send: Callable[["_Room"], None]) -> None:
        self.channel = channel
        self.name = channel.split(":room:", 1)[-1]
        self.is_prompt = self.name.startswith(PROMPT)
        self.supersedes = channel if self.name.startswith(SUPERSEDED) else None
        self.sent_s = -QUIET_S
        self.pieces: list[bytes] = []
        self.size = 0
        self.span = Span(0, 0, 0)
        self.is_due = False
        self._send = send

    def add(self, span: Span, pieces: bytes) -> None:
        """Take what follows what is held."""
        if self.pieces:
            span = Span(self.span.from_, span.to, span.at_ms)
        self.span = span
        self.pieces.append(pieces)
        self.size += len(pieces)

    def take(self) -> bytes:
        """Give what is held, which is then passed on."""
        pieces = b",".join(self.pieces)
        self.pieces, self.size, self.sent_s = [], 0, monotonic()
        return pieces

    def flush(self) -> None:
        """Pass on what is held, in its round."""
        self.is_due = False
        if self.pieces:
            self._send(self)


class Broadcasts:
    """Batch, frame and hand out what rooms hear."""

    def __init__(self, wire: Wire, members: Members, rounds: Rounds) -> None:
        self._wire = wire
        self._members = members
        self._rounds = rounds
        self._rooms: dict[str, _Room] = {}

    def heard(self, channel: str, message: bytes) -> None:
        """Take a message of a room's channel. Of an empty one nothing is kept."""
        try:
            from_, to, at_ms, pieces = message.split(b" ", 3)
            span = Span(int(from_), int(to), int(at_ms))
        except ValueError:
            log.warning("not a broadcast", channel=channel)
            return
        room = self._rooms.get(channel)
        if room is None:
            if not self._members(channel):
                return
            room = self._rooms[channel] = _Room(channel, self._send)
        if room.pieces and (
            span.from_ != room.span.to or room.size + len(pieces) > BATCH_BYTES_MAX
        ):
            self._send(room)  # a batch claims no more than it has
        room.add(span, pieces)
        self._send_in_time(room)

    def forget(self, channels: list[str]) -> None:
        """Forget rooms that are no longer listened to."""
        for channel in channels:
            self._rooms.pop(channel, None)

    def _send_in_time(self, room: _Room) -> None:
        if room.is_prompt:
            self._send(room)
        elif not room.is_due and monotonic() - room.sent_s >= QUIET_S:
            self._send(room, is_prompt=False)
        elif not room.is_due:
            room.is_due = True
            self._rounds.add(room)

    def _send(self, room: _Room, *, is_prompt: bool = True) -> None:
        """Hand out what a room holds; members hear what isn't prompt in their round."""
        pieces = room.take()
        members = self._members(room.channel)
        metrics.ROOM_FANOUT.observe(len(members))
        if members:
            frame = self._wire.batch(room.name, room.span, pieces)
            for client in members:
                client.hear(frame, room.channel, room.supersedes, is_prompt=is_prompt)
