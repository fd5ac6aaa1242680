"""Check who may have a battle fought, and how long one waits for the next turn."""

import pytest

from app.core.message import Rejected
from app.web import fighting

PART_S = 0.5


class Endless:
    """Be a fight that never ends, and takes its time."""

    is_done = False

    def __init__(self, clock: list[float]) -> None:
        self._clock = clock

    def go_on(self, _ticks: int) -> None:
        """Let time pass."""
        self._clock[0] += PART_S


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Give the time, and nobody who rests."""
    now_s = [100.0]
    monkeypatch.setattr(fighting, "monotonic", lambda: now_s[0])
    monkeypatch.setattr(fighting, "sleep", lambda _seconds: None)
    monkeypatch.setattr(fighting, "_resting", {})
    return now_s


def code(clock: list[float], home: str) -> str:
    try:
        fighting.run(Endless(clock), 2 * PART_S, home)
    except Rejected as refusal:
        return refusal.code
    return "ok"


def test_a_home_rests_three_times_as_long_as_it_fought(clock: list[float]) -> None:
    fighting.run(Endless(clock), 2 * PART_S, "home")
    with pytest.raises(Rejected) as refused:
        fighting.run(Endless(clock), 2 * PART_S, "home")
    assert refused.value.code == "rate_limited"
    assert refused.value.details["retry_after_ms"] == 3_000
    clock[0] += 3.0
    assert code(clock, "home") == "ok"


def test_others_fight_while_a_home_rests(clock: list[float]) -> None:
    assert [code(clock, home) for home in ("home", "other", "")] == ["ok"] * 3
    assert code(clock, "home") == "rate_limited"


def test_who_has_rested_is_forgotten(clock: list[float]) -> None:
    for number in range(20):
        assert code(clock, f"home {number}") == "ok"
    assert len(fighting._resting) <= fighting.REST_OF_HOME + 1
