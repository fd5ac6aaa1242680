"""Trace HTTP requests: one span each, below what nginx or the caller names."""

from flask import Flask, Response, g, request
from opentelemetry import context
from opentelemetry.trace import StatusCode, set_span_in_context

from app.engine import logs
from app.engine.traced.provider import SERVER, extract, trace_id, tracer
from app.web.requests import UNLOGGED

ERRORS_FROM = 500


def install(app: Flask) -> None:
    """Trace every request of the app but monitors'."""
    app.before_request(_begin)
    app.after_request(_tell)
    app.teardown_request(_end)


def _begin() -> None:
    if request.path in UNLOGGED:
        return
    route = request.url_rule.rule if request.url_rule else "none"
    g.span = tracer().start_span(
        f"{request.method} {route}",
        extract({name.lower(): value for name, value in request.headers.items()}),
        SERVER,
        {
            "http.request.method": request.method,
            "http.route": route,
            "gd.request_id": g.request_id,
        },
    )
    g.span_token = context.attach(set_span_in_context(g.span))
    logs.bind(trace_id=trace_id())


def _tell(response: Response) -> Response:
    if "span" in g:
        g.span.set_attribute("http.response.status_code", response.status_code)
        if response.status_code >= ERRORS_FROM:
            g.span.set_status(StatusCode.ERROR)
    return response


def _end(_error: BaseException | None) -> None:
    if "span" in g:
        context.detach(g.pop("span_token"))
        g.pop("span").end()
