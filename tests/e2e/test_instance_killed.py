"""An instance dies under a hundred bots: all are back, nothing is lost or doubled."""

import pytest

from tests.support.cluster import Cluster, wait_until
from tests.support.fire import (
    assert_kept,
    kill_and_wait,
    play_on,
    swarm_on,
    wait_until_ready,
)

pytestmark = pytest.mark.alone

BOTS = 100
FEW = 30
BACK_S = 5.0


def test_every_bot_is_back_within_five_seconds(cluster: Cluster) -> None:
    with swarm_on(cluster, bots=BOTS, rate=1.0) as swarm:
        swarm.start()
        swarm.begin()
        play_on(swarm)

        kill_and_wait(cluster, "web.1")

        wait_until(lambda: swarm.connected == BOTS, 2 * BACK_S)
        play_on(swarm)
        report = swarm.stop()

    assert report.tally.reconnects > 0
    assert max(report.tally.back_s) < BACK_S
    assert report.tally.rooms.duplicates == 0
    assert_kept(cluster, report)


def test_an_instance_that_died_before_takes_them_all(cluster: Cluster) -> None:
    with swarm_on(cluster, bots=FEW, rate=1.0) as swarm:
        swarm.start()
        swarm.begin()
        kill_and_wait(cluster, "web.2")
        wait_until(lambda: swarm.connected == FEW, 2 * BACK_S)
        wait_until_ready(cluster, "web.2")
        play_on(swarm)

        kill_and_wait(cluster, "web.1")

        wait_until(lambda: swarm.connected == FEW, 2 * BACK_S)
        report = swarm.stop()

    assert max(report.tally.back_s) < BACK_S
    assert_kept(cluster, report)
