"""Two devices of one player on two instances hear the same, in the same order (L6)."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.support.cluster import Cluster
from tests.support.guest import Guest, on_another_instance

COMMANDS = 24


def numbered(guest: Guest) -> list[dict[str, Any]]:
    """Give the batches of the own room, checked to join without a gap."""
    batches = [batch for batch in guest.heard if batch["room"] == guest.room]
    last = guest.welcome["rooms"][guest.room]
    for batch in batches:
        seqs = [event["seq"] for event in batch["events"]]
        assert batch["from"] == last
        assert seqs == list(range(batch["from"] + 1, batch["to"] + 1))
        last = batch["to"]
    return batches


def test_two_instances_tell_the_same_story(cluster: Cluster) -> None:
    first = Guest(cluster.url).connect()
    second = on_another_instance(first)

    def act(i: int) -> bool:
        device = (first, second)[i % 2]
        name = f"Home {i}"
        return device.do("colonies.rename", colony=first.colony, name=name) is not None

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(act, range(COMMANDS)))

    for device in (first, second):
        device.wait_until(lambda d=device: len(d.events(d.room)) >= COMMANDS)
    assert first.events(first.room) == second.events(second.room)
    assert numbered(first)
    assert numbered(second)
    first.leave()
    second.leave()


def test_a_device_that_was_away_hears_what_it_missed(cluster: Cluster) -> None:
    first = Guest(cluster.url).connect()
    last = first.welcome["rooms"][first.room]
    for i in range(5):
        first.do("colonies.rename", colony=first.colony, name=f"Home {i}")
    first.wait_until(lambda: len(first.events(first.room)) == 5)

    back = first.again().connect()
    resumed = back.do("resume", rooms={first.room: last})

    assert resumed["rooms"][first.room]["events"] == first.events(first.room)
    first.leave()
    back.leave()


def test_a_number_out_of_reach_is_healed_by_a_snapshot(cluster: Cluster) -> None:
    guest = Guest(cluster.url).connect()

    healed = guest.do("resume", rooms={guest.room: 7})["rooms"][guest.room]

    assert healed["seq"] == guest.welcome["rooms"][guest.room]
    assert list(healed["snapshot"]["colonies"]) == [guest.colony]
    guest.leave()


def test_a_room_of_somebody_else_stays_closed(cluster: Cluster) -> None:
    mine, theirs = Guest(cluster.url).connect(), Guest(cluster.url)

    answer = mine.do("resume", rooms={theirs.room: 1})["rooms"][theirs.room]

    assert answer["error"]["code"] == "not_found"
    mine.leave()
