"""Work that can wait works for a share of the time, and ends with its process."""

from threading import Event

import pytest
from celery.exceptions import Ignore

from workers import pace


class Clock(Event):
    """Stand for the time, and for the end of the process."""

    def __init__(self):
        super().__init__()
        self.now_s = 100.0
        self.rests = []

    def monotonic(self):
        return self.now_s

    def wait(self, timeout=None):
        self.rests.append(timeout)
        self.now_s += timeout
        return self.is_set()


@pytest.fixture
def clock(monkeypatch):
    found = Clock()
    monkeypatch.setattr(pace, "monotonic", found.monotonic)
    monkeypatch.setattr(pace, "leaving", found)
    monkeypatch.setattr(pace, "players", pace._Players())
    return found


def test_rests_for_what_was_worked(clock):
    quarter = pace.Pace(1 / 4)
    for worked_s in (0.5, 0.1, 60.0):
        clock.now_s += worked_s
        quarter.rest()
    assert clock.rests == pytest.approx([1.5, 0.3, pace.REST_S_MAX])


def test_rests_longer_while_timers_come_late(clock):
    quarter = pace.Pace(1 / 4)
    pace.players.served(pace.LATE_MS + 1)
    pace.players.served(0)  # one that is in time doesn't make up for it
    clock.now_s += 0.1
    quarter.rest()
    assert clock.rests == [pace.REST_S_MAX]
    pace.players.served(pace.LATE_MS)
    clock.now_s += 0.1
    quarter.rest()
    assert clock.rests[1:] == pytest.approx([0.3])


def test_goes_on_no_more_once_the_process_ends(clock):
    quarter = pace.Pace(1 / 4)
    clock.set()
    with pytest.raises(Ignore):
        quarter.rest()
