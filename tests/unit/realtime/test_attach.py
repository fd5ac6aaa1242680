"""Requests are led to the edge or to the application."""

from types import SimpleNamespace
from typing import Any

import pytest
from structlog.contextvars import bind_contextvars, get_contextvars

from app.engine import logs
from app.realtime.attach import _routed


@pytest.fixture(autouse=True)
def _no_context() -> Any:
    yield
    logs.start()


def test_a_request_knows_nothing_of_the_one_before_it() -> None:
    seen: list[Any] = []
    server: Any = SimpleNamespace(
        handle_request=lambda *_args: seen.append(get_contextvars()) or []
    )
    serve = _routed(server, lambda _environ, _start: [b"other"])

    bind_contextvars(request_id="of another")
    serve({"PATH_INFO": "/socket.io/"}, None)

    assert seen == [{}]
    assert serve({"PATH_INFO": "/api/v1/me"}, None) == [b"other"]
