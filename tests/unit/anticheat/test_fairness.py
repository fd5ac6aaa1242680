"""How often the detectors are right, on labelled traces that none was tuned with."""

import pytest

from tests.unit.anticheat.dataset.judge import (
    CHEATS,
    DETECTORS,
    HONEST,
    TEST_SEED,
    TUNING_SEED,
    Verdict,
    judged,
    traces,
)

PRECISION_MIN = 0.95
RECALL_MIN = 0.7
TRACES_MIN = 600


@pytest.fixture(scope="module")
def verdict() -> Verdict:
    return judged(TEST_SEED)


def test_the_set_is_large_and_new(verdict: Verdict) -> None:
    assert verdict.traces == sum((HONEST | CHEATS).values()) >= TRACES_MIN
    known = {repr(trace) for _kind, _chance, trace in traces(TUNING_SEED)}
    new = {repr(trace) for _kind, _chance, trace in traces(TEST_SEED)}
    assert len(known & new) < TRACES_MIN // 100


def test_whoever_is_flagged_mostly_cheated(verdict: Verdict) -> None:
    score = verdict.overall
    print(f"precision {score.precision:.3f}, recall {score.recall:.3f}")
    assert score.precision >= PRECISION_MIN


@pytest.mark.parametrize("detector", DETECTORS)
def test_each_detector_is_right(verdict: Verdict, detector: str) -> None:
    score = verdict.by_detector[detector]
    print(f"{detector}: precision {score.precision:.3f}, recall {score.recall:.3f}")
    assert score.precision >= PRECISION_MIN
    assert score.recall >= RECALL_MIN


@pytest.mark.parametrize("kind", ["household", "sparring_siblings", "gift_once"])
def test_no_home_is_flagged(verdict: Verdict, kind: str) -> None:
    assert verdict.flagged[kind] == 0


def test_a_verdict_can_be_had_again(verdict: Verdict) -> None:
    assert judged(TEST_SEED) == verdict
