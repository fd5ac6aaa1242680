"""What Redis lacks is asked for in Postgres, once in the course of a command."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.core.decider import Needs, Outcome, Rule, States
from app.core.message import Ref
from app.engine.dispatch import Dispatcher
from tests.support.counters import (
    GAME,
    Add,
    Added,
    Counter,
    CounterGalaxy,
    counter,
)

NEW, LATE = counter("new"), counter("late")


class Asked:
    """Stand for a Postgres that notes what it is asked for, and has some of it."""

    def __init__(self, *stored: tuple[Ref, tuple[int, bytes, int]]) -> None:
        self.asked: list[set[Ref]] = []
        self._stored = dict(stored)

    def fetch(self, refs: Iterable[Ref]) -> Mapping[Ref, tuple[int, bytes, int]]:
        self.asked.append(set(refs))
        return {ref: self._stored[ref] for ref in refs if ref in self._stored}


def decide(states: States, command: Add, _now_ms: int) -> Outcome:
    if LATE not in states:
        raise Needs(LATE)
    held = states[LATE] or Counter()
    added = Added(amount=command.amount)
    return Outcome(events=((NEW, added),), result={"late": held.value})


def dispatcher(galaxy: CounterGalaxy, cold: Asked) -> Dispatcher:
    game = replace(GAME, rules={Add: Rule(lambda _command: (NEW,), decide)})
    return Dispatcher(game, galaxy.store, galaxy.codec, cold)


def test_what_is_nowhere_is_asked_for_once(galaxy: CounterGalaxy) -> None:
    cold = Asked()
    command = Add(id="p/1", player="p", counter="new", amount=3)
    assert dispatcher(galaxy, cold).dispatch(command).result == {"late": 0}
    assert cold.asked == [{NEW}, {LATE}]
    assert galaxy.value("new") == 3


def test_what_is_cold_comes_back_and_is_used(galaxy: CounterGalaxy) -> None:
    stored = (7, galaxy.codec.encode(Counter(value=5)), 1)
    cold = Asked((LATE, stored))
    command = Add(id="p/1", player="p", counter="new", amount=3)
    assert dispatcher(galaxy, cold).dispatch(command).result == {"late": 5}
    assert cold.asked == [{NEW}, {LATE}]
