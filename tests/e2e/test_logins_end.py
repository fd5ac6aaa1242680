"""Whatever ends a login ends its sockets, on whichever instance they are."""

from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest
import redis
from sqlalchemy import update

from app.engine import keys, postgres
from app.web.accounts import Account
from tests.support.cluster import Cluster, wait_until
from tests.support.guest import PASSWORD, Guest

CLOSED_WITHIN_S = 5.0
SOCKETS = 3


def log_out(guest: Guest) -> None:
    assert guest.ask("POST", "/auth/logout").status_code == 204


def change_password(guest: Guest) -> None:
    guest.post("/auth/password", {"password": PASSWORD, "new_password": PASSWORD * 2})


def delete_account(guest: Guest) -> None:
    assert guest.ask("DELETE", "/me", {"password": PASSWORD}).status_code == 204


@pytest.mark.parametrize("end", [log_out, change_password, delete_account])
def test_every_socket_of_the_player_is_closed(cluster: Cluster, end) -> None:
    guest, other = Guest(cluster.url), Guest(cluster.url).connect()
    devices = [guest.again().connect() for _ in range(SOCKETS)]
    started = monotonic()
    end(guest)
    for device in devices:
        wait_until(lambda d=device: not d.socket.connected, CLOSED_WITHIN_S)
    assert monotonic() - started < CLOSED_WITHIN_S
    for device in devices:
        assert device.notices[-1]["code"] == "unauthenticated"
    assert guest.ask("GET", "/me").status_code == 401
    assert other.socket.connected
    other.leave()


def test_a_ban_closes_sockets_though_the_bus_says_nothing(cluster: Cluster) -> None:
    """An operator's statement in Postgres is enough once Redis' copy is gone."""
    guest = Guest(cluster.url).connect()
    engine = postgres.connect(cluster.env["DATABASE_URL"])
    until = datetime.now(UTC) + timedelta(hours=1)
    ban = update(Account).where(Account.id == guest.player).values(banned_until=until)
    with engine.begin() as connection:
        connection.execute(ban)
    engine.dispose()
    forget_standing(cluster, guest.player)
    wait_until(lambda: not guest.socket.connected, CLOSED_WITHIN_S)
    assert guest.ask("GET", "/me").json()["code"] == "banned"


def forget_standing(cluster: Cluster, player: str) -> None:
    with redis.Redis.from_url(cluster.env["REDIS_STATE_URL"]) as client:
        client.delete(keys.standing(player))
