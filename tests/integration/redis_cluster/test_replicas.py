"""Show that what waited for a replica outlives its master."""

import threading
from uuid import uuid4

import pytest

from tests.integration.redis_cluster.conftest import Houses
from tests.support.counters import Add, Look
from tests.support.persistence import House
from tests.support.redis_cluster import RedisCluster
from tests.support.waiting import wait_for

PLAYERS = 8
OPEN_S = 15.0


@pytest.fixture
def replicas_min() -> int:
    return 1


def add(house: House, name: str, command_id: str) -> str:
    command = Add(id=command_id, player="p", counter=name, amount=1)
    return house.galaxy.dispatcher.dispatch(command).code


def test_refuses_what_no_replica_has_and_repeats_it_once_one_does(
    nodes: RedisCluster, opened: Houses
) -> None:
    house = opened["1"]
    assert add(house, "a", "p/1") == "ok"
    replica = nodes.cut_off("1")
    assert add(house, "a", "p/2") == "unavailable"
    assert add(house, "a", "p/2") == "unavailable"  # done, and not yet safe
    nodes.join_again(replica)
    assert add(house, "a", "p/2") == "ok"
    assert house.galaxy.value("a") == 2


def test_tells_no_reply_that_no_replica_has_where_nothing_changed(
    nodes: RedisCluster, opened: Houses
) -> None:
    dispatcher = opened["1"].galaxy.dispatcher
    refused = Add(id="p/1", player="p", counter="a", amount=-1)
    looked = Look(id="p/2", player="p", counter="a")
    replica = nodes.cut_off("1")
    for command in (refused, looked):
        assert dispatcher.dispatch(command).code == "unavailable"
    nodes.join_again(replica)
    assert dispatcher.dispatch(refused).code == "not_enough"
    assert dispatcher.dispatch(looked).code == "ok"


def test_nothing_that_was_acknowledged_is_lost_in_a_failover(
    nodes: RedisCluster, opened: Houses
) -> None:
    house = opened["1"]
    house.end_persisting()  # so that nothing comes back from Postgres
    acked: list[list[str]] = [[] for _ in range(PLAYERS)]
    is_over = threading.Event()

    def play(number: int) -> None:
        while not is_over.is_set():
            command_id = f"p/{uuid4()}"
            if add(house, f"c{number}", command_id) == "ok":
                acked[number].append(command_id)

    threads = [threading.Thread(target=play, args=(i,)) for i in range(PLAYERS)]
    for thread in threads:
        thread.start()
    try:
        wait_for(lambda: all(len(one) > 20 for one in acked), "acks", OPEN_S)
        old = nodes.home("1")
        old.kill()
    finally:
        is_over.set()
        for thread in threads:
            thread.join()
    nodes.wait_until_failed_over("1", old)
    old.start()
    nodes.wait_until_whole()
    house.persist()
    wait_for(lambda: add(house, "other", "p/open") == "ok", "acks", OPEN_S)
    house.wait_until_drained()
    done = set(house.command_ids())
    assert done.issuperset(one for some in acked for one in some)
    assert house.audit() == {}
