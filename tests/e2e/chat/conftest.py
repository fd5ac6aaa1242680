"""Give tests of talk a cluster in which one may say much in a minute."""

from collections.abc import Iterator

import pytest

from tests.support.cluster import Cluster


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Run a whole cluster of two instances."""
    with Cluster(env={"RATE_LIMITS_FACTOR": "20"}) as whole:
        yield whole
