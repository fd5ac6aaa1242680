"""Let a gunicorn worker leave while its connections go on, until all is done."""

import socket
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any

from app.engine import garbage
from app.realtime import hugepages, runtime

SEND_BUFFER_BYTES = 131_072
"""What the kernel holds for one client; a reader that stops costs no more there."""
NOTIFY_S = 1.0
POLL_S = 0.05

_leaving: list[Callable[[], None]] = []


def on_leaving(work: Callable[[], None]) -> None:
    """Have `work` done after TERM, while the last connections are still open."""
    _leaving.append(work)


class Leaves:
    """Add to a gunicorn worker: sockets that don't dally, and a leave by hand.

    gunicorn's own graceful stop waits until the other side has closed every socket.
    """

    alive: bool
    _left = False
    _at_work = 0

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._idle: set[Any] = set()

    def handle(self, listener: Any, client: Any, addr: Any) -> None:
        """Serve one accepted connection."""
        if client.family != socket.AF_UNIX:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
        self._idle.add(client)
        try:
            super().handle(listener, client, addr)  # type: ignore[misc]
        finally:
            self._idle.discard(client)

    def handle_request(
        self, listener: Any, request: Any, client: Any, addr: Any
    ) -> Any:
        """Serve one request of a connection."""
        self._idle.discard(client)
        answer = super().handle_request(listener, request, client, addr)  # type: ignore[misc]
        self._idle.add(client)
        return answer

    def handle_exit(self, _signal: int, _frame: FrameType | None) -> None:
        """Leave: stop accepting, and do at once what must be done before the end."""
        self.alive = False
        if not self._left:
            self._left = True
            runtime.spawn(self._leave)
            for work in _leaving:
                self._at_work += 1
                runtime.spawn(self._do, work)

    def _do(self, work: Callable[[], None]) -> None:
        try:
            work()
        finally:
            self._at_work -= 1

    def run(self) -> None:
        """Serve; then stay until all is done that `on_leaving` asked for.

        Sockets that became WebSockets are nothing that gunicorn would wait for.
        """
        garbage.look_seldom()
        hugepages.keep()
        super().run()  # type: ignore[misc]
        while self._at_work:
            runtime.sleep(POLL_S)

    def _leave(self) -> None:
        """End kept-alive connections; what had already been asked is still answered."""
        runtime.spawn(self._stay_noticed)
        runtime.sleep(NOTIFY_S)  # by then nothing new is accepted
        for client in list(self._idle):
            with suppress(OSError):
                client.shutdown(socket.SHUT_RD)

    def _stay_noticed(self) -> None:
        """Keep gunicorn from killing a worker that takes its time to leave."""
        while True:
            self.notify()  # type: ignore[attr-defined]
            runtime.sleep(NOTIFY_S)
