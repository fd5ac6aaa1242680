"""A traced commit shows when it reached Postgres, and no law knows of it."""

import os
from collections.abc import Iterator
from unittest import mock

import pytest
import redis
import sqlalchemy as sa

from app.engine import postgres
from app.engine.persister import Servers
from app.engine.traced import postgres as traced_postgres
from app.engine.traced.persister import Persister
from app.engine.traced.provider import span
from deploy import migrate
from tests.integration.tracing.conftest import trace
from tests.support.persistence import House, catch_up
from tests.support.spans import Spans, trace_of


@pytest.fixture
def house(redis_url: str, database_url: str, spans: Spans) -> Iterator[House]:
    """Give a traced galaxy with a Postgres."""
    with mock.patch.dict(os.environ, {"DATABASE_URL": database_url}):
        migrate.main()
    engine = postgres.connect(database_url)
    with redis.Redis.from_url(redis_url) as client:
        servers = Servers(redis_url, redis_url, database_url)
        opened = House(servers, engine, client)
        yield opened
        opened.close()


def test_a_commit_shows_when_it_was_persisted(house: House, spans: Spans) -> None:
    persister = Persister(house.servers, "1", house.galaxy.codec)
    catch_up(persister)
    house.add("a", 5)
    trace(house.galaxy)
    house.add("a", 2)

    catch_up(persister)
    persister.close()

    commit, persisted = spans.one("redis commit"), spans.one("persist")
    batch = spans.one("persist batch")
    assert persisted.parent.span_id == commit.context.span_id
    assert trace_of(persisted) == trace_of(spans.one("command Add"))
    assert [link.context.span_id for link in persisted.links] == [batch.context.span_id]
    assert [link.context.span_id for link in batch.links] == [commit.context.span_id]
    assert batch.attributes["db.operation.batch.size"] == 2
    assert "postgres INSERT" in {one.name for one in spans.all}
    assert house.stored("a") == house.folded("a") == 7


def test_statements_are_spans_of_what_is_traced_only(
    database_url: str, spans: Spans
) -> None:
    engine = postgres.connect(database_url)
    traced_postgres.watch(engine)

    with engine.connect() as connection:
        connection.execute(sa.text("SELECT 'before'"))
        with span("request"):
            connection.execute(sa.text("SELECT 'secret'"))
            with pytest.raises(sa.exc.ProgrammingError):
                connection.execute(sa.text("SELECT secret FROM nowhere"))
    engine.dispose()

    assert spans.below(spans.one("request")) == ["postgres SELECT"] * 2
    assert spans.all[1].attributes["error.type"] == "UndefinedTable"
    assert "secret" not in spans.told()
