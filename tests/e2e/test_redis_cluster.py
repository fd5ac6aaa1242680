"""The whole game on a Redis Cluster: two galaxies on two nodes, one of which dies."""

from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest

from app.config import load
from tests.support.cluster import Cluster, wait_until
from tests.support.guest import Guest
from tests.support.redis_cluster import RedisCluster
from tests.support.servers import Servers
from workers.verify import verify

pytestmark = pytest.mark.alone

BACK_S = 20.0


@pytest.fixture(scope="module")
def nodes() -> Iterator[RedisCluster]:
    """Give a Redis Cluster."""
    started = RedisCluster()
    started.start()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def galaxies(nodes: RedisCluster, servers: Servers) -> Iterator[Cluster]:
    """Run galaxies 1 and 2 on it; bus and broker have a server of their own."""
    own = servers.valkey.url
    env = {
        "GALAXIES": "1,2",
        "RATE_LIMITS_FACTOR": "20",
        "REDIS_STATE_URL": nodes.url,
        "REDIS_BUS_URL": own,
        "CELERY_BROKER_URL": own.removesuffix("0") + "1",
    }
    with Cluster(web=1, env=env) as whole:
        yield whole


def rename(guest: Guest) -> dict[str, Any]:
    return guest.call("colonies.rename", colony=guest.colony, name="Elsewhere")


def codes(guest: Guest) -> set[str]:
    return {one["code"] for one in guest.notices}


def built(guest: Guest) -> list[str]:
    done = "colonies.building_completed"
    return [one["building"] for one in guest.events(guest.room) if one["type"] == done]


def test_plays_on_while_the_node_of_one_galaxy_dies(
    nodes: RedisCluster, galaxies: Cluster
) -> None:
    here = Guest(galaxies.url).connect()
    there = here.abroad("2").connect()
    assert (here.welcome["galaxy"], there.welcome["galaxy"]) == ("1", "2")
    assert [one["galaxy"] for one in here.get("/me")["empires"]] == ["1", "2"]
    for guest in (here, there):
        guest.do("colonies.build", colony=guest.colony, building="power_plant")
    nodes.wait_until_in_step("1")

    old = nodes.home("1")
    old.kill()
    refused = rename(here)
    assert refused["error"]["code"] == "unavailable"
    assert refused["error"]["retry_after_ms"] > 0
    assert rename(there)["ok"]
    wait_until(lambda: rename(here)["ok"], BACK_S)
    assert nodes.home("1") is not old
    here.wait_until(lambda: codes(here) == {"resync"})
    for guest in (here, there):
        guest.wait_until(lambda guest=guest: built(guest) == ["power_plant"])
        guest.leave()
    assert codes(there) == set()
    with mock.patch.dict("os.environ", galaxies.env):
        assert verify(load())
