"""Ask one Redis server over connections that are used newest first.

The write path's own way past redis-py's command layer (pool, retries, observability),
which takes a quarter of a command's Python time. The protocol stays redis-py's. What
is asked here is never repeated: an answer that got lost may have had its effect.
"""

from typing import Any

import redis

from app.engine.redis import CONNECTIONS_MAX


class Lines:
    """Keep connections to the server of a client."""

    def __init__(self, client: redis.Redis) -> None:
        self._pool: Any = client.connection_pool
        self._idle: list[Any] = []
        self.in_use = 0

    def ask(self, *command: Any) -> Any:
        """Send one command and give its answer.

        Raises:
            redis.exceptions.ResponseError: the server answered with an error.
            redis.exceptions.RedisError: it didn't answer, or too many wait already.
        """
        line = self._take()
        try:
            line.send_command(*command)
            answer = line.read_response()
        except redis.exceptions.ResponseError:
            self._give_back(line)
            raise
        except BaseException:
            self._drop(line)
            raise
        self._give_back(line)
        return answer

    def close(self) -> None:
        """Close what is idle; what is in use is closed by its user's failure."""
        while self._idle:
            self._idle.pop().disconnect()

    def _take(self) -> Any:
        if self.in_use >= CONNECTIONS_MAX:
            raise redis.exceptions.MaxConnectionsError("too many commands at once")
        self.in_use += 1
        if self._idle:
            return self._idle.pop()
        return self._pool.connection_class(**self._pool.connection_kwargs)

    def _give_back(self, line: Any) -> None:
        self.in_use -= 1
        self._idle.append(line)

    def _drop(self, line: Any) -> None:
        """Close a line that broke, and the idle ones: they led to the same server."""
        self.in_use -= 1
        line.disconnect()
        self.close()
