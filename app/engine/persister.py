"""Carry a galaxy's journal to Postgres, and its hot state back when Redis lost it.

One persister a galaxy is enough; further ones wait for its lock. A server that is down
is asked again twice a second; meanwhile the journal waits in Redis. After a crash the
checkpoint in Postgres says where to go on.
"""

import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from time import perf_counter
from typing import NamedTuple

import orjson
import psycopg2
import redis
import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from app.engine import checkpoint, epoch, metrics, partitions
from app.engine.batch import Batch, Diverged
from app.engine.checkpoint import PERSISTER, Checkpoint, Overtaken
from app.engine.codec import Codec
from app.engine.history import History, Projection
from app.engine.keys import BUS_ALL, Keys
from app.engine.postgres import connect as connect_postgres
from app.engine.rebuild import rebuild
from app.engine.redis import connect as connect_redis
from app.engine.tail import Read, Standing, Tail

BATCH_MAX = 5_000
"""Entries in one transaction."""
GATHER_S = 0.2
"""How long a batch that is not full waits for more."""
READ_WAIT_MS = 250
"""How long a read of an idle journal waits; also how soon TERM is heard."""
RETRY_S = 0.5
RESYNC = {"method": "resync", "host_id": ""}
"""What instances are told after a rebuild; those who were here ask what they missed."""

log = structlog.get_logger()


class Servers(NamedTuple):
    """Name the servers that a persister works between."""

    state_url: str
    bus_url: str
    database_url: str


class Foreign(Exception):
    """Tell that Postgres is not, or no longer, the other half of this Redis."""


def must_rebuild(begin: Checkpoint, standing: Standing, found: str) -> str:
    """Say why the hot state must be made anew; empty where it need not.

    Raises:
        Foreign: it would destroy what only Redis has.
    """
    if not found:
        return "redis was wiped"
    if checkpoint.order(standing.last_id) < begin.order:
        return "redis lost its tail"
    if standing.trimmed > begin.position:
        raise Foreign("Postgres lacks what the journal already gave up")
    if epoch.read(found).life != epoch.read(begin.epoch).life:
        raise Foreign("Redis and Postgres belong to different galaxies")
    return ""


class Persister:
    """Carry one galaxy's journal."""

    def __init__(
        self,
        servers: Servers,
        galaxy: str,
        codec: Codec,
        projections: Sequence[Projection] = (),
        reached: Callable[[str], None] = lambda _step: None,
    ) -> None:
        self._galaxy = galaxy
        self._keys = Keys(galaxy)
        self._state = connect_redis(
            servers.state_url, tag=self._keys.tag, blocking=True
        )
        self._bus = connect_redis(servers.bus_url)
        self._postgres = connect_postgres(servers.database_url)
        self._tail = Tail(self._state, self._keys)
        self._history = History(galaxy, codec, projections, reached)
        self._reached = reached
        self._months: set[str] = set()
        self._stop = threading.Event()
        self.waits_for = ""
        self._log = log.bind(galaxy=galaxy)

    def run(self, stop: threading.Event) -> None:
        """Persist until told to stop, whatever fails meanwhile."""
        self._stop = stop
        while not stop.is_set():
            reason, detail = self._try()
            if reason and not stop.is_set():
                self._say(reason, detail)
                metrics.PERSISTER_WAITS.labels(reason).inc()
                stop.wait(RETRY_S)
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._state.close()
        self._bus.close()
        self._postgres.dispose()

    def _try(self) -> tuple[str, str]:
        """Serve until something is in the way, and name it."""
        try:
            return self._serve(), ""
        except redis.exceptions.RedisError as error:
            return "redis", str(error)
        except (SQLAlchemyError, psycopg2.Error) as error:
            return "postgres", str(getattr(error, "orig", error))
        except Overtaken:
            return "overtaken", "another persister moved the checkpoint"
        except Foreign as error:
            return "foreign", str(error)
        except Exception as error:  # noqa: BLE001 - may work the next time
            if self.waits_for != "failure":
                self._log.exception("persister failed")
            return "failure", str(error)

    def _say(self, reason: str, detail: str) -> None:
        """Log what the persister waits for, once as long as it stays the same."""
        if reason != self.waits_for:
            say = self._log.error if reason == "foreign" else self._log.warning
            say("persister waits", reason=reason, detail=detail)
        self.waits_for = reason

    def _serve(self) -> str:
        with closing(self._postgres.connect()) as connection:
            connection.detach()
            if not checkpoint.lock(connection, self._galaxy, PERSISTER):
                return "lock"
            begin = self._resume(connection)
            while not self._stop.is_set():
                begin = self._step(connection, begin)
                self.waits_for = ""
        return ""

    def _resume(self, connection: Connection) -> Checkpoint:
        with connection.begin():
            begin = checkpoint.read(connection, self._galaxy)
        found = self._tail.epoch()
        reason = must_rebuild(begin, self._tail.standing(), found)
        if reason:
            return self._rebuild(connection, begin, reason)
        if epoch.read(found).node != self._tail.node():
            begin = self._reopen(connection, begin, found)
        self._tail.forget(begin.journal_id)
        self._log.info("persister goes on", position=begin.position)
        return begin

    def _reopen(
        self, connection: Connection, begin: Checkpoint, found: str
    ) -> Checkpoint:
        """Open the state again that a replica took over: Postgres has no more of it.

        What the failover lost was told to rooms, so their numbers go on above it.
        """
        latest = max(map(epoch.read, (found, begin.epoch)), key=lambda one: one.floor)
        after = latest.next(self._tail.now_ms(), self._tail.node())
        begin = begin._replace(epoch=str(after))
        with connection.begin():
            checkpoint.begin_epoch(connection, self._galaxy, begin)
        self._state.set(self._keys.epoch, begin.epoch)
        metrics.FAILOVERS.inc()
        self._ask_to_resync()
        self._log.warning("opened after a failover", position=begin.position)
        return begin

    def _rebuild(
        self, connection: Connection, begin: Checkpoint, reason: str
    ) -> Checkpoint:
        self._log.warning("rebuilding the hot state", reason=reason)
        begin = rebuild(self._state, self._keys, connection, self._galaxy, begin)
        metrics.REBUILDS.inc()
        self._ask_to_resync()
        self._log.info("rebuilt the hot state", position=begin.position)
        return begin

    def _ask_to_resync(self) -> None:
        message = orjson.dumps(RESYNC | {"galaxy": self._galaxy})
        self._bus.spublish(BUS_ALL, message)

    def _step(self, connection: Connection, begin: Checkpoint) -> Checkpoint:
        entries = self._gather(begin.journal_id)
        if not entries:
            return self._idle(connection, begin)
        return self._carry(connection, begin, entries)

    def _carry(
        self, connection: Connection, begin: Checkpoint, entries: Read
    ) -> Checkpoint:
        started = perf_counter()
        batch = Batch(self._galaxy, begin)
        try:
            self._write(connection, batch, entries)
        except Diverged as error:
            return self._give_up(connection, begin, str(error))
        self._tail.forget(batch.journal_id)
        self._reached("trimmed")
        self._measure(batch, entries, perf_counter() - started)
        return batch.end

    def _give_up(
        self, connection: Connection, begin: Checkpoint, reason: str
    ) -> Checkpoint:
        """Rebuild from Postgres, unless what another persister trimmed left the gap."""
        with connection.begin():
            checkpoint.confirm(connection, self._galaxy, begin)
        lost = self._tail.standing().length
        self._log.error("journal diverged", reason=reason, entries_lost=lost)
        return self._rebuild(connection, begin, "redis lost its tail and went on")

    def _write(self, connection: Connection, batch: Batch, entries: Read) -> None:
        batch.add(entries)
        self._ensure_partitions(connection, batch)
        self._reached("read")
        self._history.write(connection, batch)

    def _gather(self, after: str) -> Read:
        """Read a batch: what comes within a moment, up to a bound."""
        entries = self._tail.read(after, BATCH_MAX, READ_WAIT_MS)
        if entries and len(entries) < BATCH_MAX:
            self._stop.wait(GATHER_S)
            last_id = entries[-1][0].decode()
            entries += self._tail.read(last_id, BATCH_MAX - len(entries), None)
        return entries

    def _idle(self, connection: Connection, begin: Checkpoint) -> Checkpoint:
        """Look whether Redis is still the one that the batches went on from."""
        metrics.JOURNAL_LAG_ENTRIES.labels(self._galaxy).set(0)
        metrics.JOURNAL_LAG_SECONDS.labels(self._galaxy).set(0)
        ends_at = checkpoint.order(self._tail.standing().last_id)
        if self._tail.opened() == begin.epoch and ends_at >= begin.order:
            return begin
        return self._resume(connection)

    def _ensure_partitions(self, connection: Connection, batch: Batch) -> None:
        missing = batch.months - self._months
        if missing:
            partitions.ensure(connection, missing)
            self._months |= missing

    def _measure(self, batch: Batch, entries: Read, seconds: float) -> None:
        lag_ms = self._tail.age_ms(entries[0][0].decode())
        metrics.JOURNAL_LAG_SECONDS.labels(self._galaxy).set(lag_ms / 1_000)
        waiting = self._tail.standing().length
        metrics.JOURNAL_LAG_ENTRIES.labels(self._galaxy).set(waiting)
        metrics.PERSISTED_EVENTS.inc(len(batch.events))
        metrics.PERSIST_SECONDS.observe(seconds)
