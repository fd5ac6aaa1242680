"""Check that every error is a problem with a code and a request id."""

import pytest
from flask import abort
from sqlalchemy.exc import OperationalError

from app.core.message import Rejected
from app.engine.redis import Unavailable
from tests.support.web import API, assert_problem


@pytest.fixture
def client(app):
    """Give a client of an app with routes that fail in all ways."""

    def fail(error):
        def view():
            raise error

        return view

    failures = {
        "bug": ZeroDivisionError("secret"),
        "silent": Unavailable("redis"),
        "database": OperationalError("SELECT secret", {}, Exception("secret")),
        "conflict": Rejected("not_enough_resources", short={"minerals": 40}),
        "later": Rejected("rate_limited", retry_after_ms=1_200),
    }
    for name, error in failures.items():
        app.add_url_rule(f"/fail/{name}", name, fail(error))
    app.add_url_rule("/fail/teapot", "teapot", lambda: abort(418))
    app.add_url_rule("/fail/gateway", "gateway", lambda: abort(502))
    return app.test_client()


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("bug", 500, "internal"),
        ("silent", 503, "unavailable"),
        ("database", 503, "unavailable"),
        ("conflict", 409, "not_enough_resources"),
        ("later", 429, "rate_limited"),
        ("teapot", 418, "invalid"),
        ("gateway", 502, "internal"),
        ("nothing", 404, "not_found"),
    ],
)
def test_answers_with_a_code(client, path, status, code):
    answer = client.get(f"/fail/{path}")
    assert_problem(answer, status, code)
    assert b"secret" not in answer.data


def test_hands_on_what_a_refusal_says(client):
    assert client.get("/fail/conflict").get_json()["short"] == {"minerals": 40}
    assert client.get("/fail/later").headers["Retry-After"] == "2"
    assert client.get("/fail/silent").headers["Retry-After"] == "1"


def test_tells_which_methods_there_are(client):
    answer = client.get(API + "/auth/login")
    assert_problem(answer, 405, "method_not_allowed")
    assert "POST" in answer.headers["Allow"]


def test_keeps_a_sane_request_id_and_replaces_others(client):
    sane = client.get("/healthz", headers={"X-Request-ID": "0123456789abcdef"})
    assert sane.headers["X-Request-ID"] == "0123456789abcdef"
    assert sane.headers["X-Instance"] == "web.1"
    for odd in ("", "x", "a b c d e f g", "x" * 99, '{"a":"bcdefgh"}'):
        given = client.get("/healthz", headers={"X-Request-ID": odd})
        assert given.headers["X-Request-ID"] != odd


def send(client, body, kind="application/json"):
    return client.post(API + "/auth/login", data=body, content_type=kind)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"NaN",
        b'{"username": Infinity}',
        b"\xff",
        b"[" * 9000,
        b"\x00" * 100,
        b'{"a":' * 100 + b"1" + b"}" * 100,
    ],
)
def test_refuses_what_is_no_plain_json(client, body):
    assert_problem(send(client, body), 400, "invalid")


def test_refuses_other_kinds_of_body(client):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "image/png"):
        answer = send(client, b'{"a": 1}', kind)
        assert_problem(answer, 415, "unsupported_media_type")


def test_refuses_more_than_16_kib(client):
    assert_problem(send(client, b'"' + b"x" * 20_000 + b'"'), 413, "too_large")


def test_refuses_repeated_and_foreign_fields(client):
    answer = send(client, b'{"username":"a","password":"b","credits":9}')
    assert assert_problem(answer, 422, "invalid")["fields"] == {
        "credits": ["Unknown field."]
    }
