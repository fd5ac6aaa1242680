"""Confirmed flags ban on the running cluster: every socket, on every instance."""

import os
import subprocess
import sys

import pytest
from sqlalchemy import text

from app.engine import postgres
from tests.support.cluster import Cluster, wait_until
from tests.support.guest import Guest

CLOSED_WITHIN_S = 5.0
DEVICES = 4
"""As many as two instances surely share."""
FLAG = text(
    "INSERT INTO flags (galaxy, player, detector, at_ms, confidence_percent, evidence,"
    " shadow) SELECT '1', :player, 'machine_timing', number, 90, '{}', false"
    " FROM generate_series(1, :count) number RETURNING id"
)


@pytest.fixture(scope="module")
def cluster() -> Cluster:
    """Run a cluster in which flags have consequences."""
    with Cluster(
        env={"ANTICHEAT_SHADOW": "false", "CONNECTIONS_PER_PLAYER": str(DEVICES)}
    ) as whole:
        yield whole


def flags(cluster: Cluster, player: str, count: int) -> list[str]:
    engine = postgres.connect(cluster.env["DATABASE_URL"])
    with engine.begin() as connection:
        found = connection.execute(FLAG, {"player": player, "count": count})
        ids = [str(row.id) for row in found]
    engine.dispose()
    return ids


def decide(cluster: Cluster, *arguments: str) -> str:
    """Run what `make flags` runs."""
    done = subprocess.run(
        [sys.executable, "-m", "workers.moderation", "--who", "ada", *arguments],
        env=dict(os.environ) | cluster.env,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_six_confirmed_flags_close_all_sockets_of_the_player(cluster: Cluster) -> None:
    guest, other = Guest(cluster.url), Guest(cluster.url).connect()
    devices = [guest.again().connect() for _ in range(DEVICES)]
    ids = flags(cluster, guest.player, 6)
    assert len({device.welcome["instance"] for device in devices}) == 2
    said = decide(cluster, "--confirm", ",".join(ids[:5]))
    assert said.startswith("confirmed: 5\n")
    assert all(device.socket.connected for device in devices)
    decide(cluster, "--confirm", ids[5])
    for device in devices:
        wait_until(lambda d=device: not d.socket.connected, CLOSED_WITHIN_S)
        assert device.notices[-1]["code"] == "banned"
    assert guest.ask("GET", "/me").json()["code"] == "banned"
    assert other.socket.connected
    decide(cluster, "--unban", guest.player)
    assert guest.ask("GET", "/me").status_code == 200
    guest.connect().leave()
    other.leave()
