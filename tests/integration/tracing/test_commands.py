"""A traced command is one trace: what it loaded, decided, committed and set going."""

from collections.abc import Iterator

import pytest
import redis

from app.engine import journal
from app.engine.traced.provider import read, span
from tests.support.counters import Add, Break, CounterGalaxy, Delay, counter
from tests.support.spans import Spans, trace_of
from workers.settlement import settle_each

SECRET = "what a player wrote"


def add(i: int, amount: int = 1) -> Add:
    return Add(id=f"p/{i}", player="p", counter="a", amount=amount, mark=SECRET)


def delay(delay_ms: int = 0) -> Delay:
    return Delay(
        id="p/1",
        player="p",
        counter="a",
        to="b",
        amount=1,
        delay_ms=delay_ms,
        name="timer",
    )


def names(galaxy: CounterGalaxy) -> list[str]:
    """Name the traces that the journal tells of."""
    found = galaxy.client.xrange(galaxy.keys.journal)
    return [fields.get(journal.TRACE_FIELD, b"").decode() for _id, fields in found]


def origins(galaxy: CounterGalaxy) -> list[bytes]:
    return list(galaxy.client.scan_iter("*trace:*"))


def test_shows_what_a_command_did(galaxy: CounterGalaxy, spans: Spans) -> None:
    galaxy.dispatcher.dispatch(add(1))

    command = spans.one("command Add")
    assert spans.below(command) == ["redis load", "decide", "commit"]
    assert spans.below(spans.one("commit")) == ["redis commit"]
    assert {trace_of(one) for one in spans.all} == {trace_of(command)}
    assert command.attributes["gd.command_id"] == "p/1"
    assert command.attributes["gd.galaxy"] == "g1"
    assert command.attributes["gd.result"] == "ok"
    assert spans.one("redis commit").attributes["gd.status"] == "ok"
    assert spans.one("redis load").attributes["db.system.name"] == "redis"


def test_tells_codes_and_never_what_players_wrote(
    galaxy: CounterGalaxy, spans: Spans
) -> None:
    galaxy.dispatcher.dispatch(add(1))
    refused = galaxy.dispatcher.dispatch(add(2, -5))
    with pytest.raises(ZeroDivisionError):
        galaxy.dispatcher.dispatch(Break(id="p/3", player="p", counter="a"))

    results = {
        one.attributes["gd.command_id"]: one.attributes.get("gd.result")
        for one in spans.all
        if one.name.startswith("command")
    }
    assert results == {"p/1": "ok", "p/2": refused.code, "p/3": None}
    assert spans.one("command Break").attributes["error.type"] == "ZeroDivisionError"
    assert SECRET not in spans.told()
    assert spans.one("command Break").events == ()


def test_a_timer_of_a_command_goes_on_with_its_trace(
    galaxy: CounterGalaxy, spans: Spans
) -> None:
    galaxy.dispatcher.dispatch(delay(20))
    [timer] = [one.decode() for one in galaxy.client.hkeys(galaxy.keys.commands)]

    settle_each(galaxy.dispatcher, "1", [timer])

    settled = spans.one("settle Add")
    commits = [one for one in spans.all if one.name == "redis commit"]
    assert settled.parent.span_id == commits[0].context.span_id
    assert trace_of(settled) == trace_of(spans.one("command Delay"))
    assert settled.attributes["gd.command_id"] == timer
    assert settled.links == ()


def test_what_a_timer_sets_begins_a_trace_that_names_its_origin(
    galaxy: CounterGalaxy, spans: Spans
) -> None:
    galaxy.dispatcher.dispatch(delay(20))
    [timer] = [one.decode() for one in galaxy.client.hkeys(galaxy.keys.commands)]
    [key] = origins(galaxy)
    galaxy.client.set(key, b"f" + galaxy.client.get(key)[1:])

    settle_each(galaxy.dispatcher, "1", [timer])

    settled = spans.one("settle Add")
    [link] = settled.links
    assert settled.parent is None
    assert link.context.trace_id == trace_of(spans.one("command Delay"))
    assert link.context.trace_id != trace_of(settled)


def test_a_timer_that_is_settled_on_the_way_is_a_part_of_what_goes_there(
    galaxy: CounterGalaxy, spans: Spans
) -> None:
    galaxy.dispatcher.dispatch(delay(20), now_ms=1_000)

    galaxy.dispatcher.dispatch(
        Add(id="p/2", player="p", counter="b", amount=1), now_ms=5_000
    )

    settled, command = spans.one("settle Add"), spans.one("command Add")
    assert settled.parent.span_id == command.context.span_id
    assert [link.context.trace_id for link in settled.links] == [
        trace_of(spans.one("command Delay"))
    ]


def test_origins_of_timers_go_by_themselves(galaxy: CounterGalaxy) -> None:
    galaxy.dispatcher.dispatch(delay(20_000))

    [key] = origins(galaxy)

    assert 20_000 < galaxy.client.pttl(key) <= 620_000


def test_a_timer_far_away_has_no_origin(galaxy: CounterGalaxy) -> None:
    galaxy.dispatcher.dispatch(delay(3_600_001))

    assert origins(galaxy) == []


def test_the_journal_tells_which_trace_a_commit_belongs_to(
    galaxy: CounterGalaxy, spans: Spans
) -> None:
    galaxy.dispatcher.dispatch(add(1))

    [name] = names(galaxy)
    commit = spans.one("redis commit").context
    assert read(name).span_id == commit.span_id
    assert read(name).trace_id == commit.trace_id


@pytest.mark.parametrize("settings", ["0"], indirect=True)
def test_what_is_not_sampled_leaves_nothing_behind(
    galaxy: CounterGalaxy, spans: Spans
) -> None:
    galaxy.dispatcher.dispatch(delay(20))

    assert spans.all == ()
    assert names(galaxy) == [""]
    assert origins(galaxy) == []


@pytest.fixture
def plain(redis_url: str) -> Iterator[CounterGalaxy]:
    """Give a galaxy of its own that traces nothing."""
    with redis.Redis.from_url(redis_url.removesuffix("0") + "5") as client:
        client.flushdb()
        opened = CounterGalaxy.open(redis_url.removesuffix("0") + "5", client)
        yield opened
        opened.close()


def test_states_and_entries_are_the_same_traced_or_not(
    galaxy: CounterGalaxy, plain: CounterGalaxy
) -> None:
    def kept(one: CounterGalaxy) -> tuple:
        for i in range(3):
            one.dispatcher.dispatch(add(i), now_ms=1_000)
        one.dispatcher.dispatch(delay(20), now_ms=2_000)
        one.dispatcher.settle("timer")
        refs = (counter("a"), counter("b"))
        states = [one.client.hgetall(one.keys.aggregate(ref)) for ref in refs]
        return states, one.entries()

    assert kept(galaxy) == kept(plain)


def test_is_below_whatever_asked_for_it(galaxy: CounterGalaxy, spans: Spans) -> None:
    with span("request"):
        galaxy.dispatcher.dispatch(add(1))

    assert spans.below(spans.one("request")) == ["command Add"]
