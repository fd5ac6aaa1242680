"""Take requests of the cluster's owner on a socket file, one after the other.

A request is a line of JSON, `{"do": "scale", "words": ["web=4"]}`; the answer is a line
for each step, `{"say": ...}`, and at the end `{"done": true}` or `{"error": ...}`.
"""

import json
import os
import select
import socket
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from deploy.local.folders import Folders

NAME = "runner.sock"
WAITING_MAX = 8
REQUEST_BYTES_MAX = 4_096
PATIENCE_S = 2.0
BRIEF_S = 0.2
"""For whoever is turned away while others wait for the runner."""
BUSY = "busy: the cluster is being changed already; try again when that is done"


def socket_path(folders: Folders) -> Path:
    """Name the socket of a cluster."""
    return folders.sockets / NAME


class Visitor:
    """Hold one who asks. One who left early hears nothing, and changes nothing."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def read(self, within_s: float = PATIENCE_S) -> Mapping[str, Any]:
        """Read what is asked for; nothing where that can't be read."""
        self._connection.settimeout(within_s)
        heard = b""
        with suppress(OSError, ValueError):
            while not heard.endswith(b"\n") and len(heard) < REQUEST_BYTES_MAX:
                more = self._connection.recv(REQUEST_BYTES_MAX - len(heard))
                if not more:
                    break
                heard += more
            asked = json.loads(heard)
            if isinstance(asked, dict):
                return asked
        return {}

    def say(self, text: str) -> None:
        """Tell of one step."""
        self._tell(say=text)

    def thank(self) -> None:
        """Tell that it is done, and part."""
        self._tell(done=True)
        self._connection.close()

    def refuse(self, why: str) -> None:
        """Tell why it is not done, and part."""
        self._tell(error=why)
        self._connection.close()

    def _tell(self, **line: object) -> None:
        with suppress(OSError):
            self._connection.sendall(json.dumps(line).encode() + b"\n")


class Desk:
    """Hold the socket; only its owner may open it."""

    def __init__(self, folders: Folders) -> None:
        path = socket_path(folders)
        path.unlink(missing_ok=True)  # of a killed runner: there is one at a time
        self._socket = socket.socket(socket.AF_UNIX)
        mask = os.umask(0o177)
        try:
            self._socket.bind(str(path))
        finally:
            os.umask(mask)
        self._socket.listen(WAITING_MAX)
        self._socket.setblocking(False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._socket.close()

    def wait(self, seconds: float) -> Visitor | None:
        """Wait so long for somebody to come."""
        select.select([self._socket], [], [], seconds)
        return self._next()

    def turn_away(self) -> None:
        """Tell everybody who came meanwhile that somebody else is served."""
        for _ in range(WAITING_MAX):
            visitor = self._next()
            if visitor is None:
                return
            visitor.read(BRIEF_S)  # who closes on unheard words cuts off his own
            visitor.refuse(BUSY)

    def _next(self) -> Visitor | None:
        with suppress(BlockingIOError, ConnectionAbortedError):
            connection, _address = self._socket.accept()
            return Visitor(connection)
        return None
