"""Requests and messages are spans, below whoever called, named by what is known."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import structlog
from flask import Flask, g
from opentelemetry.trace import StatusCode

from app.config import load
from app.engine.traced.provider import current, read, span, trace_id, written
from app.realtime.traced import TracedVerbs
from app.web import requests, traced
from tests.support.spans import Spans
from tests.support.spans import traced as traced_here

TRACE, CALLER = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[Spans]:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    monkeypatch.setenv("REDIS_STATE_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setenv("OTEL_TRACES_SAMPLER_ARG", "1")
    with traced_here(load()) as found:
        yield found


@pytest.fixture
def app(spans: Spans) -> Flask:
    made = Flask("tests")
    requests.install(made, "web.1")
    traced.install(made)

    @made.get("/things/<name>")
    def thing(name: str) -> dict[str, str | None]:
        with span("inner"):
            bound = structlog.contextvars.get_contextvars()
            return {"trace": bound["trace_id"], "request": g.request_id}

    @made.get("/broken")
    def broken() -> tuple[str, int]:
        return "no", 503

    @made.get("/healthz")
    def alive() -> str:
        return "alive"

    return made


def test_a_request_is_below_its_caller_and_named_by_its_route(
    app: Flask, spans: Spans
) -> None:
    caller = {"traceparent": f"00-{TRACE}-{CALLER}-01"}
    answer = app.test_client().get("/things/secret?token=secret", headers=caller)

    request = spans.one("GET /things/<name>")
    assert f"{request.parent.trace_id:032x}" == TRACE == answer.json["trace"]
    assert f"{request.parent.span_id:016x}" == CALLER
    assert spans.below(request) == ["inner"]
    assert request.attributes == {
        "http.request.method": "GET",
        "http.route": "/things/<name>",
        "http.response.status_code": 200,
        "gd.request_id": answer.json["request"],
    }
    assert not current().is_valid


def test_what_the_door_did_not_choose_is_not_traced(app: Flask, spans: Spans) -> None:
    caller = {"traceparent": f"00-{TRACE}-{CALLER}-00"}

    app.test_client().get("/things/one", headers=caller)

    assert spans.all == ()


def test_a_request_that_fails_says_so(app: Flask, spans: Spans) -> None:
    app.test_client().get("/broken")

    assert spans.one("GET /broken").status.status_code is StatusCode.ERROR


def test_monitors_are_not_traced(app: Flask, spans: Spans) -> None:
    app.test_client().get("/healthz")

    assert spans.all == ()


class Verbs:
    def answer(self, _session: object, name: str, args: list) -> dict:
        if name == "colonies.build":
            return {"ok": True, "result": {"trace": trace_id(), "args": args}}
        return {"ok": False, "error": {"code": "unknown_command"}}


def test_a_message_is_a_span_by_a_known_name_only(spans: Spans) -> None:
    verbs = TracedVerbs(Verbs(), lambda name: name == "colonies.build")
    session = SimpleNamespace(player_id="p1")

    ack = verbs.answer(session, "colonies.build", [{"text": "secret"}])
    verbs.answer(session, "made up by a client", [])

    built, other = spans.all
    assert (built.name, other.name) == ("socket colonies.build", "socket unknown")
    assert f"{built.context.trace_id:032x}" == ack["result"]["trace"]
    assert built.attributes["gd.result"] == "ok"
    assert other.attributes["gd.result"] == "unknown_command"
    assert "secret" not in spans.told()


@pytest.mark.parametrize("text", ["", "nothing", f"00-{'0' * 32}-{CALLER}-01"])
def test_what_is_no_trace_is_read_as_none(spans: Spans, text: str) -> None:
    assert read(text) is None


def test_a_trace_is_read_as_it_was_written(spans: Spans) -> None:
    with span("anything"):
        here = current()

    found = read(written(here))

    assert found is not None
    assert (found.trace_id, found.span_id) == (here.trace_id, here.span_id)
