"""Connect to Redis with short timeouts, no repeated writes, and a circuit breaker."""

from collections.abc import Callable
from hashlib import sha1
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

import redis
from redis.backoff import NoBackoff
from redis.exceptions import (
    AskError,
    ClusterDownError,
    OutOfMemoryError,
    ReadOnlyError,
    TryAgainError,
)
from redis.retry import Retry

from app.engine import homes

T = TypeVar("T")
CONNECT_TIMEOUT_S = 1.0
CALL_TIMEOUT_S = 2.0
BLOCKING_TIMEOUT_S = 5.0
"""Above the 2 s that a blocking read may wait."""
CONNECTIONS_MAX = 64
RETRY_AFTER_MS = 1_000
"""After how long to ask again: for who hears `unavailable`, or finds no room."""
FAILURES_MAX = 5
RECOVER_S = 0.5
"""How long the circuit stays open: play goes on within 2 s of Redis' return."""
REFUSALS = (
    OutOfMemoryError,
    ReadOnlyError,
    ClusterDownError,
    TryAgainError,
    AskError,
)
REFUSAL_CODES = ("MISCONF", "NOREPLICAS")
"""Those that redis-py has no class for."""
OF_A_PIPELINE = " of pipeline caused error: "
"""What redis-py puts before a server's words, behind the command that it refused."""


class Unavailable(Exception):
    """Tell that a server that the command needs doesn't answer."""


def connect(url: str, *, tag: str = "", blocking: bool = False) -> redis.Redis:
    """Make a client of bytes; `blocking` allows reads that wait up to 2 s.

    In a Redis Cluster it speaks to the node on which the keys of `tag` live.

    A write that timed out may have happened: it is never repeated here, only by the
    command id.
    """
    pool = homes.pool(
        url,
        tag,
        redis.BlockingConnectionPool,
        max_connections=CONNECTIONS_MAX,
        timeout=CONNECT_TIMEOUT_S,
        socket_connect_timeout=CONNECT_TIMEOUT_S,
        socket_timeout=BLOCKING_TIMEOUT_S if blocking else CALL_TIMEOUT_S,
        retry=Retry(NoBackoff(), 0),
        health_check_interval=0,
    )
    return redis.Redis.from_pool(pool)  # which `close` then closes, too


class Script:
    """Run one Lua script by its hash, sending its text when Redis forgot it.

    Its text may be that of several files.
    """

    def __init__(self, *paths: Path) -> None:
        self._text = "".join(path.read_text() for path in paths)
        self._sha = sha1(self._text.encode(), usedforsecurity=False).hexdigest()

    def __call__(
        self,
        ask: Callable[..., Any],
        keys: list[str],
        args: list[bytes | str | int],
    ) -> Any:
        """Run it by `ask`, which sends one command and gives its answer.

        A script that Redis doesn't know has not run, so it is sent again.
        """
        try:
            return ask("EVALSHA", self._sha, len(keys), *keys, *args)
        except redis.exceptions.NoScriptError:
            return ask("EVAL", self._text, len(keys), *keys, *args)


class Circuit:
    """Stop asking a server that doesn't answer, and try again soon.

    Our own, because pybreaker holds a lock for the whole call: every green thread of
    an instance would wait for every other's answer.
    """

    def __init__(self) -> None:
        self._failures = 0
        self._closed_at_s = 0.0

    @property
    def is_open(self) -> bool:
        """Tell whether calls are refused without asking."""
        return self._failures >= FAILURES_MAX and monotonic() < self._closed_at_s

    def call(self, ask: Callable[..., T], *args: Any) -> T:
        """Ask the server.

        Raises:
            Unavailable: it doesn't answer, or didn't a moment ago.
        """
        if self._failures and self.is_open:
            raise Unavailable("redis")
        try:
            answer = ask(*args)
        except redis.exceptions.ResponseError as error:
            if not _is_refusal(error):
                raise
            raise Unavailable("redis") from error
        except redis.exceptions.MaxConnectionsError as error:
            raise Unavailable("crowded") from error  # ours, not the server's silence
        except redis.exceptions.RedisError as error:
            self._failures += 1
            self._closed_at_s = monotonic() + RECOVER_S
            raise Unavailable("redis") from error
        self._failures = 0
        return answer


def _is_refusal(error: redis.exceptions.ResponseError) -> bool:
    """Tell that the server lives but can't take commands now."""
    said = str(error).rpartition(OF_A_PIPELINE)[2]
    return isinstance(error, REFUSALS) or said.startswith(REFUSAL_CODES)
