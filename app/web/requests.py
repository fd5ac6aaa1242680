"""Give each request an id, its context in the logs, one access line and its headers."""

import re
import uuid
from http import HTTPMethod
from time import perf_counter

import structlog
from flask import Flask, Response, g, request

from app.engine import logs, metrics
from app.realtime import address as client_address

ID_HEADER = "X-Request-ID"
INSTANCE_HEADER = "X-Instance"
UNLOGGED = ("/healthz", "/readyz", "/metrics")
"""What monitors ask every few seconds is not worth a line."""
OTHER = "other"
"""What methods that clients invent are counted as: each label value takes memory."""

_SANE_ID = re.compile(r"[A-Za-z0-9_.-]{8,64}")

log = structlog.get_logger()


def install(app: Flask, instance: str) -> None:
    """Watch every request of the app."""

    def finish(response: Response) -> Response:
        response.headers[ID_HEADER] = g.request_id
        response.headers[INSTANCE_HEADER] = instance
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Content-Type-Options"] = "nosniff"
        _record(response)
        return response

    app.before_request(_begin)
    app.after_request(finish)


def _begin() -> None:
    g.started = perf_counter()
    g.request_id = _request_id(request.headers.get(ID_HEADER, ""))
    logs.start(request_id=g.request_id)


def _request_id(given: str) -> str:
    return given if _SANE_ID.fullmatch(given) else str(uuid.uuid4())


def _record(response: Response) -> None:
    seconds = perf_counter() - g.started
    route = request.url_rule.rule if request.url_rule else "none"
    method = request.method if request.method in HTTPMethod.__members__ else OTHER
    metrics.HTTP_SECONDS.labels(method, route, response.status_code).observe(seconds)
    if request.path in UNLOGGED:
        return
    log.info(
        "request",
        method=request.method,
        path=request.path,
        status=response.status_code,
        duration_ms=round(seconds * 1000, 1),
        address=client_address.of(request.environ),
    )
