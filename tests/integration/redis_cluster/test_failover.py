"""Show what a failover is to play: a pause in its galaxy, and nothing in others."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from uuid import uuid4

import pytest
import redis

from app.engine import epoch
from tests.integration.redis_cluster.conftest import Houses
from tests.support.counters import Add
from tests.support.persistence import House
from tests.support.redis_cluster import Node, RedisCluster
from tests.support.waiting import wait_for

PAUSE_S_MAX = 15.0
"""Some times what it takes: a second to notice, one to vote, one to look."""

LOST_MAX = 50
"""Without waiting for a replica, what it had not yet got is lost: a moment's worth."""


class Play:
    """Add to a counter again and again, and hold what was answered."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.acked: list[float] = []
        self.codes: set[str] = set()
        self.is_over = False

    def run(self) -> None:
        while not self.is_over:
            answer = self._house.galaxy.dispatcher.dispatch(
                Add(id=f"p/{uuid4()}", player="p", counter="a", amount=1)
            )
            if answer.ok:
                self.acked.append(monotonic())
            else:
                self.codes.add(answer.code)

    @property
    def pause_s(self) -> float:
        """Tell the longest time in which nothing was acknowledged."""
        pairs = zip(self.acked, self.acked[1:], strict=False)
        return max(after - before for before, after in pairs)


@contextmanager
def playing(house: House) -> Iterator[Play]:
    """Play in a galaxy; what was begun is answered before this ends."""
    play = Play(house)
    thread = threading.Thread(target=play.run)
    thread.start()
    try:
        wait_for(lambda: len(play.acked) > 10, "a beginning")
        yield play
    finally:
        play.is_over = True
        thread.join()


def goes_on(play: Play) -> None:
    """Wait until commands are acknowledged again."""
    count = len(play.acked)
    wait_for(lambda: len(play.acked) > count + 10, "acks", PAUSE_S_MAX)


def die(nodes: RedisCluster, old: Node) -> None:
    old.kill()
    nodes.wait_until_failed_over("1", old)


def hang(nodes: RedisCluster, old: Node) -> None:
    with old.held():
        old.is_alive = False
        try:
            nodes.wait_until_failed_over("1", old)
        finally:
            old.is_alive = True


def hand_over(nodes: RedisCluster, old: Node) -> None:
    nodes.replica("1").ask("CLUSTER", "FAILOVER")
    nodes.wait_until_failed_over("1", old)


def looked_up(house: House) -> epoch.Epoch | None:
    """Read the epoch; who last heard of the dead node finds out, and asks again."""
    try:
        return house.found_epoch()
    except redis.RedisError:
        return None


@pytest.mark.parametrize("end", [die, hang, hand_over])
def test_a_galaxy_pauses_and_the_other_never_notices(
    nodes: RedisCluster, opened: Houses, end: Callable[[RedisCluster, Node], None]
) -> None:
    one, other = opened["1"], opened["2"]
    with playing(one) as here, playing(other) as there:
        end(nodes, nodes.home("1"))
        goes_on(here)
    assert here.codes <= {"unavailable"}
    assert here.pause_s < PAUSE_S_MAX
    assert there.codes == set()
    assert there.pause_s < 1.0
    for house, play in ((one, here), (other, there)):
        house.wait_until_drained()
        assert house.audit() == {}
        assert house.stored("a") == house.folded("a") >= len(play.acked) - LOST_MAX


def test_commands_wait_until_the_persister_has_looked(
    nodes: RedisCluster, opened: Houses
) -> None:
    house = opened["1"]
    house.add("a", 1)
    house.wait_until_drained()
    house.end_persisting()
    die(nodes, nodes.home("1"))

    def refusal() -> str:
        answer = house.galaxy.dispatcher.dispatch(
            Add(id=f"p/{uuid4()}", player="p", counter="a", amount=1)
        )
        return answer.code

    for _ in range(20):
        assert refusal() == "unavailable"
    before = wait_for(lambda: looked_up(house), "the new node's epoch")
    house.persist()
    wait_for(lambda: refusal() == "ok", "an open galaxy", PAUSE_S_MAX)
    after = house.found_epoch()
    assert (before.life, before.node) != (after.life, after.node)
    assert before.life == after.life
    assert before.floor < after.floor
    assert after.node == nodes.home("1").id
    assert epoch.read(str(after)) == after


def test_goes_home_when_the_old_master_takes_over_again(
    nodes: RedisCluster, opened: Houses
) -> None:
    house = opened["1"]
    old = nodes.home("1")
    with playing(house) as play:
        die(nodes, old)
        goes_on(play)
        old.start()
        nodes.wait_until_whole()
        old.ask("CLUSTER", "FAILOVER")
        wait_for(lambda: nodes.home("1") is old, "the old master", PAUSE_S_MAX)
        goes_on(play)
    house.wait_until_drained()
    assert house.audit() == {}
