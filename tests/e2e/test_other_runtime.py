"""The same cluster runs on the other green-thread library: leaving is a setting."""

from collections.abc import Iterator

import pytest

from tests.support.cluster import Cluster
from tests.support.fire import assert_kept, play_on, swarm_on
from tests.support.guest import Guest

BOTS = 20


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with Cluster(env={"ASYNC_MODE": "gevent"}) as whole:
        yield whole


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_stock_client_plays(cluster: Cluster, transport: str) -> None:
    guest = Guest(cluster.url).connect([transport])

    guest.do("colonies.build", colony=guest.colony, building="mine")

    guest.wait_until(lambda: len(guest.events(guest.room)) == 1)
    guest.leave()


def test_bots_play_and_the_laws_hold(cluster: Cluster) -> None:
    with swarm_on(cluster, bots=BOTS, rate=2.0) as swarm:
        swarm.start()
        swarm.begin()
        play_on(swarm)
        report = swarm.stop()

    assert_kept(cluster, report, codes=())
