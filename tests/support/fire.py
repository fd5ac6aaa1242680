"""Put a cluster under load, harm it, and look what became of every promise."""

from collections import Counter
from unittest import mock

import requests
from sqlalchemy import text

from app.config import load
from app.engine import postgres
from tests.load.swarm import Swarm
from tests.load.tally import Report
from tests.support.cluster import Cluster, wait_until
from workers.verify import verify

READY_S = 30.0
PLAY_S = 60.0
EFFECTLESS = frozenset({"colonies.sync", "fleets.clear", "fleets.stop"})
"""Commands that may be accepted without a trace: they only ask."""
TOLERATED = ("unavailable",)
"""What clients may hear while a part is down."""


def swarm_on(cluster: Cluster, *, bots: int, rate: float, seed: int = 1) -> Swarm:
    """Make bots that play on a cluster."""
    return Swarm(cluster.url, bots=bots, rate=rate, seed=seed)


def play_on(swarm: Swarm) -> None:
    """Wait until every bot, on average, had two more commands acknowledged."""
    enough = len(swarm.tally.acknowledged) + 2 * len(swarm.bots)
    wait_until(lambda: len(swarm.tally.acknowledged) >= enough, PLAY_S)


def assert_kept(cluster: Cluster, report: Report, **tolerated: tuple[str, ...]) -> None:
    """Check that every acknowledged command is in Postgres once, and all laws hold."""
    assert not report.wrongs(tolerated.get("codes", TOLERATED)), report.wrongs()
    with mock.patch.dict("os.environ", cluster.env):
        assert verify(load())
    expected = Counter(
        f"{one.player}/{one.id}"
        for one in report.tally.acknowledged
        if one.name not in EFFECTLESS
    )
    assert expected
    engine = postgres.connect(cluster.env["DATABASE_URL"])
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT command_id FROM commands")).scalars()
        written = Counter(rows)
    engine.dispose()
    lost = [name for name in expected if written[name] != 1]
    assert not lost, f"{len(lost)} of {len(expected)} acknowledged: {lost[:3]}"


def kill_and_wait(cluster: Cluster, part: str) -> None:
    """Kill a part at once and wait until the runner has it back."""
    old_pid = cluster.kill(part)
    cluster.wait_until_back(part, old_pid)


def wait_until_ready(cluster: Cluster, instance: str = "") -> None:
    """Wait until commands are taken again, by some instance or by this one."""
    url = cluster.instance_url(instance) if instance else cluster.url

    def is_ready() -> bool:
        try:
            return requests.get(url + "/readyz", timeout=2).status_code == 200
        except requests.RequestException:
            return False

    wait_until(is_ready, READY_S)
