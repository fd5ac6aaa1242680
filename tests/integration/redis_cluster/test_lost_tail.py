"""Show what becomes of commands that a replica had not got when it took over."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import orjson
import pytest
import redis
from redis.client import PubSub

from app.engine.keys import BUS_ALL
from tests.integration.redis_cluster.conftest import Houses
from tests.support.counters import Add
from tests.support.persistence import House
from tests.support.redis_cluster import RedisCluster
from tests.support.servers import Servers
from tests.support.waiting import wait_for

ROOM = "counter:a"
OPEN_S = 15.0


@pytest.fixture
def house(opened: Houses) -> House:
    """Give galaxy 1 with something in it that nobody can lose."""
    house = opened["1"]
    for _ in range(3):
        house.add("a", 1)
    house.wait_until_drained()
    return house


@pytest.fixture
def bus(servers: Servers) -> Iterator[PubSub]:
    """Hear what instances are told."""
    with redis.Redis.from_url(servers.valkey.url) as client:
        with closing(client.pubsub(ignore_subscribe_messages=True)) as listener:
            listener.ssubscribe(BUS_ALL)
            listener.get_message(timeout=1)
            yield listener


def told(bus: PubSub) -> Any:
    message = wait_for(lambda: bus.get_message(timeout=1), "a message", OPEN_S)
    return orjson.loads(message["data"])


def fail_over(nodes: RedisCluster, house: House) -> None:
    """Let the master die while its replica is cut off, and the replica take over."""
    old = nodes.home("1")
    old.kill()
    nodes.wait_until_failed_over("1", old)


def until_open(house: House) -> None:
    look = Add(id="p/open", player="p", counter="other", amount=1)
    wait_for(lambda: house.galaxy.dispatcher.dispatch(look).ok, "acks", OPEN_S)


def seq(house: House) -> int:
    return house.galaxy.reads.seqs([ROOM])[ROOM]


def test_what_postgres_has_comes_back_from_there(
    nodes: RedisCluster, house: House, bus: PubSub
) -> None:
    nodes.cut_off("1")
    command = Add(id="p/tail", player="p", counter="a", amount=7)
    first = house.do(command)
    house.wait_until_drained()
    heard = seq(house)
    before = house.found_epoch()
    fail_over(nodes, house)
    until_open(house)
    assert house.galaxy.value("a") == 0  # cold until it is asked for
    assert house.do(command) == first
    house.add("a", 1)
    assert house.galaxy.value("a") == 11
    assert house.found_epoch().life != before.life
    assert seq(house) > heard
    assert told(bus) == {"method": "resync", "host_id": "", "galaxy": "1"}
    house.wait_until_drained()
    assert house.audit() == {}


def test_what_nobody_has_is_gone_and_no_number_comes_twice(
    nodes: RedisCluster, house: House, bus: PubSub
) -> None:
    house.end_persisting()
    house.add("a", 1)
    nodes.wait_until_in_step("1")
    kept = seq(house)
    nodes.cut_off("1")
    command = Add(id="p/lost", player="p", counter="a", amount=7)
    house.do(command)
    heard = seq(house)
    assert heard == kept + 1
    fail_over(nodes, house)
    house.persist()
    until_open(house)
    assert told(bus) == {"method": "resync", "host_id": "", "galaxy": "1"}
    assert house.galaxy.value("a") == 4
    assert seq(house) > heard
    assert house.galaxy.reads.history(ROOM, heard) is None
    begun = seq(house)
    assert house.galaxy.reads.history(ROOM, begun) == []
    house.do(command)  # its id is as gone as its effect
    assert house.galaxy.value("a") == 11
    assert seq(house) == begun + 1 > heard
    assert house.galaxy.reads.history(ROOM, kept) is None
    assert len(house.galaxy.reads.history(ROOM, begun) or ()) == 1
    house.wait_until_drained()
    assert house.audit() == {}
