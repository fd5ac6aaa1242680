"""Whoever asks for channels waits for the server, and for no longer than it may."""

from contextlib import suppress
from itertools import count

import pytest
import structlog
from prometheus_client import REGISTRY
from structlog.testing import LogCapture

from app.engine.keys import Keys
from app.engine.redis import Unavailable
from app.realtime import bus
from app.realtime.bus import CONFIRM_S_MAX, Listener
from app.realtime.ears import Ears

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
    listener = Listener(NOWHERE, print, print, name="bus")
    with pytest.raises(Unavailable):
        listener.listen(["never"])
    assert busy == [CONFIRM_S_MAX]


@pytest.mark.usefixtures("busy")
def test_keeps_nothing_of_channels_that_were_heard_once():
    listener = Listener(NOWHERE, print, print, name="bus")
    for _ in range(2):
        with suppress(Unavailable):
            listener.listen(["a"])
        listener._take([b"ssubscribe", b"a", 1])
        listener.ignore(["a"])
    assert not listener._pending
    assert not listener._confirmed


def test_what_is_wanted_again_while_others_are_ignored_is_heard(monkeypatch):
    """One server keeps us waiting; meanwhile somebody comes for a room of another."""
    ears = Ears(NOWHERE, ["1", "2"], print, print)
    rooms = [Keys(galaxy).room("a") for galaxy in ("1", "2")]
    first, second = ears._listeners.values()
    for listener, room in zip((first, second), rooms, strict=True):
        listener._wanted = listener._confirmed = {room}
    waits = first.unsubscribe

    def come_back(channels):
        with suppress(Unavailable):
            ears.listen(rooms[1:])
        waits(channels)

    monkeypatch.setattr(first, "unsubscribe", come_back)
    monkeypatch.setattr(bus, "CONFIRM_S_MAX", 0.01)
    ears.ignore(rooms)
    assert (first._wanted, second._wanted) == (set(), set(rooms[1:]))


def test_says_which_server_it_lost(busy, monkeypatch):
    said = LogCapture()
    logger = structlog.wrap_logger(None, processors=[said])
    monkeypatch.setattr("app.realtime.bus.log", logger)  # whatever other tests set up
    listener = Listener(NOWHERE, print, print, name="state:7")
    listener._lose(ConnectionError())
    assert [line["server"] for line in said.entries] == ["state:7"]
    with pytest.raises(Unavailable, match="state:7"):
        listener.listen(["never"])
    labels = {"server": "state:7"}
    assert REGISTRY.get_sample_value("gd_bus_reconnects_total", labels) == 0
