"""Machine-like timing: what is flagged, and what honest players do that is not."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random

import pytest

from app.game.anticheat.model import Action
from app.game.anticheat.rules import CONFIDENCE_MAX, TIMING, timing

TRACES = 500
FALSE_ALARMS_MAX = TRACES // 100
"""At most one honest trace in a hundred may be flagged, and none surely."""


def trace(gaps: Sequence[float]) -> list[Action]:
    at_ms = 1_000_000.0
    actions = [Action(int(at_ms), "Build")]
    for gap in gaps:
        at_ms += gap
        actions.append(Action(int(at_ms), "Build"))
    return actions


def person(chance: Random, count: int = 60) -> list[float]:
    """Order now and then, sometimes a few clicks at once, as people do."""
    return [chance.lognormvariate(6.9, 0.7) + 150 for _ in range(count)]


def delayed(gaps: Sequence[float], chance: Random) -> list[float]:
    """Send the same through a network that jitters and at times stands still."""
    sent, late, last = 0.0, 0.0, 0.0
    arrivals = []
    for gap in gaps:
        sent += gap
        if chance.random() < 0.05:
            late = sent + chance.uniform(500, 5_000)
        last = max(last, sent + chance.expovariate(1 / 30), late)
        arrivals.append(last)
    return [after - before for before, after in pairwise([0.0, *arrivals])]


def honest_traces() -> Iterator[list[Action]]:
    for seed in range(TRACES):
        chance = Random(seed)
        yield trace(delayed(person(chance), chance))


def test_flags_a_script_that_acts_by_a_timer() -> None:
    flag = timing("p", trace([500] * 30))
    assert flag is not None
    assert flag.detector == TIMING
    assert flag.evidence["actions"] == 31
    assert flag.evidence["deviation_ms"] == 0
    assert flag.confidence_percent > 80


def test_flags_a_script_through_a_jittering_network() -> None:
    chance = Random(1)
    gaps = [400 + chance.uniform(-40, 40) for _ in range(40)]
    assert timing("p", trace(gaps)) is not None


def test_finds_the_script_within_other_play() -> None:
    chance = Random(2)
    gaps = [*person(chance, 20), *([300] * 15), *person(chance, 20)]
    flag = timing("p", trace(gaps))
    assert flag is not None
    assert 15 <= flag.evidence["actions"] <= 17


def test_longer_and_more_regular_is_surer() -> None:
    short, long = timing("p", trace([300] * 9)), timing("p", trace([300] * 40))
    rough = timing("p", trace([260, 340] * 20))
    assert short is not None
    assert long is not None
    assert rough is not None
    assert short.confidence_percent < rough.confidence_percent < CONFIDENCE_MAX
    assert long.confidence_percent == CONFIDENCE_MAX


@pytest.mark.parametrize(
    "gaps",
    [
        pytest.param([300] * 8, id="nine actions"),
        pytest.param([1_500] * 30, id="slow and regular, as a sync every while"),
        pytest.param([200, 320] * 20, id="deviates by more than 50 ms"),
        pytest.param([0] * 40, id="a queue flushed after a reconnect"),
        pytest.param([7] * 40, id="a batch that the server takes one by one"),
        pytest.param(([3] * 15 + [2_000]) * 3, id="bursts after lag spikes"),
        pytest.param([], id="one action"),
    ],
)
def test_lets_pass(gaps: list[float]) -> None:
    assert timing("p", trace(gaps)) is None


def test_lets_pass_no_action_at_all() -> None:
    assert timing("p", []) is None


def test_false_alarms_on_honest_traces_are_rare() -> None:
    flags = [timing("p", actions) for actions in honest_traces()]
    alarms = [flag for flag in flags if flag is not None]
    assert len(alarms) <= FALSE_ALARMS_MAX
    assert all(flag.confidence_percent < 50 for flag in alarms)
