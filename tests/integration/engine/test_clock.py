"""A clock hands over what is due, whatever else it comes upon."""

import threading
from collections.abc import Callable, Iterator

import pytest
import redis
from msgspec import msgpack

from app.core.message import Ref
from app.engine import timers
from app.engine.keys import Keys
from app.engine.timers import Timed
from tests.support.waiting import wait_for

KEYS = Keys("1")
QUEUE = "settle"
JOIN_S = 10.0

Put = Callable[[str, bytes], None]


def packed(name: str, version: int, **body: object) -> bytes:
    return b"\x00" + msgpack.encode((name, version, body))


SYNC = packed("SyncStock", 1, id="sync", player="p", colony="c")
NEWER = packed("SyncStock", 9, id="newer", player="p", colonies=["c"])
UNREADABLE = b"\x01 not what was packed"


@pytest.fixture
def client(redis_url: str) -> Iterator[redis.Redis]:
    """Give a Redis in which a galaxy is open."""
    with redis.Redis.from_url(redis_url) as client:
        client.set(KEYS.epoch, "first")
        yield client


@pytest.fixture
def put(client: redis.Redis) -> Put:
    """Give what adds a timer that is due."""

    def add(name: str, command: bytes) -> None:
        timed = Timed(1_000, (Ref("colony", "c"),), command)
        client.hset(KEYS.commands, name, timers.pack(KEYS, timed))
        client.zadd(KEYS.timers, {name: timed.at_ms})

    return add


@pytest.fixture
def start(
    monkeypatch: pytest.MonkeyPatch, redis_url: str
) -> Iterator[Callable[[], None]]:
    """Give what starts a clock; workers read the environment when they are imported."""
    settings = {"DATABASE_URL": "postgresql:///nowhere", "PLANETS": "500"}
    for name, value in (settings | {"REDIS_STATE_URL": redis_url}).items():
        monkeypatch.setenv(name, value)
    from app.config import load  # noqa: PLC0415
    from workers.clock import Clock  # noqa: PLC0415

    clock = Clock(load())
    thread = threading.Thread(target=clock.run)
    yield thread.start
    clock.stop()
    thread.join(JOIN_S)
    assert not thread.is_alive()


def handed_over(client: redis.Redis) -> int:
    return client.llen(QUEUE)


def test_hands_over_a_timer_of_a_newer_layout(
    client: redis.Redis, put: Put, start: Callable[[], None]
) -> None:
    put("newer", NEWER)
    put("sync", SYNC)
    start()
    wait_for(lambda: handed_over(client) == 1, "a batch of both")
    put("another", SYNC)
    wait_for(lambda: handed_over(client) == 2, "a batch of the next")


def test_goes_on_after_a_round_that_failed(
    client: redis.Redis, put: Put, start: Callable[[], None]
) -> None:
    put("unreadable", UNREADABLE)
    start()
    wait_for(lambda: client.zscore(KEYS.timers, "unreadable") > 1_000, "a claim")
    put("sync", SYNC)
    wait_for(lambda: handed_over(client) == 1, "the batch of the next round")
