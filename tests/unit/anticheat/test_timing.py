"""Machine-like timing: what is flagged, and what honest players do that is not."""

from collections.abc import Sequence
from random import Random

import pytest

from app.core.units import HOUR_MS, MINUTE_MS
from app.game.anticheat.model.flag import CONFIDENCE_MAX, Flag
from app.game.anticheat.model.traces import Action
from app.game.anticheat.model.watch import Rhythm
from app.game.anticheat.rules.timing import TIMING, is_silent, listen, timing
from tests.unit.anticheat.dataset.clicks import arrived, person

FIRST_MS = 1_000_000
TRACES = 500
FALSE_ALARMS_MAX = TRACES // 100
"""At most one honest trace in a hundred may be flagged, and none surely."""


def trace(gaps: Sequence[float], at_ms: float = FIRST_MS) -> list[Action]:
    actions = [Action(int(at_ms), "Build")]
    for gap in gaps:
        at_ms += gap
        actions.append(Action(int(at_ms), "Build"))
    return actions


def flags(actions: Sequence[Action]) -> list[Flag]:
    _rhythm, routines = listen(Rhythm(), actions)
    return [flag for one in routines if (flag := timing("p", one))]


def flag(gaps: Sequence[float]) -> Flag:
    [found] = flags(trace(gaps))
    return found


def test_flags_a_script_that_acts_by_a_timer() -> None:
    found = flag([500] * 30)
    assert found.detector == TIMING
    assert found.at_ms == FIRST_MS
    assert found.evidence["actions"] == 31
    assert found.evidence["deviation_ms"] == 0
    assert found.evidence["commands"] == ["Build"]
    assert found.confidence_percent > 80


def test_flags_a_script_through_a_jittering_network() -> None:
    chance = Random(1)
    assert flag([400 + chance.uniform(-40, 40) for _ in range(40)])


def test_finds_the_script_within_other_play() -> None:
    chance = Random(2)
    gaps = [*person(chance, 20), *([300] * 15), *person(chance, 20)]
    assert 15 <= flag(gaps).evidence["actions"] <= 17


def test_longer_and_more_regular_is_surer() -> None:
    short, long, rough = flag([300] * 9), flag([300] * 40), flag([260, 340] * 20)
    assert short.confidence_percent < rough.confidence_percent < CONFIDENCE_MAX
    assert long.confidence_percent == CONFIDENCE_MAX


def test_runs_with_pauses_between_are_one_episode() -> None:
    gaps = [*([500] * 12), 20_000, *([500] * 12), 30_000, *([500] * 12)]
    found = flag(gaps)
    assert found.evidence["runs"] == 3
    assert found.confidence_percent > flag([500] * 12).confidence_percent


def test_what_goes_on_for_hours_is_flagged_anew() -> None:
    found = flags(trace([500] * (3 * HOUR_MS // 500)))
    assert len(found) == 3
    assert len({one.at_ms for one in found}) == 3


@pytest.mark.parametrize("seed", range(20))
def test_scans_may_cut_anywhere(seed: int) -> None:
    chance = Random(seed)
    gaps = [*person(chance, 10), *([400] * 30), 5_000, *([700] * 12), 900_000] * 2
    actions = trace(gaps)
    kept, found = Rhythm(), {}
    while actions:
        cut = chance.randint(1, 40)
        kept, routines = listen(kept, actions[:cut])
        found |= {one.began_ms: one for one in routines}
        actions = actions[cut:]
    _kept, whole = listen(Rhythm(), trace(gaps))
    assert list(found.values()) == whole


@pytest.mark.parametrize(
    "gaps",
    [
        pytest.param([300] * 8, id="nine actions"),
        pytest.param([1_500] * 30, id="slow and regular, as a sync every while"),
        pytest.param([200, 320] * 20, id="deviates by more than 50 ms"),
        pytest.param([0] * 40, id="a queue flushed after a reconnect"),
        pytest.param([7] * 40, id="a batch that the server takes one by one"),
        pytest.param(([3] * 15 + [2_000]) * 3, id="bursts after lag spikes"),
        pytest.param([180] * 14, id="a queue sent one after the other"),
        pytest.param([560, 620, 600, 640, 570, 590, 630, 560, 640, 600], id="a hand"),
        pytest.param([], id="one action"),
    ],
)
def test_lets_pass(gaps: list[float]) -> None:
    assert flags(trace(gaps)) == []


def test_lets_pass_no_action_at_all() -> None:
    assert flags([]) == []


def test_false_alarms_on_honest_traces_are_rare() -> None:
    alarms: list[Flag] = []
    for seed in range(TRACES):
        chance = Random(seed)
        gaps = arrived(person(chance), chance, spikes=0.05, spike_ms=5_000)
        alarms += flags(trace(gaps))
    assert len(alarms) <= FALSE_ALARMS_MAX
    assert all(flag.confidence_percent < 50 for flag in alarms)


def test_only_what_may_go_on_is_remembered() -> None:
    person_like, _none = listen(Rhythm(), trace([700, 1_900, 4_000]))
    script_like, _some = listen(Rhythm(), trace([500] * 20))
    later_ms = FIRST_MS + MINUTE_MS
    assert is_silent(person_like, later_ms)
    assert not is_silent(script_like, later_ms)
    assert is_silent(script_like, FIRST_MS + HOUR_MS)
