"""Give tests real servers: `servers`, `redis_url`, `database_url` and `cluster`."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
import redis

from tests.support.cluster import Cluster
from tests.support.servers import Servers


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """Run a Postgres and a Valkey for this test process."""
    both = Servers()
    both.start()
    yield both
    both.stop()


@pytest.fixture
def redis_url(servers: Servers) -> str:
    """Give an empty Valkey."""
    with redis.Redis.from_url(servers.valkey.url) as client:
        client.flushall()
        client.script_flush()
    return servers.valkey.url


@pytest.fixture(scope="module")
def database_url(servers: Servers) -> Iterator[str]:
    """Give this module an empty database."""
    name = f"test_{uuid4().hex[:12]}"
    yield servers.create_database(name)
    servers.drop_database(name)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Run a whole cluster of two instances behind nginx for this module."""
    with Cluster() as whole:
        yield whole
