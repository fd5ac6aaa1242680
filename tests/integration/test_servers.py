"""The servers of tests and of the local run do what the cluster relies on."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from time import monotonic

import pytest
import redis
from sqlalchemy import create_engine, text

from deploy.local import valkey
from deploy.local.ports import free_ports
from tests.support.servers import Running

ENTRY = "x" * 300
ENTRIES_MAX = 1_000_000
WATCHED_S = 2.5
CUT_S = 10.0


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
        with ThreadPoolExecutor(1) as beside:
            written = beside.submit(write_until_cut, running.url)
            wait_until_unwritten(running.url)
            running.kill()
            acknowledged = written.result(CUT_S)
        running.start()
        with closing(redis.Redis.from_url(running.url)) as client:
            assert client.xlen("kept") >= acknowledged > 0
    finally:
        running.stop()


def write_until_cut(url: str) -> int:
    """Write one entry after the other; count those that were acknowledged."""
    acknowledged = 0
    with closing(redis.Redis.from_url(url)) as client, suppress(redis.RedisError):
        while acknowledged < ENTRIES_MAX:
            client.xadd("kept", {"of": ENTRY})
            acknowledged += 1
    return acknowledged


def wait_until_unwritten(url: str) -> None:
    """Wait for the worst moment: the disk is busy, so that writes are put off.

    A server that puts none off is watched for as long as its disk would be asked twice.
    """
    deadline = monotonic() + WATCHED_S
    with closing(redis.Redis.from_url(url)) as client:
        while monotonic() < deadline:
            now = client.info("persistence")
            if now["aof_pending_bio_fsync"] and now["aof_buffer_length"]:
                return


def test_valkey_refuses_whoever_does_not_know_the_password(redis_url):
    stranger = redis_url.split("@")[1]
    with redis.Redis.from_url(f"redis://{stranger}") as client:
        with pytest.raises(redis.AuthenticationError):
            client.ping()
