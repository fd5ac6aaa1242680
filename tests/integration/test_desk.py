"""The runner's socket: one request at a time, bounded, and for its owner only."""

import json
import socket
import stat
from contextlib import closing

import pytest

from deploy.local import desk
from deploy.local.folders import Folders


@pytest.fixture
def opened(tmp_path):
    folders = Folders(tmp_path)
    folders.make()
    with desk.Desk(folders) as made:
        yield made, desk.socket_path(folders)


def come(path, sent):
    visitor = socket.socket(socket.AF_UNIX)
    visitor.settimeout(5)
    visitor.connect(str(path))
    visitor.sendall(sent)
    return closing(visitor)


def heard(visitor):
    with visitor.makefile("rb") as lines:
        return [json.loads(line) for line in lines]


def test_only_the_owner_may_ask(opened):
    _desk, path = opened
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_request_is_read_and_its_steps_are_told(opened):
    made, path = opened
    with come(path, b'{"do": "scale", "words": ["web=2"]}\n') as visitor:
        found = made.wait(5)
        assert found.read() == {"do": "scale", "words": ["web=2"]}
        found.say("one step")
        found.thank()
        assert heard(visitor) == [{"say": "one step"}, {"done": True}]


@pytest.mark.parametrize(
    "sent", [b"nothing of JSON\n", b"[]\n", b"\xff\n", b"x" * 5_000, b'{"do": ']
)
def test_what_is_no_request_is_read_as_nothing(opened, sent):
    made, path = opened
    with come(path, sent):
        found = made.wait(5)
        assert found.read(0.1) == {}
        found.refuse("invalid")


def test_who_comes_meanwhile_is_told_to_come_again(opened):
    made, path = opened
    with come(path, b"{}\n"), come(path, b"{}\n") as second:
        served = made.wait(5)
        made.turn_away()
        assert heard(second)[0]["error"].startswith("busy: ")
        served.thank()


def test_who_left_early_stops_nothing(opened):
    made, path = opened
    with come(path, b"{}\n"):
        found = made.wait(5)
    found.say("nobody hears this")
    found.refuse("nor this")
    assert made.wait(0) is None
