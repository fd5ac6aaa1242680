"""Trace batches to Postgres, and show each traced commit when it was persisted."""

from collections.abc import Iterable
from time import time_ns
from typing import Any

from opentelemetry.trace import Link, SpanContext
from sqlalchemy import Connection

from app.engine import journal, persister
from app.engine.checkpoint import Checkpoint
from app.engine.tail import Read
from app.engine.traced import postgres
from app.engine.traced.provider import CLIENT, below, read, span, tracer

ORIGINS_MAX = 128
"""Commits of one batch that are told of it; OpenTelemetry keeps as many links."""

_POSTGRES = {"db.system.name": "postgresql", "db.operation.name": "persist"}


class Persister(persister.Persister):
    """Carry one galaxy's journal within spans."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        postgres.watch(self._postgres)

    def _carry(
        self, connection: Connection, begin: Checkpoint, entries: Read
    ) -> Checkpoint:
        origins = list(_origins(entries))[:ORIGINS_MAX]
        began_ns = time_ns()
        attributes = _POSTGRES | {"db.operation.batch.size": len(entries)}
        with span("persist batch", CLIENT, attributes, links=origins) as batch:
            end = super()._carry(connection, begin, entries)
        for origin in origins:
            tracer().start_span(
                "persist",
                below(origin),
                CLIENT,
                _POSTGRES | {"gd.position": end.position},
                [Link(batch.get_span_context())],
                began_ns,
            ).end()
        return end


def _origins(entries: Read) -> Iterable[SpanContext]:
    for _entry_id, fields in entries:
        name = fields.get(journal.TRACE_FIELD)
        origin = read(name.decode()) if name else None
        if origin is not None:
            yield origin
