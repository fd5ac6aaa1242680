"""Show that galaxies work on nodes of a Redis Cluster as on servers of their own."""

from functools import partial

from app.engine.eviction import Eviction
from app.engine.keys import Keys
from tests.integration.redis_cluster.conftest import Houses
from tests.support.counters import Delay, Put, counter
from tests.support.persistence import House
from tests.support.redis_cluster import RedisCluster
from tests.support.waiting import wait_for

IDLE_S = 900


def delay(name: str, delay_ms: int) -> Delay:
    return Delay(
        id=f"p/{name}",
        player="p",
        counter="a",
        to="b",
        amount=5,
        delay_ms=delay_ms,
        name=name,
    )


def play(house: House) -> None:
    """Do a bit of everything."""
    for _ in range(20):
        house.add("a", 1)
    house.do(Put(id="p/put", player="p", counter="a", place="3:4"))
    house.do(delay("soon", 1))
    house.do(delay("later", 60_000))


def claim(house: House) -> list[str]:
    """Name the timers that are due now and claim them."""
    return list(house.galaxy.store.claim(batch_max=10, lease_ms=5_000))


def neglect(house: House, name: str) -> None:
    """Make a counter look as if nobody had read it for a while."""
    key = house.galaxy.keys.aggregate(counter(name))
    value = house.client.dump(key)
    house.client.restore(key, 0, value, replace=True, idletime=IDLE_S + 1)


def test_each_galaxy_lives_on_a_node_of_its_own(
    nodes: RedisCluster, opened: Houses
) -> None:
    for house in opened.values():
        play(house)
    homes = {name: nodes.home(name) for name in opened}
    assert homes["1"] is not homes["2"]
    for name, node in homes.items():
        keys = node.ask("KEYS", "*")
        assert keys
        assert all(key.startswith(Keys(name).tag.encode()) for key in keys)


def test_commands_and_timers_reach_postgres_and_all_laws_hold(opened: Houses) -> None:
    for name, house in opened.items():
        play(house)
        assert wait_for(partial(claim, house), "a timer is due") == ["soon"]
        assert house.galaxy.dispatcher.settle("soon")
        house.wait_until_drained()
        assert house.audit() == {}, name
        assert (house.folded("a"), house.folded("b")) == (20, 5)


def test_an_idle_aggregate_leaves_its_node_and_comes_back(opened: Houses) -> None:
    house = opened["2"]
    house.add("idle", 5)
    house.wait_until_drained()
    neglect(house, "idle")
    eviction = Eviction(house.client, house.galaxy.keys, house.engine, "2")
    assert eviction.run(idle_s=IDLE_S, budget_s=5.0) == 1
    assert house.galaxy.value("idle") == 0
    house.add("idle", 2)
    assert house.galaxy.value("idle") == 7


def test_a_node_that_lost_all_is_rebuilt_and_the_other_not_touched(
    nodes: RedisCluster, opened: Houses
) -> None:
    for house in opened.values():
        play(house)
        house.wait_until_drained()
    one, other = opened["1"], opened["2"]
    epoch = other.client.get(other.galaxy.keys.epoch)
    nodes.home("1").ask("FLUSHALL")
    one.wait_until_open()
    one.add("a", 1)
    assert one.galaxy.value("a") == 21
    assert one.client.zcard(one.galaxy.keys.timers) == 2
    one.wait_until_drained()
    assert one.audit() == other.audit() == {}
    assert other.client.get(other.galaxy.keys.epoch) == epoch
