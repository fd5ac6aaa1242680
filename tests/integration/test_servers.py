"""The servers of tests and of the local run do what the cluster relies on."""

from contextlib import closing

import pytest
import redis
from sqlalchemy import create_engine, text

from deploy.local import valkey
from deploy.local.ports import free_ports
from tests.support.servers import Running


def test_every_test_starts_with_an_empty_redis(redis_url):
    with redis.Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0
        client.set("left", "behind")


def test_the_next_test_too_starts_with_an_empty_redis(redis_url):
    with redis.Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0


def test_a_database_takes_text_of_every_language(database_url):
    engine = create_engine(database_url)
    with engine.connect() as connection:
        word = connection.execute(text("SELECT lower('ÄÖ星')")).scalar_one()
        assert word.endswith("星")
    engine.dispose()


def test_a_killed_valkey_keeps_what_it_acknowledged(tmp_path):
    running = Running(valkey.server(tmp_path / "valkey", free_ports(1)[0]))
    running.start()
    try:
        with closing(redis.Redis.from_url(running.url)) as client:
            for number in range(100):
                client.set(f"kept:{number}", number)
        running.kill()
        running.start()
        with closing(redis.Redis.from_url(running.url)) as client:
            assert client.dbsize() == 100
    finally:
        running.stop()


def test_valkey_refuses_whoever_does_not_know_the_password(redis_url):
    stranger = redis_url.split("@")[1]
    with redis.Redis.from_url(f"redis://{stranger}") as client:
        with pytest.raises(redis.AuthenticationError):
            client.ping()
