"""Give tracing tests a traced galaxy of counters, and what it traced."""

from collections.abc import Iterator

import pytest
import redis

from app.config import Settings, load
from app.engine.redis import connect
from app.engine.traced.dispatch import Dispatcher
from app.engine.traced.store import Store
from tests.support.counters import GAME, CounterGalaxy, NothingCold
from tests.support.spans import Spans, traced


@pytest.fixture
def settings(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Settings:
    """Give settings that trace all; a test's parameter says another share."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    monkeypatch.setenv("REDIS_STATE_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
    monkeypatch.setenv("OTEL_TRACES_SAMPLER_ARG", getattr(request, "param", "1"))
    return load()


@pytest.fixture
def spans(settings: Settings) -> Iterator[Spans]:
    """Collect what is traced."""
    with traced(settings) as collected:
        yield collected


@pytest.fixture
def galaxy(redis_url: str, spans: Spans) -> Iterator[CounterGalaxy]:
    """Give a galaxy whose instance traces."""
    with redis.Redis.from_url(redis_url) as client:
        opened = CounterGalaxy.open(redis_url, client)
        trace(opened)
        yield opened
        opened.close()


def trace(galaxy: CounterGalaxy) -> None:
    """Give a galaxy traced parts."""
    galaxy.store = Store(connect(galaxy.url), galaxy.keys)
    galaxy.dispatcher = Dispatcher(GAME, galaxy.store, galaxy.codec, NothingCold())
