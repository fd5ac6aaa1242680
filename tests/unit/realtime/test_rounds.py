"""Rounds come after a window, which is wider where they come late."""

import pytest

from app.realtime import rounds as module
from app.realtime.rounds import STEP_S, WINDOW_S, WINDOW_S_MAX, Rounds


class Loop:
    """Stand for the loop and the clock: what is set comes when a test says so."""

    def __init__(self):
        self.now_s = 100.0
        self.set = []

    def spawn_after(self, delay_s, work):
        self.set.append((self.now_s + delay_s, work))

    def go(self, late_s=0.0):
        """Go on to what comes next, and somewhat past it."""
        at_s, work = self.set.pop(0)
        self.now_s = at_s + late_s
        work()


class Waiter:
    def __init__(self, loop):
        self.loop = loop
        self.flushed_s = None

    def flush(self):
        self.flushed_s = self.loop.now_s


@pytest.fixture
def loop(monkeypatch):
    made = Loop()
    monkeypatch.setattr(module, "monotonic", lambda: made.now_s)
    monkeypatch.setattr(module.runtime, "spawn_after", made.spawn_after)
    return made


def late_for(loop, rounds, late_s):
    for _ in range(200):
        rounds.add(Waiter(loop))
        loop.go(late_s)


def test_who_waits_is_flushed_after_the_window(loop):
    waiter, began_s = Waiter(loop), loop.now_s
    Rounds().add(waiter)
    assert waiter.flushed_s is None
    loop.go()
    assert waiter.flushed_s == pytest.approx(began_s + WINDOW_S + STEP_S)


def test_those_of_one_step_share_a_round(loop):
    rounds, first, second, third = Rounds(), *(Waiter(loop) for _ in range(3))
    rounds.add(first)
    loop.now_s += STEP_S / 2
    rounds.add(second)
    loop.now_s += STEP_S
    rounds.add(third)
    loop.go()
    assert first.flushed_s == second.flushed_s
    assert third.flushed_s is None
    loop.go()
    assert third.flushed_s > first.flushed_s
    assert loop.set == []


def test_a_late_loop_gathers_for_longer_but_within_bounds(loop):
    rounds = Rounds()
    late_for(loop, rounds, 0.005)
    assert WINDOW_S < rounds.window_s < WINDOW_S_MAX
    late_for(loop, rounds, 1.0)
    assert rounds.window_s == pytest.approx(WINDOW_S_MAX, abs=0.001)
    late_for(loop, rounds, 0.0)
    assert rounds.window_s == pytest.approx(WINDOW_S, abs=0.001)


def test_a_round_that_fails_stops_no_other(loop):
    class Broken:
        def flush(self):
            raise RuntimeError

    rounds, waiter = Rounds(), Waiter(loop)
    rounds.add(Broken())
    rounds.add(waiter)
    with pytest.raises(RuntimeError):
        loop.go()
    loop.go()
    assert waiter.flushed_s is not None
