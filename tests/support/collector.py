"""Receive spans as an OpenTelemetry collector does: OTLP over HTTP, kept in memory."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
)

PATH = "/v1/traces"


@dataclass(frozen=True)
class Seen:
    """Hold one span as a process sent it."""

    process: str
    service: str
    name: str
    trace: str
    id: str
    parent: str
    links: tuple[str, ...]
    """Traces that it names."""
    attributes: dict[str, Any] = field(compare=False)


class Collector:
    """Hold all spans that came."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._spans: list[Seen] = []
        self.url = ""

    def take(self, body: bytes) -> None:
        """Decode one export."""
        found = list(_spans(ExportTraceServiceRequest.FromString(body)))
        with self._lock:
            self._spans += found

    def of(self, trace: str) -> list[Seen]:
        """Give the spans of a trace."""
        with self._lock:
            return [span for span in self._spans if span.trace == trace]

    @property
    def all(self) -> list[Seen]:
        """Give all spans."""
        with self._lock:
            return list(self._spans)


@contextmanager
def listening() -> Iterator[Collector]:
    """Listen on a free port of loopback for a block."""
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            is_packed = self.headers.get("Content-Encoding") == "gzip"
            if self.path == PATH:
                collector.take(gzip.decompress(body) if is_packed else body)
            self.send_response(200 if self.path == PATH else 404)
            self.send_header("Content-Type", "application/x-protobuf")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_line: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        collector.url = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield collector
        finally:
            server.shutdown()
            thread.join()


def _spans(request: ExportTraceServiceRequest) -> Iterator[Seen]:
    for resource in request.resource_spans:
        names = _attributes(resource.resource.attributes)
        for scope in resource.scope_spans:
            for span in scope.spans:
                yield Seen(
                    process=names["service.instance.id"],
                    service=names["service.name"],
                    name=span.name,
                    trace=span.trace_id.hex(),
                    id=span.span_id.hex(),
                    parent=span.parent_span_id.hex(),
                    links=tuple(link.trace_id.hex() for link in span.links),
                    attributes=_attributes(span.attributes),
                )


def _attributes(pairs: Any) -> dict[str, Any]:
    return {
        pair.key: getattr(pair.value, pair.value.WhichOneof("value")) for pair in pairs
    }
