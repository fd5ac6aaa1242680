"""The clock tells how the servers are, and a dead or hung one fails no scrape."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from time import monotonic

import pytest
import redis
from prometheus_client import CollectorRegistry, generate_latest

from app.config import Settings, load
from app.engine.keys import Keys
from app.engine.tail import Tail
from tests.support.servers import Servers
from workers.vitals import WAIT_S, Vitals

SLACK_S = 1.0
"""What a busy machine may add."""


@pytest.fixture
def settings(
    monkeypatch: pytest.MonkeyPatch, database_url: str, redis_url: str
) -> Settings:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("REDIS_STATE_URL", redis_url)
    return load()


@pytest.fixture
def stopped(servers: Servers, settings: Settings) -> Iterator[Settings]:
    """Stop Valkey as a hung machine would be, and let it go on afterwards."""
    os.kill(servers.valkey.pid, signal.SIGSTOP)
    yield settings
    os.kill(servers.valkey.pid, signal.SIGCONT)


def told(settings: Settings) -> dict[tuple[str, str], float]:
    return {
        (one.name, next(iter(one.labels.values()))): one.value
        for family in Vitals(settings).collect()
        for one in family.samples
    }


def test_tells_of_every_server(settings: Settings, redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        client.xadd(Keys("1").journal, {"e": b""})
        client.rpush("settle", "a task", "another")

    found = told(settings)

    for server in ("state", "bus", "broker", "postgres", "postgres-read"):
        assert found["gd_server_up", server] == 1
    for server in ("state", "bus", "broker"):
        memory = found["gd_redis_memory_bytes", server]
        assert 0 < memory < found["gd_redis_memory_limit_bytes", server]
        assert found["gd_redis_commands_total", server] > 0
        assert found["gd_redis_writes_ok", server] == 1
    assert found["gd_queue_depth", "settle"] == 2
    assert found["gd_queue_depth", "combat"] == 0
    assert found["gd_journal_entries", "1"] == 1
    assert found["gd_journal_entries_max", "1"] == settings.journal_max
    used = found["gd_postgres_connections", "postgres"]
    assert 1 <= used < found["gd_postgres_connections_max", "postgres"]
    assert found["gd_replica_lag_seconds", "postgres-read"] == 0


def test_tells_how_long_the_oldest_commit_waits(
    settings: Settings, redis_url: str
) -> None:
    assert told(settings)["gd_journal_age_seconds", "1"] == 0
    with redis.Redis.from_url(redis_url) as client:
        began_ms = Tail(client, Keys("1")).now_ms() - 90_000
        client.xadd(Keys("1").journal, {"e": b""}, id=f"{began_ms}-7")
        client.xadd(Keys("1").journal, {"e": b""})

    assert 90 <= told(settings)["gd_journal_age_seconds", "1"] < 90 + WAIT_S + SLACK_S


def test_names_what_it_tells_without_asking_anybody() -> None:
    nowhere = load_nowhere()
    registry = CollectorRegistry(auto_describe=True)

    registry.register(Vitals(nowhere))

    assert b"gd_server_up" in generate_latest(registry)


def load_nowhere() -> Settings:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
        patch.setenv("REDIS_STATE_URL", "redis://127.0.0.1:1/0")
        return load()


def test_a_server_that_is_gone_is_told_as_down(settings: Settings) -> None:
    nowhere = load_nowhere()
    half = replace(settings, redis_state_url=nowhere.redis_state_url)

    found = told(half)

    assert found["gd_server_up", "state"] == 0
    assert ("gd_redis_memory_bytes", "state") not in found
    assert found["gd_server_up", "postgres"] == 1
    other = told(replace(settings, database_url=nowhere.database_url))
    assert other["gd_server_up", "postgres"] == 0


def test_a_server_that_hangs_holds_no_scrape_up(stopped: Settings) -> None:
    started_s = monotonic()

    found = told(stopped)

    assert monotonic() - started_s < WAIT_S + SLACK_S
    assert found["gd_server_up", "state"] == 0
    assert found["gd_server_up", "postgres"] == 1
