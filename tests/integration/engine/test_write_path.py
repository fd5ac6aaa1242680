"""A command is decided once, committed whole, and answered the same for ever."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec import msgpack

from app.engine.codec import UnknownStruct
from app.engine.journal import Entry
from app.engine.redis import Unavailable
from tests.support.counters import (
    Add,
    Counter,
    CounterGalaxy,
    Delay,
    Look,
    Pass,
    Put,
    counter,
    evolve,
)


def add(command_id: str, amount: int = 1, name: str = "a") -> Add:
    return Add(id=command_id, player="p", counter=name, amount=amount)


def test_commits_state_journal_and_reply_together(galaxy: CounterGalaxy) -> None:
    reply = galaxy.dispatcher.dispatch(add("p/1", 5))

    assert reply.ok
    assert reply.result == {"value": 5}
    assert galaxy.value("a") == 5
    [entry] = galaxy.entries()
    assert (entry.command_id, entry.name, entry.player) == ("p/1", "Add", "p")
    assert entry.at_ms == reply.at_ms
    assert [(c.kind, c.id, c.version) for c in entry.changes] == [("counter", "a", 1)]


def test_answers_a_repeat_with_the_first_reply_on_any_instance(
    galaxy: CounterGalaxy,
) -> None:
    first = galaxy.dispatcher.dispatch(add("p/1", 5))
    again = galaxy.another().dispatcher.dispatch(add("p/1", 5))

    assert again == first
    assert galaxy.value("a") == 5


def test_refuses_a_known_id_with_another_payload(galaxy: CounterGalaxy) -> None:
    galaxy.dispatcher.dispatch(add("p/1", 5))

    reply = galaxy.dispatcher.dispatch(add("p/1", 6))

    assert reply.code == "id_reused"
    assert galaxy.value("a") == 5


def test_remembers_a_refusal_like_any_reply(galaxy: CounterGalaxy) -> None:
    refused = galaxy.dispatcher.dispatch(add("p/1", -3))
    galaxy.dispatcher.dispatch(add("p/2", 10))

    again = galaxy.dispatcher.dispatch(add("p/1", -3))

    assert refused.code == "not_enough"
    assert (refused.error or {})["short"] == 3
    assert again == refused
    assert galaxy.value("a") == 10


def test_tells_no_refusal_that_it_cannot_remember(
    galaxy: CounterGalaxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_nothing(*_reply: object) -> bytes:
        raise Unavailable("redis")  # as on a full disk: reads are answered

    with monkeypatch.context() as full:
        full.setattr(galaxy.store, "remember", write_nothing)
        unknown = galaxy.dispatcher.dispatch(add("p/1", -3))
    galaxy.dispatcher.dispatch(add("p/2", 10))

    assert unknown.code == "unavailable"
    assert galaxy.dispatcher.dispatch(add("p/1", -3)).ok
    assert galaxy.value("a") == 7


def test_remembers_nothing_while_redis_waits_to_be_rebuilt(
    galaxy: CounterGalaxy,
) -> None:
    """A rebuild would forget it again."""
    galaxy.client.delete(galaxy.keys.epoch)

    with pytest.raises(Unavailable, match="rebuilding"):
        galaxy.store.remember("p/1", b"refused")

    assert not galaxy.client.exists(galaxy.keys.done("p/1"))


def test_loads_one_more_aggregate_found_on_the_way(galaxy: CounterGalaxy) -> None:
    galaxy.dispatcher.dispatch(add("p/1", 5))

    passed = galaxy.dispatcher.dispatch(
        Pass(id="p/2", player="p", counter="a", to="b", amount=2)
    )

    assert passed.ok
    assert (galaxy.value("a"), galaxy.value("b")) == (3, 2)


def test_keeps_sums_under_races_of_two_instances(galaxy: CounterGalaxy) -> None:
    galaxy.dispatcher.dispatch(add("p/0", 50))
    instances = (galaxy, galaxy.another())

    def spend(i: int) -> bool:
        dispatcher = instances[i % 2].dispatcher
        move = Pass(id=f"p/s{i}", player="p", counter="a", to=f"b{i % 5}", amount=1)
        return dispatcher.dispatch(move).ok

    with ThreadPoolExecutor(8) as pool:
        passed = sum(pool.map(spend, range(100)))

    assert passed == 50
    assert galaxy.value("a") == 0
    assert sum(galaxy.value(f"b{i}") for i in range(5)) == 50


def test_lets_one_of_many_equal_ids_take_effect(galaxy: CounterGalaxy) -> None:
    instances = (galaxy, galaxy.another())

    with ThreadPoolExecutor(8) as pool:
        replies = list(
            pool.map(
                lambda i: instances[i % 2].dispatcher.dispatch(add("p/1", 5)), range(40)
            )
        )

    assert galaxy.value("a") == 5
    assert len({str(reply) for reply in replies}) == 1
    assert len(galaxy.entries()) == 1


def test_runs_follow_ups_before_it_answers(galaxy: CounterGalaxy) -> None:
    galaxy.dispatcher.dispatch(
        Delay(id="p/1", player="p", counter="a", to="b", amount=4, delay_ms=0, name="t")
    )

    assert galaxy.value("b") == 4
    assert galaxy.client.zcard(galaxy.keys.timers) == 0


def keep_newer_state(galaxy: CounterGalaxy, name: str) -> bytes:
    """Keep a state as a newer release packs it."""
    data = b"\x00" + msgpack.encode(("Counter", 3, {"value": 3, "owner": "p"}))
    galaxy.client.hset(
        galaxy.keys.aggregate(counter(name)), mapping={"v": 1, "d": data}
    )
    return data


def test_changes_nothing_that_a_newer_release_wrote(galaxy: CounterGalaxy) -> None:
    data = keep_newer_state(galaxy, "a")

    with pytest.raises(UnknownStruct, match="Counter version 3"):
        galaxy.dispatcher.dispatch(add("p/1"))

    assert galaxy.client.hget(galaxy.keys.aggregate(counter("a")), "d") == data
    assert galaxy.entries() == []


def test_leaves_a_follow_up_on_what_a_newer_release_wrote_to_its_timer(
    galaxy: CounterGalaxy,
) -> None:
    data = keep_newer_state(galaxy, "b")

    reply = galaxy.dispatcher.dispatch(
        Delay(id="p/1", player="p", counter="a", to="b", amount=4, delay_ms=0, name="t")
    )

    assert reply.ok
    assert list(galaxy.store.timed(["t"])) == ["t"]
    assert galaxy.client.hget(galaxy.keys.aggregate(counter("b")), "d") == data


def test_leaves_no_trace_of_a_command_that_changes_nothing(
    galaxy: CounterGalaxy,
) -> None:
    reply = galaxy.dispatcher.dispatch(Look(id="p/1", player="p", counter="a"))

    assert reply.result == {"value": 0, "marks": []}
    assert galaxy.entries() == []


def test_keeps_the_set_of_who_stands_in_a_sector(galaxy: CounterGalaxy) -> None:
    def put(i: int, place: str | None) -> set[bytes]:
        command = Put(id=f"p/{i}", player="p", counter="a", place=place)
        assert galaxy.dispatcher.dispatch(command).ok
        return galaxy.client.smembers(galaxy.keys.sector("1:2"))

    assert put(1, "1:2") == {b"counter:a"}
    assert put(2, "1:2") == {b"counter:a"}
    assert put(3, "3:4") == set()
    assert put(4, None) == set()


def test_refuses_while_redis_waits_to_be_rebuilt(galaxy: CounterGalaxy) -> None:
    galaxy.client.delete(galaxy.keys.epoch)

    reply = galaxy.dispatcher.dispatch(add("p/1"))

    assert reply.code == "unavailable"
    assert (reply.error or {})["retry_after_ms"] > 0


def test_refuses_rather_than_lose_memory_when_the_journal_is_full(
    galaxy: CounterGalaxy,
) -> None:
    galaxy.store._journal_max = 2
    replies = [galaxy.dispatcher.dispatch(add(f"p/{i}")) for i in range(3)]

    assert [reply.code for reply in replies] == ["ok", "ok", "unavailable"]
    assert galaxy.value("a") == 2


def fold(galaxy: CounterGalaxy, entries: list[Entry]) -> dict[str, Counter]:
    states: dict[str, Counter] = {}
    for entry in entries:
        for change in entry.changes:
            for data in change.events:
                event = galaxy.codec.decode(data)
                states[change.id] = evolve(states.get(change.id), event)
    return states


def test_folds_the_journal_to_the_stored_state(galaxy: CounterGalaxy) -> None:
    for i in range(30):
        galaxy.dispatcher.dispatch(add(f"p/{i}", i, f"c{i % 3}"))
        move = Pass(id=f"p/m{i}", player="p", counter=f"c{i % 3}", to="c9")
        galaxy.dispatcher.dispatch(move)

    for name, state in fold(galaxy, galaxy.entries()).items():
        data = galaxy.client.hget(galaxy.keys.aggregate(counter(name)), "d")
        assert galaxy.codec.decode(data) == state


@pytest.mark.parametrize("amount", [0, 2**60])
def test_answers_any_amount_exactly(galaxy: CounterGalaxy, amount: int) -> None:
    assert galaxy.dispatcher.dispatch(add("p/1", amount)).result == {"value": amount}
