"""Write batches of the journal to Postgres, each in one transaction.

The checkpoint moves in the same transaction, and only from where the batch begins: a
batch that was written before, or by another persister, is refused whole.
"""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any, NamedTuple, Protocol

import structlog
from sqlalchemy import Connection, text

from app.core.message import Ref
from app.engine import checkpoint, metrics
from app.engine.batch import Batch, Diverged, Stored
from app.engine.codec import Codec

log = structlog.get_logger()


class Changed(NamedTuple):
    """Hold the last state of an aggregate that a batch changed."""

    ref: Ref
    version: int
    state: Any
    changed_ms: int


class Projection(Protocol):
    """Say what a slice's `projection.py` offers."""

    KINDS: tuple[str, ...]

    def project(
        self, connection: Connection, galaxy: str, changed: Sequence[Changed]
    ) -> None:
        """Bring the tables up to date with these states."""


DURABLE = text("SET LOCAL synchronous_commit TO on")
"""What is written is trimmed from the journal, whatever the server's default is."""
_INCOMING = text(
    'CREATE TEMP TABLE IF NOT EXISTS incoming (kind text COLLATE "C",'
    ' id text COLLATE "C", from_version bigint, version bigint, state bytea,'
    " place text, changed_ms bigint) ON COMMIT DELETE ROWS"
)
_DIVERGED = text(
    "SELECT i.kind, i.id, i.from_version, a.version FROM incoming i"
    " LEFT JOIN aggregates a"
    " ON a.galaxy = :galaxy AND a.kind = i.kind AND a.id = i.id"
    " WHERE i.from_version <> coalesce(a.version, 0) LIMIT 3"
)
_UPSERT = text(
    "INSERT INTO aggregates AS a"
    " (galaxy, kind, id, version, state, place, changed_ms)"
    " SELECT :galaxy, kind, id, version, state, place, changed_ms FROM incoming"
    " ON CONFLICT (galaxy, kind, id) DO UPDATE SET version = excluded.version,"
    " state = excluded.state, place = excluded.place, changed_ms = excluded.changed_ms"
    " WHERE a.version < excluded.version"
)
_DROP_TIMERS = text("DELETE FROM timers WHERE galaxy = :galaxy AND id = ANY(:ids)")


_EVENTS = (
    "galaxy, kind, id, version, number, at_ms, position, name, layout, player,"
    " command_id, body"
)
_COMMANDS = "galaxy, position, at_ms, command_id, name, player, fingerprint, reply"
_STATES = "kind, id, from_version, version, state, place, changed_ms"
_TIMERS = "galaxy, id, at_ms, command, refs"


class History:
    """Write one galaxy's batches. `reached` hears each step, for who tests crashes."""

    def __init__(
        self,
        galaxy: str,
        codec: Codec,
        projections: Sequence[Projection],
        reached: Callable[[str], None] = lambda _step: None,
    ) -> None:
        self._galaxy = galaxy
        self._codec = codec
        self._projections = projections
        self._reached = reached

    def write(self, connection: Connection, batch: Batch) -> None:
        """Write one batch: all of it, or nothing.

        Raises:
            Overtaken: the checkpoint is not where the batch begins.
            Diverged: an aggregate's version is not what the batch goes on from.
        """
        with connection.begin():
            connection.execute(DURABLE)
            checkpoint.move(connection, self._galaxy, begin=batch.begin, end=batch.end)
            self._reached("moved")
            _write_states(connection, self._galaxy, batch)
            self._reached("states")
            _copy(connection, "events", _EVENTS, batch.events)
            _copy(connection, "commands", _COMMANDS, batch.commands)
            self._reached("history")
            _write_timers(connection, self._galaxy, batch)
            self._reached("timers")
            self._project(connection, batch)
            self._reached("projected")
        self._reached("written")

    def _project(self, connection: Connection, batch: Batch) -> None:
        """Bring the projections up to date, or leave them as they were.

        They can be made again from the states (`python -m workers.project`): a mistake
        in one must not keep the history from Postgres.
        """
        try:
            with connection.begin_nested():
                project(
                    connection,
                    self._galaxy,
                    self._codec,
                    self._projections,
                    batch.states.items(),
                )
        except Exception:  # its transaction is undone, whatever it was
            if connection.invalidated:
                raise
            metrics.PROJECTION_FAILURES.inc()
            log.exception("projections are stale", galaxy=self._galaxy)


def project(
    connection: Connection,
    galaxy: str,
    codec: Codec,
    projections: Sequence[Projection],
    states: Iterable[tuple[Ref, Stored]],
) -> None:
    """Bring projections up to date with states, in the caller's transaction."""
    wanted = {kind for one in projections for kind in one.KINDS}
    by_kind: dict[str, list[Changed]] = {kind: [] for kind in wanted}
    for ref, stored in states:
        if ref.kind in wanted:
            state = codec.decode(stored.data)
            changed = Changed(ref, stored.version, state, stored.changed_ms)
            by_kind[ref.kind].append(changed)
    for one in projections:
        rows = [row for kind in one.KINDS for row in by_kind[kind]]
        if rows:
            one.project(connection, galaxy, rows)


def _write_states(connection: Connection, galaxy: str, batch: Batch) -> None:
    connection.execute(_INCOMING)
    _copy(connection, "incoming", _STATES, batch.state_rows())
    who = {"galaxy": galaxy}
    diverged = connection.execute(_DIVERGED, who).all()
    if diverged:
        raise Diverged(str(diverged))
    connection.execute(_UPSERT, who)


def _write_timers(connection: Connection, galaxy: str, batch: Batch) -> None:
    gone = [*batch.dropped, *batch.added]
    if gone:
        connection.execute(_DROP_TIMERS, {"galaxy": galaxy, "ids": gone})
    _copy(connection, "timers", _TIMERS, batch.timer_rows())


def _copy(
    connection: Connection, table: str, columns: str, rows: Sequence[str]
) -> None:
    if not rows:
        return
    raw: Any = connection.connection
    with raw.cursor() as cursor:
        source = BytesIO("".join(rows).encode())
        cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", source)
