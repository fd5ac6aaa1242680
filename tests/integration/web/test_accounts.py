"""Check accounts: registering, logging in, changing and deleting."""

from threading import Thread
from time import time

import pytest
from sqlalchemy import text

from app.realtime.limits import PER_NAME
from app.web import passwords
from app.web.database import db
from tests.support.waiting import wait_for
from tests.support.web import API, PASSWORD, Asker, assert_problem, register

MANY = 12
"""Logins; more than may be wrong."""


def credentials(name, password=PASSWORD):
    return {"username": name, "password": password}


def log_in(app, name, password=PASSWORD):
    return app.test_client().post(API + "/auth/login", json=credentials(name, password))


def test_registers_and_shows_who_one_is(ann):
    shown = ann.get("/me").get_json()
    assert shown["player"] == {"id": ann.id, "username": ann.username}
    assert shown["empires"] == []
    assert abs(shown["created_ms"] - time() * 1_000) < 60_000
    assert type(shown["created_ms"]) is int
    assert len(ann.id) == 13


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cleo", "CLEO"),
        ("Ivan", "lvan"),
        ("mario0", "marioO"),
        ("\u0440\u0430\u0443\u0440\u0430", "paypa"),
    ],
)
def test_refuses_a_name_that_is_or_looks_taken(app, one, other):
    register(app, one)
    answer = app.test_client().post(API + "/auth/register", json=credentials(other))
    assert_problem(answer, 409, "username_taken")


def test_refuses_a_name_that_is_the_id_of_an_account(app, ann):
    sent = credentials(ann.id.upper())
    answer = app.test_client().post(API + "/auth/register", json=sent)
    assert_problem(answer, 409, "username_taken")


@pytest.mark.parametrize(
    "sent",
    [
        {"username": "ab", "password": PASSWORD},
        {"username": "p\u0430ypal", "password": PASSWORD},
        {"username": "ann\u202e", "password": PASSWORD},
        {"username": "<img src=x onerror=alert(1)>", "password": PASSWORD},
        {"username": "dora", "password": "short"},
        {"username": "dora", "password": "x" * 129},
        {"username": "dora", "password": PASSWORD, "email": "nobody"},
        {"username": "dora", "password": PASSWORD, "email": "x@" + "y" * 300 + ".org"},
        {"username": ["dora"], "password": {"a": 1}},
        {"username": None, "password": None},
        {"username": "dora", "password": PASSWORD, "roles": ["admin"]},
        {"username": "dora", "password": PASSWORD, "id": "x"},
        {"username": "dora", "password": PASSWORD, "credits": 1},
        {},
        [],
    ],
)
def test_refuses_a_bad_registration_and_says_where(app, sent):
    answer = app.test_client().post(API + "/auth/register", json=sent)
    assert assert_problem(answer, 422, "invalid")["fields"]
    assert log_in(app, "dora").status_code == 401


def test_logs_in_by_any_case_of_the_name(app):
    eve = register(app, "Evelyn")
    assert log_in(app, "EVELYN").get_json()["player"]["id"] == eve.id


@pytest.mark.parametrize(
    "trick", ["' OR 1=1 --", "\x00", "%", "ann'; DROP TABLE accounts;--", "\u202e"]
)
def test_answers_unknown_names_and_wrong_passwords_alike(app, ann, trick):
    wrong = assert_problem(log_in(app, ann.username, "wrong"), 401, "bad_credentials")
    other = assert_problem(log_in(app, trick, "wrong"), 401, "bad_credentials")
    assert wrong["detail"] == other["detail"]


def test_stores_no_password_in_plain(app, ann):
    with app.app_context():
        query = text("SELECT password_hash FROM accounts WHERE id = :id")
        stored = db.session.scalar(query, {"id": ann.id})
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_refuses_to_guess_on_after_ten_wrong_passwords(app, ann):
    codes = [log_in(app, ann.username, "wrong").get_json()["code"] for _ in range(10)]
    assert codes[0] == "bad_credentials"
    assert codes[-1] == "rate_limited"
    answer = log_in(app, ann.username)
    assert_problem(answer, 429, "rate_limited")
    assert int(answer.headers["Retry-After"]) > 0


def test_tries_no_more_passwords_at_once_than_in_turn(app, ann, monkeypatch):
    tried, codes = [], []
    is_right = passwords.is_right

    def hold(password, stored):
        tried.append(password)
        wait_for(lambda: len(tried) + len(codes) >= MANY, "all that ask")
        return is_right(password, stored)

    def guess():
        codes.append(log_in(app, ann.username, "wrong").get_json()["code"])

    monkeypatch.setattr(passwords, "is_right", hold)
    threads = [Thread(target=guess) for _ in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(tried) == codes.count("bad_credentials") == PER_NAME["password"]
    assert codes.count("rate_limited") == MANY - len(tried)


def test_counts_no_right_password_as_a_guess(app, ann):
    assert {log_in(app, ann.username).status_code for _ in range(MANY)} == {200}
    limit = PER_NAME["password"]
    codes = [log_in(app, ann.username, "wrong").status_code for _ in range(limit)]
    assert set(codes) == {401}


def test_changes_the_password_and_ends_every_login(app, ann):
    other = Asker.of(ann.client, log_in(app, ann.username).get_json())
    body = {"password": PASSWORD, "new_password": "battery staple"}
    changed = ann.post("/auth/password", json=body)
    assert changed.status_code == 200
    for old in (ann, other):
        assert_problem(old.get("/me"), 401, "unauthenticated")
        answer = old.post("/auth/refresh", token=old.refresh)
        assert_problem(answer, 401, "unauthenticated")
    assert Asker.of(ann.client, changed.get_json()).get("/me").status_code == 200
    assert log_in(app, ann.username).status_code == 401
    assert log_in(app, ann.username, "battery staple").status_code == 200


def test_keeps_the_password_where_the_old_one_is_wrong(app, ann):
    body = {"password": "wrong", "new_password": "battery staple"}
    assert_problem(ann.post("/auth/password", json=body), 401, "bad_credentials")
    assert ann.get("/me").status_code == 200


def test_exports_what_is_kept_of_a_person(ann):
    exported = ann.get("/me/export").get_json()
    assert exported["id"] == ann.id
    assert exported["created_ms"] == ann.get("/me").get_json()["created_ms"]
    assert "password_hash" not in exported


def test_forgets_a_person_who_deletes_the_account(app, ann):
    assert_problem(ann.ask("DELETE", "/me", json={}), 422, "invalid")
    wrong = ann.ask("DELETE", "/me", json={"password": "wrong"})
    assert_problem(wrong, 401, "bad_credentials")
    assert ann.ask("DELETE", "/me", json={"password": PASSWORD}).status_code == 204
    assert_problem(ann.get("/me"), 401, "unauthenticated")
    assert_problem(log_in(app, ann.username), 401, "bad_credentials")
    with app.app_context():
        query = text("SELECT * FROM accounts WHERE id = :id")
        rows = db.session.execute(query, {"id": ann.id}).all()
    assert ann.username not in str(rows)
    assert register(app, ann.username).id != ann.id


def test_turns_a_banned_player_away(app, ann):
    with app.app_context():
        ban = text("UPDATE accounts SET banned_until = now() + interval '1 hour'")
        db.session.execute(ban)
        db.session.commit()
    body = assert_problem(log_in(app, ann.username), 403, "banned")
    assert body["until_ms"] > 0
    assert_problem(log_in(app, ann.username, "wrong"), 401, "bad_credentials")
