"""Give tests real servers and clusters: one for all that leave it as it was."""

import subprocess
import sys
from collections.abc import Iterator
from uuid import uuid4

import pytest
import redis

from deploy.local.folders import ROOT
from tests.support.cluster import Cluster
from tests.support.servers import Servers

BUILD_S = 600


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


@pytest.fixture(scope="session")
def built() -> None:
    """Build the client, where anything of it changed."""
    command = [sys.executable, "-m", "deploy.local.client", "build"]
    subprocess.run(command, cwd=ROOT, check=True, timeout=BUILD_S)


@pytest.fixture(scope="session")
def cluster(built: None) -> Iterator[Cluster]:
    """Run a whole cluster of two instances behind nginx for this test process.

    Whoever plays on it has accounts of one's own, and whoever ends a part waits until
    it is back. A module that wants other settings has a `cluster` of its own.
    """
    with Cluster() as whole:
        yield whole
