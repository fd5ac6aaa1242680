"""Collect the spans of this process in memory, and ask for them by name."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from app.config import Settings
from app.engine.traced import provider


class Spans:
    """Hold what was traced."""

    def __init__(self) -> None:
        self.exporter = InMemorySpanExporter()

    @property
    def all(self) -> tuple[ReadableSpan, ...]:
        """All that ended, in that order."""
        return self.exporter.get_finished_spans()

    def one(self, name: str) -> ReadableSpan:
        """The only span of a name."""
        [found] = [span for span in self.all if span.name == name]
        return found

    def below(self, parent: ReadableSpan) -> list[str]:
        """Names of the spans right below another, in the order they began."""
        found = [
            span
            for span in self.all
            if span.parent and span.parent.span_id == parent.context.span_id
        ]
        return [span.name for span in sorted(found, key=lambda span: span.start_time)]

    def told(self) -> str:
        """Everything that spans say, as one text to look for secrets in."""
        return " ".join(
            f"{span.name} {dict(span.attributes or {})} {span.status.description}"
            f" {[(event.name, dict(event.attributes or {})) for event in span.events]}"
            for span in self.all
        )


@contextmanager
def traced(settings: Settings) -> Iterator[Spans]:
    """Trace within a block."""
    spans = Spans()
    provider.start(settings, SimpleSpanProcessor(spans.exporter))
    try:
        yield spans
    finally:
        provider.stop()


def trace_of(span: Any) -> int:
    """The trace that a span belongs to."""
    return span.context.trace_id
