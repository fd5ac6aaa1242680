"""Whoever asks for channels waits for the server, and for no longer than it may."""

from contextlib import suppress
from itertools import count

import pytest

from app.engine.redis import Unavailable
from app.realtime import bus
from app.realtime.bus import CONFIRM_S_MAX, Listener

NOWHERE = "redis://127.0.0.1:1"
STEP_S = 0.5
WAITS_MAX = 100


@pytest.fixture
def busy(monkeypatch):
    """Have every wait end after a moment, because the server confirmed something."""
    waits = count(1)
    now_s = [0.0]

    class Woken:
        def wait(self, timeout):
            assert next(waits) < WAITS_MAX
            now_s[0] += min(STEP_S, timeout)
            return timeout > 0

        def set(self):
            return

        def clear(self):
            return

    monkeypatch.setattr(bus, "Event", Woken)
    monkeypatch.setattr(bus, "monotonic", lambda: now_s[0])
    return now_s


def test_waits_no_longer_because_other_channels_are_confirmed(busy):
    listener = Listener(NOWHERE, print, print)
    with pytest.raises(Unavailable):
        listener.listen(["never"])
    assert busy == [CONFIRM_S_MAX]


@pytest.mark.usefixtures("busy")
def test_keeps_nothing_of_channels_that_were_heard_once():
    listener = Listener(NOWHERE, print, print)
    for _ in range(2):
        with suppress(Unavailable):
            listener.listen(["a"])
        listener._take([b"ssubscribe", b"a", 1])
        listener.ignore(["a"])
    assert not listener._pending
    assert not listener._confirmed
