"""Every pool of Postgres connections is counted and traced, a replica's, too."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa
from prometheus_client import REGISTRY

from app.cluster import Cluster
from app.config import Settings
from app.engine.traced.provider import span
from tests.support.spans import Spans


@pytest.fixture
def cluster(settings: Settings, spans: Spans, database_url: str) -> Iterator[Cluster]:
    """Give a traced cluster that reads from another address than it writes to."""
    read_url = f"{database_url}&application_name=replica"
    opened = Cluster(
        replace(settings, database_url=database_url, database_read_url=read_url)
    )
    yield opened
    opened.close()


def in_use() -> float | None:
    return REGISTRY.get_sample_value("gd_pool_in_use", {"pool": "postgres-read"})


def test_the_pool_of_a_replica_is_counted_and_traced(
    cluster: Cluster, spans: Spans
) -> None:
    with span("outer"), cluster.postgres_read.connect() as connection:
        connection.execute(sa.text("SELECT 1"))
        assert in_use() == 1
    assert in_use() == 0
    assert "postgres SELECT" in spans.below(spans.one("outer"))
