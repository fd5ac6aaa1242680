"""Accounts that share an address are known as such; the address itself is not."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from app.engine import keys
from app.web import addresses
from app.web.accounts import now
from app.web.database import db
from app.web.parts import parts
from tests.support.web import API, PASSWORD, Asker

HOME, OFFICE, TRAIN = "203.0.113.7", "198.51.100.9", "198.51.100.77"
MOST = 6


@pytest.fixture(autouse=True)
def _nobody_yet(app) -> None:
    with app.app_context():
        db.session.execute(text("TRUNCATE account_addresses"))
        db.session.commit()


def register(app, name: str, address: str = HOME) -> Asker:
    """Make an account from an address, as nginx tells it, whatever was registered."""
    _forget_limits(app)
    client = app.test_client()
    body = {"username": name, "password": PASSWORD}
    headers = {"X-Forwarded-For": address}
    answer = client.post(API + "/auth/register", json=body, headers=headers)
    assert answer.status_code == 201, answer.get_json()
    return Asker.of(client, answer.get_json())


def _forget_limits(app) -> None:
    with app.app_context():
        bus = parts().cluster.bus
        for key in bus.scan_iter(keys.limit("*")):
            bus.delete(key)


def kept(app) -> list[tuple]:
    with app.app_context():
        found = "SELECT account_id, address FROM account_addresses ORDER BY first_at"
        return [tuple(row) for row in db.session.execute(text(found))]


def shared(app, *players: Asker) -> dict[frozenset[str], int]:
    with app.app_context():
        ids = [player.id for player in players]
        return addresses.sharers(db.session.connection(), ids, MOST)


def test_keeps_a_hash_and_never_the_address(app, settings) -> None:
    player = register(app, "homebody")
    [(account, hidden)] = kept(app)
    assert account == player.id
    assert HOME not in hidden
    assert hidden == addresses.hashed(HOME, settings.secret)
    assert hidden != addresses.hashed(HOME, "another secret")


def test_notes_login_and_refresh_from_elsewhere(app) -> None:
    player = register(app, "traveller")
    body = {"username": "traveller", "password": PASSWORD}
    for path, address, options in (
        ("/auth/login", OFFICE, {"json": body}),
        ("/auth/refresh", TRAIN, {"token": player.refresh}),
    ):
        headers = {"X-Forwarded-For": address}
        assert player.post(path, headers=headers, **options).status_code == 200
    assert {account for account, _address in kept(app)} == {player.id}
    assert len(kept(app)) == 3


def test_one_note_an_hour_is_enough(app) -> None:
    player = register(app, "regular")
    times = "SELECT first_at, last_at FROM account_addresses"
    headers = {"X-Forwarded-For": HOME}
    body = {"username": "regular", "password": PASSWORD}

    def log_in() -> tuple:
        assert player.post("/auth/login", json=body, headers=headers).status_code == 200
        with app.app_context():
            return tuple(db.session.execute(text(times)).one())

    first_at, last_at = log_in()
    assert first_at == last_at
    with app.app_context():
        later = "UPDATE account_addresses SET last_at = last_at - interval '2 hours'"
        db.session.execute(text(later))
        db.session.commit()
    assert log_in()[1] >= last_at


def test_names_who_shares_an_address(app) -> None:
    ann, bob, cid = (register(app, name) for name in ("ann-h", "bob-h", "cid-h"))
    dan = register(app, "dan-h", OFFICE)
    found = shared(app, ann, bob, dan)
    assert found == {frozenset((ann.id, bob.id)): 3}
    assert shared(app, dan) == {}
    assert cid.id not in set().union(*found)


def test_half_a_town_behind_one_address_is_no_home(app) -> None:
    people = [register(app, f"pupil-{number}") for number in range(MOST + 1)]
    assert shared(app, *people) == {}


def test_a_home_has_many_devices_in_ipv6(settings) -> None:
    one, other, away = "2001:db8:1:2::5", "2001:db8:1:2:ffff::9", "2001:db8:1:3::5"
    secret = settings.secret
    assert addresses.hashed(one, secret) == addresses.hashed(other, secret)
    assert addresses.hashed(one, secret) != addresses.hashed(away, secret)


def test_networks_without_limits_are_not_kept(app) -> None:
    register(app, "in-the-lab", "127.0.0.1")
    assert kept(app) == []


def test_shows_what_is_kept_to_whom_it_is_about(app) -> None:
    player = register(app, "curious")
    [shown] = player.get("/me/export").get_json()["addresses"]
    assert shown["address_hash"] == kept(app)[0][1]
    created_ms = player.get("/me").get_json()["created_ms"]
    assert created_ms <= shown["first_ms"] <= shown["last_ms"]


def test_who_is_forgotten_is_forgotten_here_too(app) -> None:
    player = register(app, "leaving")
    gone = player.ask("DELETE", "/me", json={"password": PASSWORD})
    assert gone.status_code == 204
    assert kept(app) == []


def test_old_addresses_are_forgotten(app) -> None:
    register(app, "long-ago")
    with app.app_context():
        connection = db.session.connection()
        addresses.prune(connection)
        db.session.commit()
        assert len(kept(app)) == 1
        old = {"at": now() - addresses.KEPT - timedelta(seconds=1)}
        db.session.execute(text("UPDATE account_addresses SET last_at = :at"), old)
        addresses.prune(db.session.connection())
        db.session.commit()
    assert kept(app) == []
