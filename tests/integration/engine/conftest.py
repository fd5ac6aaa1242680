"""Give engine tests a galaxy of counters on a real Redis."""

from collections.abc import Iterator

import pytest
import redis

from tests.support.counters import CounterGalaxy


@pytest.fixture
def galaxy(redis_url: str) -> Iterator[CounterGalaxy]:
    with redis.Redis.from_url(redis_url) as client:
        opened = CounterGalaxy.open(redis_url, client)
        yield opened
        opened.close()
