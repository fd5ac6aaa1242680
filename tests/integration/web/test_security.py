"""Check what must be refused (SECURITY): on every route, and in every log line."""

import io
import json
import logging

import pytest
from argon2 import extract_parameters

from app.engine import logs
from app.web import passwords
from tests.support.web import API, PASSWORD, assert_problem, register

BODIES = {
    "NaN": b'{"colony": NaN}',
    "infinity": b'{"count": -Infinity}',
    "a list": b"[1, 2]",
    "a number": b"7",
    "null": b"null",
    "true as one": b'{"colony": true, "count": true}',
    "2^63": b'{"count": 9223372036854775808}',
    "2^1000": b'{"count": ' + b"9" * 300 + b"}",
    "deep": b"[" * 1_000 + b"]" * 1_000,
    "deep objects": b'{"a":' * 1_000 + b"1" + b"}" * 1_000,
    "binary": bytes(range(256)),
    "no text": b"\xff\xfe\x00",
    "half a surrogate": b'{"colony": "\\ud800"}',
    "a null character": b'{"colony": "\\u0000", "username": "\\u0000"}',
    "many fields": json.dumps({f"f{i}": i for i in range(900)}).encode(),
    "a prototype": b'{"__proto__": {"admin": true}, "constructor": 1}',
    "cut": b'{"colony": "x"',
    "large": b'{"colony": "' + b"x" * 16_000 + b'"}',
    "too large": b" " * 16_385,
    "nothing": b"",
}


def routes(app, method):
    """Name the API's routes of a method, with a stand-in for each part."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(API) and method in rule.methods:
            values = dict.fromkeys(rule.arguments, "x") | {
                "name": "colonies.train",
                "galaxy_id": "1",
            }
            with app.test_request_context():
                yield app.url_map.bind("").build(
                    rule.endpoint, {one: values[one] for one in rule.arguments}, method
                )


@pytest.mark.parametrize("name", BODIES)
def test_answers_any_body_on_any_route_with_a_code(app, name):
    for path in [*routes(app, "POST"), *routes(app, "DELETE")]:
        asker = register(app)
        method = "DELETE" if path == f"{API}/me" else "POST"
        answer = asker.ask(
            method,
            path.removeprefix(API),
            data=BODIES[name],
            content_type="application/json",
        )
        assert answer.status_code < 500, (path, answer.data)
        if answer.status_code >= 400:
            assert_problem(answer, answer.status_code, answer.get_json()["code"])


TRICKS = ["'; DROP TABLE accounts;--", "%00", "%0d%0aX: y", "..%2f..%2fetc%2fpasswd"]
TRICKS += [
    "%F0%9F%92%A9",
    "%ff",
    "{{7*7}}",
    "${jndi:ldap://x}",
    "x" * 4_000,
    "*",
    "a:b",
]


@pytest.mark.parametrize("trick", TRICKS)
def test_answers_tricks_in_paths_and_queries(app, ann, trick):
    ann.joined()
    for path in (
        f"/colonies/{trick}",
        f"/leaderboards/{trick}",
        f"/research?galaxy={trick}",
        f"/leaderboards/power?limit={trick}",
        f"/reports/{trick}",
        f"/reports?after={trick}",
        f"/replays/{trick}",
        f"/galaxies/{trick}/map",
        f"/galaxies/{trick}/colonies",
    ):
        answer = ann.get(path)
        assert 400 <= answer.status_code < 500, path
    for path in (
        f"/galaxies/{trick}/join",
        f"/commands/{trick}",
        f"/reports/{trick}/share",
    ):
        answer = ann.post(path, json={})
        assert 400 <= answer.status_code < 500, path
    assert ann.get("/me").status_code == 200


@pytest.mark.parametrize(
    "field", ["credits", "owner", "player", "role", "roles", "id", "galaxy", "at_ms"]
)
def test_refuses_fields_that_are_not_the_clients(ann, field):
    colony = ann.joined()
    sent = {"colony": colony, "building": "mine", field: "x"}
    answer = ann.post("/commands/colonies.build", json=sent)
    body = assert_problem(answer, 422, "invalid")
    assert list(body["fields"]) == [field]


@pytest.fixture
def lines():
    """Log as in production, and give what was written."""
    stream = io.StringIO()
    root = logging.getLogger()
    before = root.handlers[:], root.level
    logs.configure("web.1", "DEBUG", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:], level = before
    root.setLevel(level)
    logging.captureWarnings(False)


def test_writes_one_line_a_request_that_says_who_asked_for_what(app, lines):
    asker = register(app)
    asker.joined()
    answer = asker.get("/me")
    (line,) = [line for line in lines() if line.get("path") == f"{API}/me"]
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert line["player_id"] == asker.id
    assert (line["method"], line["status"]) == ("GET", 200)
    (joined,) = [line for line in lines() if line.get("path", "").endswith("/join")]
    assert joined["command_id"] == f"{asker.id}/join.drawn"


def test_writes_no_secret_into_any_line(app, lines):
    asker = register(app)
    asker.post("/auth/refresh", token=asker.refresh)
    asker.get(f"/me?token={asker.access}&access_token={asker.access}")
    asker.get(f"/colonies/{asker.access}")
    asker.client.post(API + "/auth/login", json={"username": asker.username})
    wrong = {"username": asker.username, "password": PASSWORD + "!"}
    asker.client.post(API + "/auth/login", json=wrong)
    text = json.dumps(lines())
    assert len(lines()) >= 6
    for secret in (PASSWORD, asker.access, asker.refresh, asker.access.split(".")[2]):
        assert secret not in text


def test_keeps_the_input_out_of_the_structure_of_the_logs(app, lines):
    forged = '%0d%0a{"event":"request","player_id":"admin"}%E2%80%A8%1b[2J'
    app.test_client().get(f"/x{forged}", headers={"X-Request-ID": 'a"},{"b":"cdefgh'})
    (line,) = lines()
    assert line["event"] == "request"
    assert "player_id" not in line
    assert not set("\r\n\u2028\x1b") & set(line["path"])


def test_logs_a_bug_in_full_but_answers_none_of_it(app, lines):
    def fail():
        raise ZeroDivisionError("inner detail")

    app.add_url_rule("/fail", "fail", fail)
    answer = app.test_client().get("/fail")
    assert b"inner detail" not in answer.data
    (bug,) = [line for line in lines() if line["event"] == "unhandled"]
    assert "ZeroDivisionError: inner detail" in bug["exception"]
    assert bug["request_id"] == answer.headers["X-Request-ID"]


class Counting:
    """Count what a hasher verifies, by the cost of each hash."""

    def __init__(self, hasher):
        self.hash = hasher.hash
        self.costs = []
        self._hasher = hasher

    def verify(self, stored, password):
        self.costs.append(extract_parameters(stored))
        return self._hasher.verify(stored, password)


@pytest.mark.parametrize("name", ["known", "unknown", "no name at all"])
def test_unknown_names_cost_the_same_work_as_wrong_passwords(app, monkeypatch, name):
    ann = register(app)
    hasher = Counting(passwords._hasher)
    monkeypatch.setattr(passwords, "_hasher", hasher)
    sent = {
        "username": ann.username if name == "known" else name,
        "password": "wrong password",
    }
    answer = app.test_client().post(API + "/auth/login", json=sent)
    assert_problem(answer, 401, "bad_credentials")
    assert hasher.costs == [extract_parameters(hasher.hash(PASSWORD))]


STRANGER = {"REMOTE_ADDR": "203.0.113.7"}


def register_from(app, number, environ, **headers):
    sent = {"username": f"stranger-{number}", "password": PASSWORD}
    return app.test_client().post(
        API + "/auth/register", json=sent, environ_overrides=environ, headers=headers
    )


def test_lets_an_address_register_twice_a_minute(app):
    answers = [register_from(app, i, STRANGER).status_code for i in range(4)]
    assert answers == [201, 201, 429, 429]
    other = {"REMOTE_ADDR": "203.0.113.8"}
    assert register_from(app, 9, other).status_code == 201


def test_believes_no_address_that_a_client_claims(app):
    claims = [{"X-Forwarded-For": f"198.51.100.{i}"} for i in range(4)]
    answers = [
        register_from(app, 10 + i, STRANGER, **claim).status_code
        for i, claim in enumerate(claims)
    ]
    assert answers == [201, 201, 429, 429]


def test_counts_the_address_that_nginx_names(app):
    claim = {"X-Forwarded-For": "198.51.100.9"}
    loopback = {"REMOTE_ADDR": "127.0.0.1"}
    answers = [
        register_from(app, 20 + i, loopback, **claim).status_code for i in range(3)
    ]
    assert answers == [201, 201, 429]


def test_counts_all_addresses_of_a_home_together(app):
    answers = [
        register_from(app, 30 + i, {"REMOTE_ADDR": f"2001:db8:1:2:{i}::{i}"})
        for i in range(4)
    ]
    assert [answer.status_code for answer in answers] == [201, 201, 429, 429]
    next_door = {"REMOTE_ADDR": "2001:db8:1:3::1"}
    assert register_from(app, 39, next_door).status_code == 201


def test_lets_an_address_log_in_five_times_a_minute(app, ann):
    sent = {"username": ann.username, "password": PASSWORD}
    answers = [
        app.test_client()
        .post(API + "/auth/login", json=sent, environ_overrides=STRANGER)
        .status_code
        for _ in range(7)
    ]
    assert answers == [200] * 5 + [429] * 2
