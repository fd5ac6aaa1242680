"""Send this process' spans to an OpenTelemetry collector, and make them.

Nothing here is imported unless `OTEL_EXPORTER_OTLP_ENDPOINT` is set: composition roots
choose the traced parts then, else the plain ones, which know nothing of traces.
"""

import atexit
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace import Link, Span, SpanContext, SpanKind, TraceFlags
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from app.config import Settings

EXPORT_TIMEOUT_S = 2.0
"""Bounds also how long a leaving process waits for a collector that hangs."""
TRACEPARENT = "traceparent"
INTERNAL, CLIENT, SERVER = SpanKind.INTERNAL, SpanKind.CLIENT, SpanKind.SERVER

Attributes = Mapping[str, str | int]

_propagator = TraceContextTextMapPropagator()
_providers: list[tuple[TracerProvider, trace.Tracer]] = []
"""At most one, with its tracer, which is dear to make."""


def start(settings: Settings, processor: SpanProcessor | None = None) -> None:
    """Make spans of this process go to the collector, once; `processor` for tests."""
    if _providers:
        return
    provider = TracerProvider(
        sampler=ParentBased(TraceIdRatioBased(settings.otel_traces_sampler_arg)),
        resource=Resource.create(_names(settings)),
        shutdown_on_exit=False,
    )
    provider.add_span_processor(processor or _exporting(settings))
    _providers.append((provider, provider.get_tracer("dominion")))
    atexit.register(provider.force_flush)


def stop() -> None:
    """Make no spans any more."""
    for provider, _tracer in _providers:
        atexit.unregister(provider.force_flush)
        provider.shutdown()
    _providers.clear()


def _exporting(settings: Settings) -> SpanProcessor:
    base = settings.otel_exporter_otlp_endpoint.rstrip("/")
    exporter = OTLPSpanExporter(f"{base}/v1/traces", timeout=EXPORT_TIMEOUT_S)
    return BatchSpanProcessor(exporter)


def _names(settings: Settings) -> dict[str, str]:
    kind = settings.instance.partition(".")[0]
    return {
        "service.name": f"dominion-{kind}",
        "service.instance.id": settings.instance,
        "service.version": settings.release,
        "deployment.environment.name": settings.environment,
    }


def tracer() -> trace.Tracer:
    """Give the tracer of this process."""
    return _providers[0][1]


@contextmanager
def span(
    name: str,
    kind: SpanKind = INTERNAL,
    attributes: Attributes | None = None,
    *,
    parent: Context | None = None,
    links: Sequence[SpanContext] = (),
) -> Iterator[Span]:
    """Be in a span for a block, below the one that we are in unless `parent` is given.

    Nothing is made below what is not sampled: that halves what tracing a small share
    costs. What the block raises marks the span as failed, by its kind only: messages of
    errors may hold what players wrote.
    """
    here = trace.get_current_span()
    if parent is None and not here.is_recording() and current().is_valid:
        yield here
        return
    with tracer().start_as_current_span(
        name,
        parent,
        kind,
        attributes,
        [Link(one) for one in links],
        record_exception=False,
        set_status_on_exception=False,
    ) as made:
        try:
            yield made
        except BaseException as error:
            made.set_attribute("error.type", type(error).__name__)
            raise


def current() -> SpanContext:
    """Give the span that we are in; an invalid one when in none."""
    return trace.get_current_span().get_span_context()


def below(origin: SpanContext) -> Context:
    """Give a context whose spans are below one of another process."""
    return trace.set_span_in_context(trace.NonRecordingSpan(origin), Context())


def extract(headers: Mapping[str, str]) -> Context:
    """Read who called from a request's headers; an empty context where none is told."""
    return _propagator.extract(dict(headers), Context())


def written(origin: SpanContext) -> str:
    """Write a span's identity as `traceparent`."""
    return f"00-{origin.trace_id:032x}-{origin.span_id:016x}-{origin.trace_flags:02x}"


def read(text: str) -> SpanContext | None:
    """Read a `traceparent`; None where it is none, or was not sampled."""
    context = _propagator.extract({TRACEPARENT: text}, Context())
    found = trace.get_current_span(context).get_span_context()
    is_sampled = found.trace_flags & TraceFlags.SAMPLED
    return found if found.is_valid and is_sampled else None


def trace_id() -> str:
    """Name the trace that we are in, for logs."""
    return f"{current().trace_id:032x}"
