"""Check who gets in by a token, and who doesn't."""

import base64
import json
from datetime import UTC, datetime, timedelta

import jwt
import pytest
import redis
from sqlalchemy import text

from app.core.message import Rejected
from app.web.accounts import Account
from app.web.database import db
from app.web.parts import parts
from tests.support.web import assert_problem

NAME = "galactic-dominion"


def key(app):
    return app.config["JWT_SECRET_KEY"]


def claims(token):
    return jwt.decode(token, options={"verify_signature": False})


def unsigned(header, body):
    pieces = (json.dumps(part).encode() for part in (header, body))
    return b".".join(map(base64.urlsafe_b64encode, pieces)).decode() + "."


def changed(app, token, **overrides):
    body = {name: value for name, value in (claims(token) | overrides).items() if value}
    return jwt.encode(body, key(app), "HS256")


def past(token):
    return {"exp": datetime.now(UTC) - timedelta(seconds=1), "iat": 1, "nbf": 1}


FORGERIES = {
    "none": lambda _app, ann: unsigned({"alg": "none"}, claims(ann.access)),
    "None": lambda _app, ann: unsigned({"alg": "None"}, claims(ann.access)),
    "HS512": lambda app, ann: jwt.encode(claims(ann.access), key(app) * 2, "HS512"),
    "HS384": lambda app, ann: jwt.encode(claims(ann.access), key(app), "HS384"),
    "RS256 by name": lambda _app, ann: unsigned({"alg": "RS256"}, claims(ann.access)),
    "another key": lambda _app, ann: jwt.encode(claims(ann.access), "x" * 64, "HS256"),
    "the plain secret": lambda _app, ann: jwt.encode(
        claims(ann.access), "local-run-only-change-me".ljust(64), "HS256"
    ),
    "refresh as access": lambda _app, ann: ann.refresh,
    "other audience": lambda app, ann: changed(app, ann.access, aud="another"),
    "no audience": lambda app, ann: changed(app, ann.access, aud=None),
    "other issuer": lambda app, ann: changed(app, ann.access, iss="another"),
    "no issuer": lambda app, ann: changed(app, ann.access, iss=None),
    "other type": lambda app, ann: changed(app, ann.access, type="admin"),
    "no subject": lambda app, ann: changed(app, ann.access, sub=None),
    "nobody": lambda app, ann: changed(app, ann.access, sub="0000000000000"),
    "no generation": lambda app, ann: changed(app, ann.access, gen=None),
    "odd generation": lambda app, ann: changed(app, ann.access, gen="1"),
    "no family": lambda app, ann: changed(app, ann.access, fam=None),
    "expired": lambda app, ann: changed(app, ann.access, **past(ann.access)),
    "no expiry": lambda app, ann: changed(app, ann.access, exp=None),
    "cut": lambda _app, ann: ann.access[:-3],
    "nothing": lambda _app, _ann: "",
    "junk": lambda _app, _ann: "a.b.c",
    "huge": lambda _app, _ann: "x" * 7_000,
}


@pytest.mark.parametrize("name", FORGERIES)
def test_refuses_what_is_no_good_access_token(app, ann, name):
    token = FORGERIES[name](app, ann)
    answer = ann.get("/me", headers={"Authorization": f"Bearer {token}"})
    assert_problem(answer, 401, "unauthenticated")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    with pytest.raises(Rejected) as refusal:
        authenticate(app, token)
    assert refusal.value.code == "unauthenticated"


def authenticate(app, token):
    with app.app_context():
        tokens = parts().tokens
    return tokens.authenticate(token)


@pytest.mark.parametrize("token", [None, 7, b"x", ["x"], {"token": "x"}, "\ud800", "é"])
def test_refuses_what_is_no_text_at_all(app, token):
    with pytest.raises(Rejected) as refusal:
        authenticate(app, token)
    assert refusal.value.code == "unauthenticated"


def test_tells_whom_a_token_speaks_for_without_a_request(app, ann):
    identity = authenticate(app, ann.access)
    assert identity.player_id == ann.id
    assert identity.expires_ms == claims(ann.access)["exp"] * 1000


def test_lets_no_access_token_live_longer_than_15_minutes(ann):
    body = claims(ann.access)
    assert body["exp"] - body["iat"] <= 900
    assert body["jti"] != claims(ann.refresh)["jti"]


@pytest.mark.parametrize(
    "where",
    [
        lambda ann: {"query_string": {"token": ann.access}},
        lambda ann: {"query_string": {"access_token": ann.access, "jwt": ann.access}},
        lambda ann: {"headers": {"Cookie": f"access_token_cookie={ann.access}"}},
        lambda ann: {"headers": {"Authorization": f"Basic {ann.access}"}},
        lambda ann: {"headers": {"Authorization": ann.access}},
        lambda ann: {"headers": {"X-Access-Token": ann.access}},
    ],
)
def test_takes_a_token_from_the_bearer_header_alone(ann, where):
    answer = ann.client.get("/api/v1/me", **where(ann))
    assert_problem(answer, 401, "unauthenticated")


def test_uses_a_refresh_token_once_and_ends_the_family_on_the_second(ann):
    first = ann.post("/auth/refresh", token=ann.refresh).get_json()
    assert ann.get("/me", token=first["access_token"]).status_code == 200
    second = ann.post("/auth/refresh", token=first["refresh_token"])
    assert second.status_code == 200
    stolen = ann.post("/auth/refresh", token=ann.refresh)
    assert_problem(stolen, 401, "unauthenticated")
    after = ann.post("/auth/refresh", token=second.get_json()["refresh_token"])
    assert_problem(after, 401, "unauthenticated")


def test_takes_no_access_token_for_a_refresh(ann):
    assert_problem(ann.post("/auth/refresh"), 401, "unauthenticated")


@pytest.mark.parametrize("which", ["access", "refresh"])
def test_logs_out_everywhere(app, ann, which):
    again = ann.post("/auth/refresh", token=ann.refresh).get_json()
    token = again[f"{which}_token"]
    assert ann.post("/auth/logout", token=token).status_code == 204
    for old in (ann.access, again["access_token"]):
        assert_problem(ann.get("/me", token=old), 401, "unauthenticated")
    answer = ann.post("/auth/refresh", token=again["refresh_token"])
    assert_problem(answer, 401, "unauthenticated")


def test_remembers_revocation_when_redis_forgot(app, ann, settings):
    ann.post("/auth/logout")
    with redis.Redis.from_url(settings.redis_bus_url) as client:
        client.flushall()
    assert_problem(ann.get("/me"), 401, "unauthenticated")


def test_asks_postgres_where_redis_forgot(app, ann, settings):
    with redis.Redis.from_url(settings.redis_bus_url) as client:
        client.flushall()
    assert authenticate(app, ann.access).player_id == ann.id


def test_voids_tokens_of_a_banned_player(app, ann):
    with app.app_context():
        account = db.session.get_one(Account, ann.id)
        account.banned_until = datetime.now(UTC) + timedelta(hours=1)
        parts().standings.commit(account)
    assert_problem(ann.get("/me"), 403, "banned")
    with pytest.raises(Rejected, match="banned"):
        authenticate(app, ann.access)


def test_keeps_at_most_twenty_logins_of_an_account(app, ann):
    with app.app_context():
        tokens, find = parts().tokens, db.session.get_one(Account, ann.id)
        for _ in range(25):
            tokens.log_in(find)
        query = text("SELECT count(*) FROM token_families WHERE account_id = :id")
        assert db.session.scalar(query, {"id": ann.id}) == 20
    answer = ann.post("/auth/refresh", token=ann.refresh)
    assert_problem(answer, 401, "unauthenticated")
