"""Trace statements to Postgres: what kind, how long; never what they say."""

from typing import Any

import sqlalchemy as sa
from opentelemetry.trace import Span

from app.engine.traced.provider import CLIENT, current, tracer

KINDS = frozenset(
    {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "SET", "CREATE", "COPY"}
)
_SPAN = "trace_span"


def watch(engine: sa.Engine) -> None:
    """Make a span of each statement that is a part of something traced."""
    sa.event.listen(engine, "before_cursor_execute", _begin)
    sa.event.listen(engine, "after_cursor_execute", _end)
    sa.event.listen(engine, "handle_error", _fail)


def _begin(
    _connection: Any, _cursor: Any, statement: str, _values: Any, context: Any, _m: bool
) -> None:
    if context is None or not current().is_valid:
        return
    first = statement.lstrip().partition(" ")[0].upper()
    kind = first if first in KINDS else "OTHER"
    names = {"db.system.name": "postgresql", "db.operation.name": kind}
    made = tracer().start_span(f"postgres {kind}", kind=CLIENT, attributes=names)
    setattr(context, _SPAN, made)


def _end(
    _connection: Any,
    _cursor: Any,
    _statement: str,
    _values: Any,
    context: Any,
    _m: bool,
) -> None:
    made: Span | None = getattr(context, _SPAN, None)
    if made is not None:
        made.end()


def _fail(failure: Any) -> None:
    made: Span | None = getattr(failure.execution_context, _SPAN, None)
    if made is not None:
        made.set_attribute("error.type", type(failure.original_exception).__name__)
        made.end()
