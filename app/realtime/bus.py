"""Hear channels of one Redis server, and come back within a second when it was lost.

All that is published is sharded (SPUBLISH, SSUBSCRIBE): a Redis Cluster passes it on to
the replicas of one node, not to all nodes, and on a single server it is as any other.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from threading import Event, Lock
from time import monotonic
from typing import Any

import redis
import structlog
from redis.backoff import NoBackoff
from redis.retry import Retry

from app.engine import homes, metrics
from app.engine.redis import Unavailable
from app.realtime import runtime
from app.realtime.stream import Stream

RETRY_S = 0.2
CONNECT_S_MAX = 0.7
"""With the pause before it, an attempt a second at the least."""
SILENCE_S = 2.0
"""After this long we ask for a sign of life; after as long again it is lost."""
CONFIRM_S_MAX = 2.0
CHANNELS_A_TIME = 500

log = structlog.get_logger()


class Listener:
    """Hold one subscription. `heard` gets each message, `returned` follows a loss.

    `name` says which server it is to whoever reads logs and metrics.
    The loop itself calls `heard`, which may wait for nothing.
    In a Redis Cluster all channels must have the tag, which says where they are heard.
    """

    def __init__(
        self,
        url: str,
        heard: Callable[[str, bytes], None],
        returned: Callable[[], None],
        channels: Iterable[str] = (),
        *,
        name: str,
        tag: str = "",
    ) -> None:
        self._name = name
        self._returns = metrics.BUS_RECONNECTS.labels(name)
        self._pool = homes.pool(
            url,
            tag,
            socket_connect_timeout=CONNECT_S_MAX,
            socket_timeout=SILENCE_S,
            retry=Retry(NoBackoff(), 0),
        )
        self._heard = heard
        self._returned = returned
        self._connection: redis.Connection | None = None
        self._stream: Stream | None = None
        self._wanted: set[str] = set(channels)
        self._pending: Counter[str] = Counter()
        """Subscriptions sent and not yet confirmed; no more is kept of a channel."""
        self._confirmed: set[str] = set()
        self._waiters: set[Event] = set()
        self._sending = Lock()
        self._lost = False
        self.losses = 0
        """How often something may have been missed."""
        self._asked = False
        self._silent_s = 0.0
        """When it will have been silent for too long."""
        self._ends = False

    @property
    def is_connected(self) -> bool:
        """Tell whether there is a server to ask, as far as we know."""
        return self._connection is not None

    def run(self) -> None:
        """Hear for as long as the process lives."""
        while not self._ends:
            try:
                self._hear(self._connected())
            except Exception as error:  # noqa: BLE001 - a parser cut off may raise any
                self._lose(error)
            runtime.sleep(RETRY_S)

    def end(self) -> None:
        """Stop hearing."""
        self._ends = True
        if self._stream is not None:
            self._stream.end(redis.ConnectionError("ended"))
        elif self._connection is not None:
            self._connection.disconnect()

    def listen(self, channels: Iterable[str]) -> None:
        """Hear some more channels; they are heard once this returns.

        Raises:
            Unavailable: the server doesn't confirm. The channels stay wanted.
        """
        wanted = set(channels)
        new = wanted - self._wanted
        self._wanted |= new
        self._send("SSUBSCRIBE", new)
        if not wanted <= self._confirmed:
            self._wait_for(wanted)

    def ignore(self, channels: Iterable[str]) -> None:
        """Hear some channels no longer."""
        self.unsubscribe(self.unwant(channels))

    def unwant(self, channels: Iterable[str]) -> set[str]:
        """Give what of some channels is no longer wanted; whoever wants it asks anew.

        Waits for nothing: the server is told by `unsubscribe`.
        """
        old = set(channels) & self._wanted
        self._wanted -= old
        self._confirmed -= old
        return old

    def unsubscribe(self, channels: set[str]) -> None:
        """Tell the server of what isn't wanted, and wasn't asked for meanwhile."""
        self._send("SUNSUBSCRIBE", channels)

    def _wait_for(self, channels: set[str]) -> None:
        """Wait for the server, however often it confirms what others asked for.

        Raises:
            Unavailable: it doesn't confirm all of them in time.
        """
        woken = Event()
        self._waiters.add(woken)
        ends_s = monotonic() + CONFIRM_S_MAX
        try:
            while not channels <= self._confirmed:
                if not woken.wait(max(0.0, ends_s - monotonic())):
                    raise Unavailable(self._name)
                woken.clear()
        finally:
            self._waiters.discard(woken)

    def _send(self, verb: str, channels: Iterable[str]) -> None:
        """Tell the server, if we have one; on the way back it hears of all anyway."""
        with self._sending:
            names = sorted(channels)
            if verb == "SUNSUBSCRIBE":  # not what was asked for again meanwhile
                names = [name for name in names if name not in self._wanted]
            else:
                self._pending.update(names)
            if self._connection is not None:
                self._send_parts(self._connection, verb, names)

    def _send_parts(
        self, connection: redis.Connection, verb: str, names: list[str]
    ) -> None:
        try:
            for start in range(0, len(names), CHANNELS_A_TIME):
                part = names[start : start + CHANNELS_A_TIME]
                connection.send_command(verb, *part, check_health=False)
        except (redis.RedisError, OSError) as error:
            if self._stream is not None:  # redis-py closed what the loop reads from
                self._stream.end(error)

    def _connected(self) -> redis.Connection:
        connection = self._pool.make_connection()
        connection.connect()
        with self._sending:
            self._pending.clear()
            self._connection = connection
        self._send("SSUBSCRIBE", self._wanted)
        self._confirm()
        return connection

    def _hear(self, connection: redis.Connection) -> None:
        """Let the loop hear, and see to it that there is something to hear.

        Raises:
            Exception: the connection is over.
        """
        over = Event()
        stream = self._stream = Stream(connection, self._came, lambda _why: over.set())
        self._heard_some()
        try:
            while not over.wait(max(0.0, self._silent_s - monotonic())):
                if monotonic() >= self._silent_s:
                    self._ask(connection)
        finally:
            self._stream = None
            stream.end(redis.ConnectionError("over"))
        raise stream.why or redis.ConnectionError("over")

    def _heard_some(self) -> None:
        self._asked = False
        self._silent_s = monotonic() + SILENCE_S

    def _ask(self, connection: redis.Connection) -> None:
        if self._asked:
            raise redis.ConnectionError("silent")
        self._asked = True
        self._silent_s = monotonic() + SILENCE_S
        with self._sending:
            connection.send_command("PING", check_health=False)

    def _came(self, answer: Any) -> None:
        self._heard_some()
        try:
            if isinstance(answer, Exception):
                raise answer
            self._take(answer)
        except Exception as error:  # noqa: BLE001 - whatever it is, we begin anew
            if self._stream is not None:
                self._stream.end(error)

    def _take(self, answer: list[bytes]) -> None:
        if answer[0] == b"smessage":
            try:
                self._heard(answer[1].decode(), answer[2])
            except Exception:
                log.exception("a heard message failed", server=self._name)
        elif answer[0] == b"ssubscribe":
            channel = answer[1].decode()
            self._pending[channel] -= 1
            if self._pending[channel] <= 0:
                del self._pending[channel]
            self._confirm(channel)
        elif answer[0] == b"sunsubscribe":
            channel = answer[1].decode()
            if channel in self._wanted and not self._pending[channel]:
                raise redis.ConnectionError("moved")  # to another node, unasked

    def _confirm(self, channel: str | None = None) -> None:
        if channel in self._wanted and not self._pending[channel]:
            self._confirmed.add(channel)
        for waiter in self._waiters:
            waiter.set()
        if self._lost and self._wanted <= self._confirmed:
            self._lost = False
            self._returns.inc()
            channels = len(self._wanted)
            log.info("a subscription is back", server=self._name, channels=channels)
            runtime.spawn(self._returned)

    def _lose(self, error: Exception) -> None:
        self.losses += 1
        if not self._lost:
            why = type(error).__name__
            log.warning("a subscription is lost", server=self._name, error=why)
        self._lost = True
        self._confirmed.clear()
        with self._sending:
            connection, self._connection = self._connection, None
        if connection is not None:
            connection.disconnect()
