"""Show that rooms of galaxies on two nodes are heard, and healed after a failover."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.integration.realtime.clients import Player
from tests.integration.realtime.instances import Instance
from tests.integration.redis_cluster.conftest import GALAXIES, Houses
from tests.support.redis_cluster import RedisCluster
from tests.support.servers import Servers
from tests.support.waiting import wait_for

BACK_S = 15.0

Players = dict[str, list[Player]]


@pytest.fixture(scope="module")
def instances(
    started: RedisCluster, servers: Servers, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Instance]]:
    """Give two instances with galaxies on the cluster."""
    folder, bus = tmp_path_factory.mktemp("instances"), servers.valkey.url
    both = [
        Instance(folder, started.url, REDIS_BUS_URL=bus, CELERY_BROKER_URL=bus)
        for _ in range(2)
    ]
    yield both
    for instance in both:
        instance.kill()
    for instance in both:
        assert "Traceback" not in instance.output()


@pytest.fixture
def players(instances: list[Instance], opened: Houses) -> Iterator[Players]:
    """Give a player of each galaxy on each instance."""
    found: Players = {}
    for galaxy in GALAXIES:
        name = f"ann{galaxy}"
        auth = {"token": name, "galaxy": int(galaxy)}
        found[galaxy] = [Player(name).connect(one, auth=auth) for one in instances]
    for player in (one for some in found.values() for one in some):
        player.welcome()
    yield found
    for player in (one for some in found.values() for one in some):
        player.client.disconnect()


def room(player: Player) -> str:
    return f"player:{player.name}"


def add(player: Player) -> Any:
    return player.add(f"player.{player.name}")


def seqs(player: Player) -> list[int]:
    return [event["seq"] for event in player.events(room(player))]


def until(holds: Callable[[], Any], what: str) -> Any:
    return wait_for(holds, what, BACK_S)


def test_every_galaxy_is_heard_on_every_instance(players: Players) -> None:
    for number, (here, there) in enumerate(players.values(), start=1):
        for _ in range(number):
            assert add(here)["ok"]
            assert add(there)["ok"]
    for number, both in enumerate(players.values(), start=1):
        for player in both:
            until(lambda p=player, n=number: len(seqs(p)) == 2 * n, "all events")
            begin = player.welcome()["rooms"][room(player)]
            assert seqs(player) == [begin + 1 + i for i in range(2 * number)]


def test_a_failover_is_healed_in_its_galaxy_and_not_seen_in_others(
    nodes: RedisCluster, players: Players
) -> None:
    (here, there), others = players["1"], players["2"]
    for player in (here, others[0]):
        assert add(player)["ok"]
    until(lambda: seqs(there) and seqs(others[1]), "events")
    last = seqs(there)[-1]
    old = nodes.home("1")
    old.kill()
    refused = add(here)
    assert refused["error"]["code"] == "unavailable"
    assert refused["error"]["retry_after_ms"] > 0
    assert all(add(player)["ok"] for player in others)
    until(lambda: add(here)["ok"], "an ack")
    until(lambda: "resync" in there.notices(), "a notice")
    healed = until(lambda: healing(there, last), "an answer")
    assert healed["seq"] > last
    assert add(here)["ok"]
    until(lambda: seqs(there)[-1] > healed["seq"], "the next event")
    assert seqs(there) == sorted(set(seqs(there)))
    for player in others:
        until(lambda p=player: len(seqs(p)) == 3, "all events")
        assert player.notices() == []


def healing(player: Player, last: int) -> Any:
    """Resume, as clients do; gives the snapshot once the galaxy is back."""
    answer = player.ask("resume", {"rooms": {room(player): last}})
    return answer["ok"] and answer["result"]["rooms"][room(player)]
