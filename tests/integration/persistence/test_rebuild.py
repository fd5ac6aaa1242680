"""Show that hot state comes back from Postgres, and is never destroyed by mistake."""

import pytest

from app.core.message import Ref
from app.engine.checkpoint import Checkpoint
from app.engine.keys import BUS_ALL
from app.engine.persister import Foreign, must_rebuild
from app.engine.tail import Standing
from tests.support.counters import Add, Delay, Put
from tests.support.persistence import House
from tests.support.waiting import wait_for


def delay(name: str) -> Delay:
    return Delay(
        id=f"p/{name}",
        player="p",
        counter="a",
        to="b",
        amount=5,
        delay_ms=60_000,
        name=name,
    )


def wipe(house: House) -> None:
    """Lose all, and wait until commands are taken again."""
    house.client.flushall()
    house.wait_until_open()


def wait_for_another_epoch(house: House, epoch: bytes | None) -> None:
    key = house.galaxy.keys.epoch
    wait_for(lambda: house.client.get(key) not in (None, epoch), "another epoch")


def test_a_wiped_redis_goes_on_where_postgres_ends(house: House) -> None:
    house.open()
    first = house.add("a", 7)
    house.wait_until_drained()
    wipe(house)
    second = house.add("a", 1)
    house.wait_until_drained()
    assert house.command_ids() == [first, second]
    assert house.stored("a") == house.folded("a") == house.galaxy.value("a") == 8
    positions = house.rows("SELECT position FROM commands ORDER BY position")
    assert positions == [(1,), (2,)]


def test_a_wiped_redis_is_rebuilt_by_a_persister_that_starts(house: House) -> None:
    house.open()
    house.add("a", 7)
    house.wait_until_drained()
    house.close()
    house.client.flushall()
    house.open()
    house.add("a", 1)
    assert house.galaxy.value("a") == 8


def test_commands_are_refused_until_the_rebuild_is_done(house: House) -> None:
    answer = house.galaxy.dispatcher.dispatch(
        Add(id="p/1", player="p", counter="a", amount=1)
    )
    assert answer.code == "unavailable"


def test_timers_sectors_and_due_indexes_come_back(house: House) -> None:
    house.open()
    house.do(delay("later"))
    house.do(Put(id="p/put", player="p", counter="a", place="3:4"))
    house.wait_until_drained()
    keys = house.galaxy.keys
    kept = (
        keys.timers,
        keys.commands,
        keys.due(Ref("counter", "b")),
        keys.sector("3:4"),
    )
    before = [house.client.dump(key) for key in kept]
    wipe(house)
    assert [house.client.dump(key) for key in kept] == before
    assert house.galaxy.dispatcher.settle("later")
    assert house.galaxy.value("b") == 5


def test_a_command_sent_again_after_a_rebuild_has_no_second_effect(
    house: House,
) -> None:
    house.open()
    command = Add(id="p/once", player="p", counter="a", amount=3)
    first = house.do(command)
    house.wait_until_drained()
    wipe(house)
    assert house.do(command) == first
    reused = Add(id="p/once", player="p", counter="a", amount=4)
    assert house.galaxy.dispatcher.dispatch(reused).code == "id_reused"
    house.wait_until_drained()
    assert house.stored("a") == 3


def test_clients_are_told_to_resync(house: House) -> None:
    with house.client.pubsub() as listener:
        listener.ssubscribe(BUS_ALL)
        listener.get_message(timeout=1)
        house.open()
        heard = listener.get_message(timeout=5)
    assert heard["data"] == b'{"method":"resync","host_id":"","galaxy":"1"}'


def test_no_room_gives_a_number_twice(house: House) -> None:
    house.open()
    for _ in range(5):
        house.add("a", 1)
    heard = house.galaxy.reads.seqs(["counter:a"])["counter:a"]
    house.wait_until_drained()
    wipe(house)
    assert house.galaxy.reads.seqs(["counter:a"])["counter:a"] > heard
    assert house.galaxy.reads.history("counter:a", heard - 1) is None
    house.add("a", 1)
    assert house.galaxy.reads.seqs(["counter:a"])["counter:a"] > heard + 1


def test_a_redis_that_lost_its_tail_is_rebuilt(house: House) -> None:
    running = house.open()
    house.add("a", 1)
    house.wait_until_drained()
    old = house.photograph()
    house.add("a", 2)
    house.wait_until_drained()
    running.stop()
    house.put_back(old)
    epoch = house.client.get(house.galaxy.keys.epoch)
    house.persist()
    wait_for_another_epoch(house, epoch)
    house.add("a", 4)
    house.wait_until_drained()
    assert house.stored("a") == house.folded("a") == house.galaxy.value("a") == 7


def test_a_redis_that_lost_its_tail_unheard_is_rebuilt_before_it_goes_on(
    house: House,
) -> None:
    """As when it starts again between two reads: the next one finds it there."""
    house.open()
    house.add("a", 1)
    house.wait_until_drained()
    old = house.photograph()
    house.add("a", 2)
    house.wait_until_drained()
    epoch = house.client.get(house.galaxy.keys.epoch)
    house.put_back(old)
    wait_for_another_epoch(house, epoch)
    house.add("a", 4)
    house.wait_until_drained()
    assert house.stored("a") == house.folded("a") == house.galaxy.value("a") == 7


def test_a_redis_that_lost_its_tail_and_went_on_is_rebuilt(house: House) -> None:
    """The last acknowledged command goes: Redis and Postgres can't both be right."""
    running = house.open()
    house.add("a", 1)
    house.wait_until_drained()
    old = house.photograph()
    house.add("a", 2)
    house.wait_until_drained()
    running.stop()
    house.put_back(old)
    house.add("a", 100)
    epoch = house.client.get(house.galaxy.keys.epoch)
    house.persist()
    wait_for_another_epoch(house, epoch)
    house.add("a", 4)
    house.wait_until_drained()
    assert house.stored("a") == house.folded("a") == house.galaxy.value("a") == 7


def test_a_rebuild_that_dies_half_way_is_done_again(house: House) -> None:
    house.open().stop()
    house.do(delay("later"))
    house.open()
    house.wait_until_drained()
    house.close()
    house.client.flushall()
    house.client.set(house.galaxy.keys.sector("9:9"), "left by the dead one")
    house.open()
    assert house.client.zcard(house.galaxy.keys.timers) == 1
    assert not house.client.exists(house.galaxy.keys.sector("9:9"))


def test_a_postgres_that_lost_its_tail_destroys_nothing(house: House) -> None:
    running = house.open()
    house.add("a", 7)
    house.wait_until_drained()
    running.stop()
    epoch = house.client.get(house.galaxy.keys.epoch)
    with house.engine.begin() as connection:
        connection.exec_driver_sql("TRUNCATE checkpoints, aggregates, events, commands")
    waiting = house.persist()
    wait_for(lambda: waiting.waits_for == "foreign", "a refusal")
    assert house.galaxy.value("a") == 7
    assert house.client.get(house.galaxy.keys.epoch) == epoch


def test_without_its_epoch_redis_is_made_anew_from_any_postgres(house: House) -> None:
    running = house.open()
    house.add("a", 7)
    house.wait_until_drained()
    running.stop()
    with house.engine.begin() as connection:
        connection.exec_driver_sql("TRUNCATE checkpoints, aggregates, events, commands")
    waiting = house.persist()
    wait_for(lambda: waiting.waits_for == "foreign", "a refusal")
    house.client.delete(house.galaxy.keys.epoch)
    wait_for(lambda: house.client.get(house.galaxy.keys.epoch), "a new epoch")
    wait_for(lambda: waiting.waits_for == "", "the persister's work")
    house.add("a", 1)
    assert house.galaxy.value("a") == 1


@pytest.mark.parametrize(
    ("begin", "standing", "epoch", "why"),
    [
        (Checkpoint(), Standing(0, 0, "0-0"), "", "redis was wiped"),
        (
            Checkpoint(5, "9-1", "e"),
            Standing(4, 4, "9-0"),
            "e",
            "redis lost its tail",
        ),
        (Checkpoint(5, "9-1", "e"), Standing(5, 0, "9-1"), "e", ""),
        (Checkpoint(5, "9-1", "e"), Standing(7, 4, "10-0"), "e", ""),
    ],
)
def test_says_why_to_rebuild(
    begin: Checkpoint, standing: Standing, epoch: str, why: str
) -> None:
    assert must_rebuild(begin, standing, epoch) == why


@pytest.mark.parametrize(
    ("begin", "standing", "epoch"),
    [
        (Checkpoint(5, "9-1", "e"), Standing(8, 2, "10-0"), "e"),
        (Checkpoint(5, "9-1", "e"), Standing(5, 0, "9-1"), "other"),
    ],
)
def test_refuses_to_destroy_what_only_redis_has(
    begin: Checkpoint, standing: Standing, epoch: str
) -> None:
    with pytest.raises(Foreign):
        must_rebuild(begin, standing, epoch)
