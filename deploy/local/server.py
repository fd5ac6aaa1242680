"""Describe an embedded server: how it is run, stopped and known to answer."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import redis


@dataclass(frozen=True, slots=True)
class Server:
    """Hold what runs one server. `user` is set when it can't run as the caller."""

    name: str
    command: tuple[str, ...]
    directory: Path
    stop_signal: str
    url: str
    check: Callable[[], None]
    """Raise while it doesn't answer."""
    user: str | None = None
    near: str = ""
    """The same server by a socket file, for those who can go by one."""

    def answers(self) -> bool:
        """Ask it once."""
        try:
            self.check()
        except (OSError, psycopg2.Error, redis.RedisError):
            return False
        return True
