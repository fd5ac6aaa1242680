"""Give persistence tests a galaxy of counters with a real Redis and Postgres."""

import os
from collections.abc import Iterator
from unittest import mock

import pytest
import redis
from sqlalchemy import text

from app.config import load
from app.engine import postgres
from app.engine.persister import Servers
from deploy import migrate
from tests.support.empires import Empires
from tests.support.persistence import House, empty
from workers import process


@pytest.fixture(scope="module")
def migrated_url(database_url: str) -> str:
    """Give this module a database with all tables."""
    with mock.patch.dict(os.environ, {"DATABASE_URL": database_url}):
        migrate.main()
    return database_url


@pytest.fixture
def house(redis_url: str, migrated_url: str) -> Iterator[House]:
    """Give a galaxy with nothing in it yet, in Redis and Postgres."""
    engine = postgres.connect(migrated_url)
    empty(engine)
    with redis.Redis.from_url(redis_url) as client:
        servers = Servers(redis_url, redis_url, migrated_url)
        opened = House(servers, engine, client)
        yield opened
        opened.close()


@pytest.fixture
def empires(redis_url: str, migrated_url: str) -> Iterator[Empires]:
    """Give the real game with nobody in it yet, and the workers' process."""
    urls = {"DATABASE_URL": migrated_url, "REDIS_STATE_URL": redis_url}
    with mock.patch.dict(os.environ, urls | {"PLANETS": "500"}):
        cluster = process.open_cluster(load())
    names = ", ".join(table.name for table in postgres.metadata.sorted_tables)
    with cluster.postgres.begin() as connection:
        connection.execute(text(f"TRUNCATE {names}"))
    opened = Empires(cluster)
    yield opened
    opened.close()
    process.close_cluster()
