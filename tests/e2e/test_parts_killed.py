"""A part is killed under load: what was acknowledged stays, once; the laws hold."""

import pytest

from tests.support.cluster import Cluster
from tests.support.fire import (
    assert_kept,
    kill_and_wait,
    play_on,
    swarm_on,
    wait_until_ready,
)

pytestmark = pytest.mark.alone

BOTS = 30
KILLS = 2
PARTS = ("valkey", "postgres", "clock.1", "persister.1", "worker.1", "beat.1", "nginx")


@pytest.mark.parametrize("part", PARTS)
def test_nothing_acknowledged_is_lost_or_doubled(cluster: Cluster, part: str) -> None:
    with swarm_on(cluster, bots=BOTS, rate=2.0) as swarm:
        swarm.start()
        swarm.begin()
        for _ in range(KILLS):
            play_on(swarm)
            kill_and_wait(cluster, part)
            wait_until_ready(cluster)
        play_on(swarm)
        report = swarm.stop()

    assert_kept(cluster, report)
