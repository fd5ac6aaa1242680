"""Give galaxies 1 and 2 of counters on two nodes of a Redis Cluster, persisted."""

import os
from collections.abc import Iterator
from unittest import mock

import pytest

from app.engine import postgres
from app.engine.keys import Keys
from app.engine.persister import Servers
from app.engine.redis import connect
from deploy import migrate
from tests.support import servers as local
from tests.support.persistence import House, empty
from tests.support.redis_cluster import RedisCluster

GALAXIES = ("1", "2")

Houses = dict[str, House]


@pytest.fixture(scope="package")
def started() -> Iterator[RedisCluster]:
    nodes = RedisCluster()
    nodes.start()
    yield nodes
    nodes.stop()


@pytest.fixture
def nodes(started: RedisCluster) -> RedisCluster:
    """Give a cluster that is whole and empty."""
    started.mend()
    return started


@pytest.fixture(scope="module")
def migrated_url(database_url: str) -> str:
    with mock.patch.dict(os.environ, {"DATABASE_URL": database_url}):
        migrate.main()
    return database_url


@pytest.fixture
def replicas_min() -> int:
    """Say how many replicas must have a commit; tests may say otherwise."""
    return 0


@pytest.fixture
def houses(
    nodes: RedisCluster, servers: local.Servers, migrated_url: str, replicas_min: int
) -> Iterator[Houses]:
    """Give the galaxies by name, with nothing in them yet and no persister."""
    engine = postgres.connect(migrated_url)
    empty(engine)
    where = Servers(nodes.url, servers.valkey.url, migrated_url)
    opened = {
        name: House(
            where,
            engine,
            connect(nodes.url, tag=Keys(name).tag),
            name,
            replicas_min=replicas_min,
        )
        for name in GALAXIES
    }
    yield opened
    for house in opened.values():
        house.close()
        house.client.close()
        house.galaxy.store.lines.close()


@pytest.fixture
def opened(houses: Houses) -> Houses:
    """Give the galaxies, taking commands."""
    for house in houses.values():
        house.open()
    return houses
