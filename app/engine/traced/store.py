"""Trace what is asked of Redis, and let traces go on behind a commit.

Two things carry a trace over a commit, both only where it is sampled. The entry in the
journal gets one more field, which nobody reads but a persister that traces: states,
entries and laws don't know it. And each timer that was set is remembered with its
origin under a key of its own, which goes by itself: where it is lost, only a line is
missing from a picture.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import redis
from msgspec.structs import replace
from opentelemetry.trace import SpanContext

from app.core.message import Ref
from app.core.units import HOUR_MS, MINUTE_MS
from app.engine import journal, store, timers
from app.engine.redis import Unavailable
from app.engine.store import Held, Loaded, Write
from app.engine.traced.provider import CLIENT, current, read, span, written

ORIGINS_MAX = 20
"""Timers of one commit whose origin is remembered."""
WAIT_MS_MAX = HOUR_MS
"""A timer that is due later than this has no origin."""
LATE_MS_MAX = 10 * MINUTE_MS

_CONTINUES, _FOLLOWS = b"c", b"f"


class Origin(NamedTuple):
    """Tell which commit set a timer, and whether its trace goes on with the timer."""

    context: SpanContext
    continues: bool


class Store(store.Store):
    """Speak to Redis within spans."""

    def load(
        self, refs: Sequence[Ref], command_id: str, now_ms: int | None = None
    ) -> Loaded:
        """Read aggregates, as the plain store does."""
        with _asking("load", {"gd.aggregates": len(refs)}):
            return super().load(refs, command_id, now_ms)

    def commit(self, write: Write) -> tuple[str, bytes]:
        """Commit, and tell the persister and the timers of the trace."""
        with _asking("commit", {"gd.aggregates": len(write.versions)}) as made:
            if not made.is_recording():
                return super().commit(write)
            name = written(current()).encode()
            status, done = super().commit(
                replace(write, trace=(journal.TRACE_FIELD, name))
            )
            made.set_attribute("gd.status", status)
            if status == "ok":
                self._remember_origins(write, name)
            return status, done

    def remember(self, command_id: str, reply: bytes) -> bytes:
        """Keep a reply, as the plain store does."""
        with _asking("remember"):
            return super().remember(command_id, reply)

    def timed(self, timer_ids: Sequence[str]) -> dict[str, timers.Timed]:
        """Read timers, as the plain store does."""
        with _asking("timers"):
            return super().timed(timer_ids)

    def restore(self, epoch: bytes, held: dict[Ref, Held]) -> None:
        """Bring cold aggregates back, as the plain store does."""
        with _asking("restore", {"gd.aggregates": len(held)}):
            super().restore(epoch, held)

    def rooms(self, *args: Any, **kwargs: Any) -> store.Taken:
        """Read rooms, as the plain store does."""
        with _asking("rooms"):
            return super().rooms(*args, **kwargs)

    def origin(self, timer_id: str) -> Origin | None:
        """Tell which traced commit set a timer."""
        try:
            found = self.circuit.call(self.lines.ask, "GET", self.keys.trace(timer_id))
        except Unavailable:
            return None
        if not isinstance(found, bytes):
            return None
        context = read(found[1:].decode())
        return Origin(context, found[:1] == _CONTINUES) if context else None

    def _remember_origins(self, write: Write, name: bytes) -> None:
        """Let timers of a player's command go on with its trace.

        Timers that a timer set begin traces of their own, which only name it: a battle
        of ten minutes, or a patrol without end, would be one trace otherwise.
        """
        value = (_CONTINUES if write.own is None else _FOLLOWS) + name
        for timer_id in list(write.added)[:ORIGINS_MAX]:
            wait_ms = write.due_ms[timer_id] - write.at_ms
            if wait_ms <= WAIT_MS_MAX:
                key = self.keys.trace(timer_id)
                with suppress(redis.RedisError):
                    self.lines.ask("SET", key, value, "PX", wait_ms + LATE_MS_MAX)


def _asking(what: str, attributes: dict[str, int] | None = None) -> Any:
    names: dict[str, str | int] = {"db.system.name": "redis", "db.operation.name": what}
    return span(f"redis {what}", CLIENT, names | (attributes or {}))
