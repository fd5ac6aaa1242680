"""Bots fight: all who see a battle see the same, and parts that die change nothing."""

from collections.abc import Iterator

import pytest

from tests.load.swarm import Swarm
from tests.load.tally import Report
from tests.support.cluster import Cluster, wait_until
from tests.support.fire import assert_kept, kill_and_wait, swarm_on, wait_until_ready
from tests.support.war import bring_together

pytestmark = pytest.mark.alone

BOTS = 20
BATTLES = 10
FIGHT_S = 90.0
PARTS = ("web.1", "worker.1", "valkey")


@pytest.fixture
def swarm(cluster: Cluster) -> Iterator[Swarm]:
    with swarm_on(cluster, bots=BOTS, rate=1.0) as swarm:
        swarm.start()
        bring_together(cluster, swarm)
        swarm.begin()
        yield swarm


def fight_on(swarm: Swarm, battles: int) -> None:
    """Wait until several bots saw so many more battles."""
    seen = swarm.tally.battles
    enough = seen.compared + battles
    wait_until(lambda: seen.compared >= enough, FIGHT_S)


def assert_seen_alike(report: Report) -> None:
    """Check that battles were seen by several bots, on both instances, and alike."""
    battles = report.tally.battles
    assert battles.compared >= BATTLES
    assert battles.differing == 0
    assert report.tally.checked["sector"] > 0
    assert report.tally.checked["battle"] > 0
    assert {"web.1", "web.2"} <= report.tally.instances.keys()


def test_bots_explore_fight_and_retreat(cluster: Cluster, swarm: Swarm) -> None:
    fight_on(swarm, BATTLES)
    report = swarm.stop()
    assert_seen_alike(report)
    assert {"fleets.move", "fleets.launch", "fleets.attack"} <= set(
        report.tally.commands
    )
    assert_kept(cluster, report, codes=())


def test_battles_go_on_where_parts_are_killed(cluster: Cluster, swarm: Swarm) -> None:
    for part in PARTS:
        fight_on(swarm, BATTLES // 3)
        kill_and_wait(cluster, part)
        wait_until_ready(cluster)
    fight_on(swarm, 1)
    report = swarm.stop()
    assert_seen_alike(report)
    assert_kept(cluster, report)
