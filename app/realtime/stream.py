"""Read what one Redis server says, as the loop finds that something came."""

from collections.abc import Callable
from typing import Any

import hiredis
import redis
from redis.exceptions import InvalidResponse, ResponseError

from app.realtime import runtime

READ_BYTES = 65_536


class Stream:
    """Take a connection over from redis-py, which made it.

    `came` gets each answer, an error that ends nothing as well; `lost` gets why there
    will be no more, once at the most. A connection that leads to a galaxy's home in a
    cluster judges errors, and may stray.
    """

    def __init__(
        self,
        connection: Any,
        came: Callable[[Any], None],
        lost: Callable[[Exception], None],
    ) -> None:
        self._connection = connection
        self._came = came
        self._lost = lost
        self._judge = getattr(connection, "judge", _finds_nothing)
        self._reader = hiredis.Reader(
            protocolError=InvalidResponse,
            replyError=connection._parser.parse_error,  # noqa: SLF001
        )
        self.why: Exception | None = None
        """Why it is over, once it is."""
        self.sock = connection._sock  # noqa: SLF001 - from here on it is ours
        self.raw = runtime.raw(self.sock)
        self._stop = runtime.watch(self.sock, self.read)

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more will come."""
        return self.why is not None

    @property
    def strays(self) -> bool:
        """Tell whether the galaxy was seen to live elsewhere by now."""
        return bool(getattr(self._connection, "strays", False))

    def read(self) -> None:
        """Take what came; only the loop may."""
        try:
            data = self.raw.recv(READ_BYTES)
        except BlockingIOError:
            return
        except OSError as error:
            self.end(redis.ConnectionError(str(error)))
            return
        if not data:
            self.end(redis.ConnectionError("closed by the server"))
            return
        self._reader.feed(data)
        gets = self._reader.gets
        try:
            while self.why is None and (answer := gets()) is not False:
                if isinstance(answer, ResponseError):
                    answer = self._judged(answer)
                self._came(answer)
        except (InvalidResponse, IndexError) as error:
            self.end(redis.ConnectionError(str(error)))

    def end(self, why: Exception) -> None:
        """Read no more, and close."""
        if self.is_over:
            return
        self.why = why
        self._judge(why)
        self._stop()
        self._connection.disconnect()
        self._lost(why)

    def _judged(self, answer: ResponseError) -> Exception:
        """Give an error as it is to be taken: one may be the connection's end."""
        why = self._judge(answer)
        if not why:
            return answer
        error = redis.ConnectionError(why)
        self.end(error)
        return error


def _finds_nothing(_error: Exception) -> str:
    return ""
