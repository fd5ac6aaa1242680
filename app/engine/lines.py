"""Ask one Redis server over connections that are used newest first.

The write path's own way past redis-py's command layer (pool, retries, observability),
which takes a quarter of a command's Python time. The protocol stays redis-py's. What
is asked here is never repeated: an answer that got lost may have had its effect.
"""

from threading import Semaphore
from typing import Any, Protocol

import redis

from app.engine.redis import CONNECT_TIMEOUT_S, CONNECTIONS_MAX


class Asks(Protocol):
    """Ask one Redis server, from any number of threads at once."""

    breaks: int
    """How often a connection broke: what the server said before may be undone."""

    @property
    def in_use(self) -> int:
        """Count the commands that wait for an answer."""

    def ask(self, *command: Any) -> Any:
        """Send one command and give its answer. It is never sent again.

        Raises:
            redis.exceptions.ResponseError: the server answered with an error.
            redis.exceptions.RedisError: it didn't answer; the command may have had its
                effect. Or too many wait already.
        """

    def close(self) -> None:
        """Close what is idle."""


class Lines:
    """Keep connections to the server of a client."""

    def __init__(
        self, client: redis.Redis, *, connections_max: int = CONNECTIONS_MAX
    ) -> None:
        self._pool: Any = client.connection_pool
        self._free = Semaphore(connections_max)
        self._open: set[Any] = set()
        self._idle: list[Any] = []
        self.breaks = 0
        """How often a connection broke."""

    @property
    def in_use(self) -> int:
        """Count the connections that wait for an answer."""
        return len(self._open) - len(self._idle)

    def ask(self, *command: Any) -> Any:
        """Send one command and give its answer, waiting for a connection if need be.

        Raises:
            redis.exceptions.ResponseError: the server answered with an error.
            redis.exceptions.RedisError: it didn't answer, or none came free in time.
        """
        if not self._free.acquire(timeout=CONNECT_TIMEOUT_S):
            raise redis.exceptions.MaxConnectionsError("too many commands at once")
        try:
            return self._ask(command)
        finally:
            self._free.release()

    def _ask(self, command: tuple[Any, ...]) -> Any:
        line = self._newest() or self._another()
        try:
            line.send_command(*command)
            answer = line.read_response()
        except redis.exceptions.ResponseError:
            self._idle.append(line)
            raise
        except BaseException:
            self._drop(line)
            raise
        self._idle.append(line)
        return answer

    def close(self) -> None:
        """Close what is idle; what is in use is closed by its user's failure."""
        while (line := self._newest()) is not None:
            self._end(line)

    def _another(self) -> Any:
        line = self._pool.connection_class(**self._pool.connection_kwargs)
        self._open.add(line)
        return line

    def _newest(self) -> Any:
        try:
            return self._idle.pop()
        except IndexError:
            return None

    def _drop(self, line: Any) -> None:
        """Close a line that broke, and the idle ones: they led to the same server."""
        self.breaks += 1
        self._end(line)
        self.close()

    def _end(self, line: Any) -> None:
        self._open.discard(line)
        line.disconnect()
