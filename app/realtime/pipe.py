"""Ask one Redis server over one connection, with many commands on their way at once.

What green threads ask in one turn of the loop is joined into one write, and one read
brings many answers: they come in the order of the commands, and each wakes who asked. A
connection for each call would cost a write, a read, two switches and a timer a command.

A connection that breaks fails whatever is on its way, which may have had its effect or
not, just as before: nothing is ever sent again. The next command connects anew.
"""

from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import Any

import hiredis
import redis

from app.engine.lines import Asks, Lines
from app.engine.redis import CALL_TIMEOUT_S
from app.realtime import runtime
from app.realtime.stream import Stream

WAITING_MAX = 2_048
"""Commands on their way; at 100 µs each, as many as are answered in time."""
WATCH_S = 0.25
"""How often it is looked whether the server still answers."""
_NOTHING = object()


def lines_to(client: redis.Redis) -> Asks:
    """Give the way to a client's server that suits what this process runs on."""
    return Lines(client) if runtime.mode() == "threading" else Pipe(client)


class Pipe:
    """Keep one connection to the server of a client, whose pool says how to connect.

    Whoever speaks to several servers (a node of a cluster for each galaxy) makes a pipe
    for each.
    """

    def __init__(self, client: redis.Redis, *, waiting_max: int = WAITING_MAX) -> None:
        self._pool: Any = client.connection_pool
        self._waiting_max = waiting_max
        self._line: _Line | None = None
        self._attempt: _Attempt | None = None
        self.breaks = 0
        """How often a connection broke."""

    @property
    def in_use(self) -> int:
        """Count the commands that wait for an answer."""
        return len(self._line.asked) if self._line else 0

    def ask(self, *command: Any) -> Any:
        """Send one command and give its answer.

        Raises:
            redis.exceptions.ResponseError: the server answered with an error.
            redis.exceptions.RedisError: it didn't answer, or too many wait already.
        """
        return self.send(*command).get()

    def send(self, *command: Any) -> "_Asked":
        """Send one command, with whatever else this turn of the loop brings.

        Raises:
            redis.exceptions.RedisError: nobody can be reached, or too many wait.
        """
        line = self._line or self._connected()
        if len(line.asked) >= self._waiting_max:
            raise redis.exceptions.MaxConnectionsError("too many commands at once")
        return line.send(hiredis.pack_command(command))

    def close(self) -> None:
        """Close the connection; what is on its way fails."""
        if self._line is not None:
            self._line.end(redis.ConnectionError("closed"))

    def _connected(self) -> "_Line":
        """Connect, or wait for whoever is just doing so, and share what comes of it."""
        if self._attempt is not None:
            return self._attempt.wait()
        attempt = self._attempt = _Attempt()
        try:
            connection = self._pool.connection_class(**self._pool.connection_kwargs)
            connection.connect()
            self._line = _Line(connection, self._lost)
        except Exception as error:
            self.breaks += 1
            attempt.failed(error)
            raise
        finally:
            self._attempt = None
        attempt.succeeded(self._line)
        return self._line

    def _lost(self, line: "_Line") -> None:
        self.breaks += 1
        if self._line is line:
            self._line = None


class _Attempt:
    """Let all who need a connection wait for one attempt to make it."""

    def __init__(self) -> None:
        self._parked: list[Any] = []

    def wait(self) -> "_Line":
        place = [runtime.current()]
        self._parked.append(place)
        try:
            found = runtime.park()
        except BaseException:
            place.clear()
            raise
        if isinstance(found, _Line):
            return found
        raise redis.ConnectionError(str(found)) from found

    def failed(self, error: Exception) -> None:
        runtime.soon(lambda: self._wake(error))

    def succeeded(self, line: "_Line") -> None:
        runtime.soon(lambda: self._wake(line))

    def _wake(self, found: object) -> None:
        for place in self._parked:
            if place:
                runtime.resume(place[0], found)


class _Asked:
    """Hold the place of an answer: who waits for it, until when, and what it was."""

    __slots__ = ("_answer", "_whose", "by_s")

    def __init__(self, by_s: float) -> None:
        self.by_s = by_s
        self._answer: Any = _NOTHING
        self._whose: Any = None

    def get(self) -> Any:
        """Wait for the answer; only one may.

        Raises:
            redis.exceptions.ResponseError: the server answered with an error.
            redis.exceptions.RedisError: it didn't answer.
        """
        answer = self._answer
        if answer is _NOTHING:
            self._whose = runtime.current()
            try:
                answer = runtime.park()
            finally:
                self._whose = None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def came(self, answer: object) -> None:
        """Take the answer; only the loop may."""
        if self._whose is None:
            self._answer = answer
        else:
            runtime.resume(self._whose, answer)


class _Line:
    """Hold one connection while it works."""

    def __init__(self, connection: Any, lost: Callable[["_Line"], None]) -> None:
        self._lost = lost
        self.asked: deque[_Asked] = deque()
        """Whose answers are on their way, in their order."""
        self._out: list[bytes] = []
        self._writing = False
        self._stream = Stream(connection, self._came, self._ended)
        runtime.spawn(self._watch)

    def send(self, packed: bytes) -> _Asked:
        """Send a packed command with what else this turn brings."""
        if not self._out and not self._writing:
            runtime.soon(self._flush)
        self._out.append(packed)
        asked = _Asked(monotonic() + CALL_TIMEOUT_S)
        self.asked.append(asked)
        return asked

    def end(self, why: Exception) -> None:
        """Give the connection up; nobody can tell what became of what is on its way."""
        self._stream.end(why)

    def _ended(self, why: Exception) -> None:
        self._lost(self)
        runtime.soon(lambda: self._fail(why))

    def _fail(self, why: Exception) -> None:
        self._out.clear()
        while self.asked:
            self.asked.popleft().came(type(why)(*why.args))

    def _came(self, answer: Any) -> None:
        self.asked.popleft().came(answer)

    def _flush(self) -> None:
        """Write all that was asked since the last turn."""
        if self._stream.is_over or not self._out:
            return
        data = self._out[0] if len(self._out) == 1 else b"".join(self._out)
        self._out.clear()
        try:
            sent = runtime.send_now(self._stream.raw, data)
        except OSError as error:
            self.end(redis.ConnectionError(str(error)))
            return
        if sent < len(data):
            self._writing = True
            runtime.spawn(self._write, data[sent:])

    def _write(self, rest: bytes) -> None:
        """Write what the kernel didn't take at once; what comes meanwhile waits."""
        try:
            self._stream.sock.sendall(rest)
        except OSError as error:
            self.end(redis.ConnectionError(str(error)))
        self._writing = False
        self._flush()

    def _watch(self) -> None:
        """Give up a server that is silent, once what it did say was heard."""
        while not self._stream.is_over:
            runtime.sleep(WATCH_S)
            if self._is_late():
                runtime.soon(self._give_up)
            elif self._stream.strays:
                self.end(redis.ConnectionError("moved"))

    def _give_up(self) -> None:
        if not self._stream.is_over:
            self._stream.read()
        if self._is_late():
            self.end(redis.TimeoutError("no answer in time"))

    def _is_late(self) -> bool:
        return bool(self.asked) and monotonic() > self.asked[0].by_s
