"""Hold what waits for one client, within bounds.

A client that keeps up has nothing waiting: its frames go straight to the kernel. One
that is behind gets its frames joined, loses sector batches that a later one supersedes
(it will see the gap and resume), and is given up past the bounds.
"""

import socket
from contextlib import suppress
from itertools import count
from typing import Any

from app.realtime import runtime
from app.realtime.frames import Frame

FRAMES_MAX = 512
WAITING_BYTES_MAX = 262_144
SLOW_FROM_BYTES = 32_768
"""From here on only the newest waiting batch of a sector is kept."""
WRITE_BYTES = 65_536
AMPLE_FRAMES, AMPLE_BYTES = 64, 16_384
"""What is worth a write of its own."""
POLL_FRAMES_MAX = 16
"""python-engineio's client takes no more in one polling answer."""


class Full(Exception):
    """Tell that a client is too far behind."""


class Outbox:
    """Queue frames for a client, or write them to its socket once it has one."""

    def __init__(self) -> None:
        self._waiting: dict[object, Frame] = {}
        self._numbers = count()
        self._bytes = 0
        self._sock: Any = None
        self._raw: Any = None
        self._writing = False

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def is_ample(self) -> bool:
        """Tell whether so much waits that nothing is won by waiting for more."""
        return len(self._waiting) >= AMPLE_FRAMES or self._bytes >= AMPLE_BYTES

    def put(self, frame: Frame, supersedes: object = None) -> None:
        """Send a frame, behind what waits; or queue it where that can't be.

        Raises:
            Full: too much waits already.
            OSError: the socket is gone.
        """
        if self._sock is None or self._writing or self._waiting:
            self.queue(frame, supersedes)
            self.flush()
            return
        data = frame.wire
        sent = runtime.send_now(self._raw, data)
        if sent < len(data):
            self._start_writing(data[sent:])

    def queue(self, frame: Frame, supersedes: object = None) -> None:
        """Let a frame wait. `supersedes` names the sector of its batch.

        Raises:
            Full: too much waits already.
        """
        key: object = next(self._numbers)
        if supersedes is not None and self._bytes > SLOW_FROM_BYTES:
            key = supersedes
            if key in self._waiting:
                self._pop(key)
        if self._waiting and (
            len(self._waiting) >= FRAMES_MAX
            or self._bytes + len(frame) > WAITING_BYTES_MAX
        ):
            raise Full
        self._waiting[key] = frame
        self._bytes += len(frame)

    def flush(self) -> None:
        """Write what waits, as far as the kernel takes it at once.

        Raises:
            OSError: the socket is gone.
        """
        if self._sock is None or self._writing or not self._waiting:
            return
        data = self._joined()
        sent = runtime.send_now(self._raw, data)
        if sent < len(data) or self._waiting:
            self._start_writing(data[sent:])

    def open(self, sock: Any, raw: Any) -> None:
        """Write to a WebSocket's socket from now on, what waits first."""
        self._sock, self._raw = sock, raw
        if self._waiting and not self._writing:
            self._start_writing(b"")

    def take(self) -> list[Frame]:
        """Take what a polling answer may carry."""
        keys = list(self._waiting)[:POLL_FRAMES_MAX]
        return [self._pop(key) for key in keys]

    def clear(self) -> None:
        """Forget what waits, because nobody will read it."""
        self._waiting.clear()
        self._bytes = 0

    def _pop(self, key: object) -> Frame:
        frame = self._waiting.pop(key)
        self._bytes -= len(frame)
        return frame

    def _start_writing(self, rest: bytes) -> None:
        self._writing = True
        runtime.spawn(self._write, rest)

    def _write(self, rest: bytes) -> None:
        """Catch up. The socket's timeout bounds how long a reader may stand still."""
        try:
            while rest or self._waiting:
                self._sock.sendall(rest or self._joined())
                rest = b""
        except OSError:
            self.clear()
            with suppress(OSError):  # its reader wakes and cleans up
                self._sock.shutdown(socket.SHUT_RDWR)
        finally:
            self._writing = False

    def _joined(self) -> bytes:
        """Join waiting frames into one write."""
        pieces: list[bytes] = []
        size = 0
        for key in list(self._waiting):
            pieces.append(self._pop(key).wire)
            size += len(pieces[-1])
            if size >= WRITE_BYTES:
                break
        return b"".join(pieces)
