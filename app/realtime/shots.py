"""Keep what sectors show, for as long as they are heard and say nothing more.

Whoever looks where somebody on this instance looks already costs Redis nothing: a
sector's snapshot stands until its room speaks (law L2), and its room is listened to.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from app.engine.snapshots import Shot, place_of
from app.engine.store import QUIET_MS

BYTES_MAX = 2_048
"""The largest snapshot that is kept: larger ones are busy rooms', and would add up."""

Losses = Callable[[], int]


class _Mark(NamedTuple):
    """Say for how long a snapshot and its number may stand.

    The number of a room that has no history grows from time to time: who is given an
    old one would see a gap where nothing is missing.
    """

    losses: int
    period: int


class _Kept(NamedTuple):
    """Hold what a room shows; `shot` is None while it is being read."""

    mark: _Mark
    shot: Shot | None


class Shots:
    """Read rooms' snapshots, or give those that still stand.

    `losses` counts how often this instance may have missed what rooms said.
    """

    def __init__(self, losses: Losses) -> None:
        self._losses = losses
        self._kept: dict[str, _Kept] = {}

    def of(self, galaxy: Any, rooms: Iterable[str]) -> dict[str, Shot]:
        """Give what some rooms show. All of them must be listened to.

        Raises:
            Unavailable: a server doesn't answer.
        """
        shots: dict[str, Shot] = {}
        reading: dict[str, _Kept] = {}
        now_ms = galaxy.reads.now_ms()
        mark = _Mark(self._losses(), now_ms // QUIET_MS)
        for room in rooms:
            kept = self._kept.get(galaxy.keys.room(room))
            if kept is not None and kept.shot is not None and kept.mark == mark:
                shots[room] = kept.shot._replace(at_ms=now_ms)
            else:
                reading[room] = _Kept(mark, None)
        return shots | self._read(galaxy, reading) if reading else shots

    def heard(self, channel: str) -> None:
        """Take that a room spoke: what it showed is old."""
        self._kept.pop(channel, None)

    def doubt(self) -> None:
        """Keep nothing: what is hot was made anew."""
        self._kept.clear()

    def forget(self, channels: Iterable[str]) -> None:
        """Keep nothing of rooms that are listened to no longer."""
        for channel in channels:
            self._kept.pop(channel, None)

    def _read(self, galaxy: Any, reading: dict[str, _Kept]) -> dict[str, Shot]:
        """Read rooms, and keep what is small of those that didn't speak meanwhile."""
        channels = {room: galaxy.keys.room(room) for room in reading if place_of(room)}
        for room, channel in channels.items():
            self._kept[channel] = reading[room]
        shots: dict[str, Shot] = galaxy.reads.snapshots(reading)
        for room, channel in channels.items():
            is_small = len(shots[room].data) <= BYTES_MAX
            if is_small and self._kept.get(channel) is reading[room]:
                self._kept[channel] = reading[room]._replace(shot=shots[room])
        return shots
