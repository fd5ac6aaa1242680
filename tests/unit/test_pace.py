"""Work that can wait works for a share of the time."""

import pytest

from workers import pace


class Clock:
    """Stand for the time."""

    def __init__(self):
        self.now_s = 100.0
        self.rests = []

    def monotonic(self):
        return self.now_s

    def sleep(self, seconds):
        self.rests.append(seconds)
        self.now_s += seconds


@pytest.fixture
def clock(monkeypatch):
    found = Clock()
    monkeypatch.setattr(pace, "monotonic", found.monotonic)
    monkeypatch.setattr(pace, "sleep", found.sleep)
    return found


def test_rests_for_what_was_worked(clock):
    quarter = pace.Pace(1 / 4)
    for worked_s in (0.5, 0.1, 60.0):
        clock.now_s += worked_s
        quarter.rest()
    assert clock.rests == pytest.approx([1.5, 0.3, pace.REST_S_MAX])
