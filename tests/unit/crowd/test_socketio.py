"""Packets of Socket.IO are read as they are meant, also those that many hear."""

import pytest

from tests.load.crowd import socketio
from tests.load.crowd.socketio import HEARD_MAX, Answer, Emitted, take


class Line:
    """Stand for a connection."""

    def __init__(self):
        self.said = []
        self.ended = ""

    def send_text(self, text):
        self.said.append(text)

    def abort(self, reason):
        self.ended = reason


@pytest.fixture
def line():
    return Line()


@pytest.mark.parametrize(
    ("text", "packet"),
    [
        ('42["events",{"from":1}]', Emitted("events", {"from": 1})),
        ('42["bye"]', Emitted("bye", None)),
        ('43712[{"ok":true}]', Answer(712, {"ok": True})),
        ("437[]", Answer(7, None)),
    ],
)
def test_reads_events_and_acks(line, text, packet):
    assert take(line, text) == packet
    assert take(line, text) == packet


def test_what_many_hear_is_decoded_once(line):
    text = '42["events",{"room":"sector:1:1"}]'
    assert take(line, text) is take(line, "".join(text))
    assert take(line, text) is not take(line, text.replace("1:1", "1:2"))


def test_keeps_few_and_short_ones(line):
    for number in range(2 * HEARD_MAX):
        take(line, f'42["events",{number}]')
    assert 0 < len(socketio._heard) <= HEARD_MAX
    long = f'42["entered","{"x" * socketio.HEARD_CHARS_MAX}"]'
    assert take(line, long) == take(line, long)
    assert take(line, long) is not take(line, long)


def test_answers_pings_and_hears_the_end(line):
    assert take(line, "2") is None
    assert line.said == ["3"]
    assert take(line, "41") is None
    assert line.ended == socketio.HUNG_UP
