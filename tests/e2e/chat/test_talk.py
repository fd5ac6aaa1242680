"""Members of a channel talk across instances: in one order, healed, unheard by others.

The last test kills an instance.
"""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
import socketio
from socketio.exceptions import SocketIOError

from tests.support.cluster import Cluster, wait_until
from tests.support.guest import Guest, on_another_instance

pytestmark = pytest.mark.alone

SAID = 50
SAID_IN_FIRE = 30
KILLED_AFTER = 10
PATIENCE_S = 2.0
BACK_S = 15.0


class Talker(Guest):
    """Note also which rooms one is told to enter and to leave."""

    def _socket(self) -> socketio.Client:
        self.entered: dict[str, Any] = {}
        self.left: list[str] = []
        socket = super()._socket()
        socket.on("entered", lambda told: self.entered.update(told["rooms"]))
        socket.on("left", lambda told: self.left.extend(told["rooms"]))
        return socket

    def opens(self, *others: Guest) -> str:
        """Open a channel and give its room, once it is heard."""
        named = [other.name for other in others]
        room = f"chat:{self.do('chat.open', players=named)['channel']}"
        for one in (self, *others):
            if isinstance(one, Talker):
                wait_until(lambda one=one: room in one.entered, BACK_S)
        return room

    def says(self, room: str, text: str) -> dict[str, Any]:
        """Say something and give the ack's result."""
        return self.do("chat.say", channel=channel(room), text=text)


def channel(room: str) -> str:
    return room.removeprefix("chat:")


def texts(guest: Guest, room: str) -> list[str]:
    """Give what was heard in a room."""
    said = guest.events(room)
    return [one["text"] for one in said if one["type"] == "chat.message_said"]


def has_gap(guest: Guest, room: str) -> bool:
    batches = [batch for batch in guest.heard if batch["room"] == room]
    return any(old["to"] != new["from"] for old, new in pairwise(batches))


def history(guest: Guest, room: str) -> list[str]:
    """Read all that was said in a room, oldest first, by pages over HTTP."""
    read: list[str] = []
    path = f"/chat/channels/{channel(room)}/messages?limit=30"
    page = guest.get(path)
    while True:
        read += [one["text"] for one in page["messages"]]
        if page["next"] is None:
            return read[::-1]
        page = guest.get(f"{path}&before={page['next']}")


@pytest.fixture
def ann(cluster: Cluster) -> Talker:
    talker = Talker(cluster.url)
    talker.connect()
    return talker


@pytest.fixture
def bob(cluster: Cluster, ann: Talker) -> Talker:
    """Give somebody on another instance than ann's."""
    while True:
        talker = Talker(cluster.url)
        talker.connect()
        if talker.welcome["instance"] != ann.welcome["instance"]:
            return talker
        talker.leave()


def test_members_hear_a_channel_from_its_opening_on(ann: Talker, bob: Talker) -> None:
    room = ann.opens(bob)
    shown = bob.entered[room]["snapshot"]
    assert [one["username"] for one in shown["channel"]["members"]] == [
        ann.name,
        bob.name,
    ]
    assert ann.says(room, "hello")["channel"] == channel(room)
    bob.wait_until(lambda: texts(bob, room) == ["hello"])
    told = bob.events(bob.room)[-1]
    assert (told["type"], told["changes"]) == (
        "players.channel_entered",
        {"channels": [channel(room)]},
    )


def test_all_hear_one_order_whoever_speaks(ann: Talker, bob: Talker) -> None:
    room = ann.opens(bob)
    with ThreadPoolExecutor(10) as pool:
        spoken = pool.map(
            lambda number: (ann, bob)[number % 2].says(room, f"{number}"), range(SAID)
        )
        numbers = [one["number"] for one in spoken]
    assert len(set(numbers)) == SAID
    for one in (ann, bob):
        one.wait_until(lambda one=one: len(texts(one, room)) == SAID)
        assert not has_gap(one, room)
    assert texts(ann, room) == texts(bob, room) == history(ann, room)
    assert sorted(map(int, texts(ann, room))) == list(range(SAID))


def test_who_was_away_is_told_what_was_said(ann: Talker, bob: Talker) -> None:
    room = ann.opens(bob)
    ann.says(room, "one")
    bob.wait_until(lambda: texts(bob, room) == ["one"])
    (last,) = [event["seq"] for event in bob.events(room)]
    bob.leave()
    for text in ("two", "three"):
        ann.says(room, text)
    ann.wait_until(lambda: len(texts(ann, room)) == 3)
    back = bob.again().connect()
    assert back.welcome["rooms"][room] == last + 2
    healed = back.do("resume", rooms={room: last})["rooms"][room]
    assert healed["events"] == ann.events(room)[-2:]
    lost = back.do("resume", rooms={room: 7})["rooms"][room]
    shown = [one["text"] for one in lost["snapshot"]["messages"]]
    assert (lost["seq"], shown) == (last + 2, ["one", "two", "three"])
    ann.says(room, "four")
    back.wait_until(lambda: texts(back, room) == ["four"])


def test_others_hear_nothing_and_find_nothing(ann: Talker, bob: Talker) -> None:
    third = Talker(ann.url)
    third.connect()
    beside = on_another_instance(third)
    room = ann.opens(bob)
    answer = third.do("resume", rooms={room: 0})["rooms"][room]
    assert answer["error"]["code"] == "not_found"
    for name in ("chat.say", "chat.leave"):
        more = {"text": "let me in"} if name == "chat.say" else {}
        ack = third.call(name, channel=channel(room), **more)
        absent = third.call(name, channel="nowhere", **more)
        assert ack["error"] == absent["error"]
        assert ack["error"]["code"] == "not_found"
    ann.says(room, "just us")
    bob.wait_until(lambda: texts(bob, room) == ["just us"])
    path = f"/chat/channels/{channel(room)}/messages"
    assert third.ask("GET", path).status_code == 404
    for device in (third, beside):
        device.do("colonies.rename", colony=third.colony, name="Late")
        device.wait_until(lambda one=device: one.events(one.room))
        assert room not in str(device.heard)
    assert room not in third.entered


def test_who_left_hears_no_more_on_any_device(ann: Talker, bob: Talker) -> None:
    room = ann.opens(bob)
    phone = on_another_instance(bob)
    bob.do("chat.leave", channel=channel(room))
    for device in (bob, phone):
        wait_until(lambda one=device: room in one.left, BACK_S)
    answer = phone.do("resume", rooms={room: 0})["rooms"][room]
    assert answer["error"]["code"] == "not_found"
    ann.says(room, "gone?")
    ann.wait_until(lambda: "gone?" in texts(ann, room))
    assert "gone?" not in texts(bob, room) + texts(phone, room)
    del bob.entered[room]
    assert ann.opens(bob) == room
    ann.says(room, "back!")
    bob.wait_until(lambda: "back!" in texts(bob, room))


def insist(speaker: Talker, room: str, text: str) -> None:
    """Say something until it is acked, by HTTP where the socket is lost."""
    name, key = "chat.say", str(uuid4())
    data = {"channel": channel(room), "text": text}
    try:
        ack = speaker.socket.call(name, {"id": key, **data}, timeout=PATIENCE_S)
        if ack["ok"]:
            return
    except SocketIOError:
        pass
    wait_until(lambda: _posted(speaker, name, data, key), BACK_S)


def _posted(speaker: Talker, name: str, data: dict[str, str], key: str) -> bool:
    headers = {"Idempotency-Key": key}
    return speaker.ask("POST", f"/commands/{name}", data, **headers).ok


def test_a_killed_instance_takes_no_acked_message_along(
    cluster: Cluster, ann: Talker, bob: Talker
) -> None:
    room = ann.opens(bob)
    victim = ann.welcome["instance"]

    def talk(speaker: Talker) -> None:
        for number in range(SAID_IN_FIRE):
            if speaker is bob and number == KILLED_AFTER:
                cluster.kill(victim)
            insist(speaker, room, f"{speaker.name} {number}")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(talk, (ann, bob)))
    expected = {f"{one.name} {i}" for one in (ann, bob) for i in range(SAID_IN_FIRE)}
    said = history(bob, room)
    assert len(said) == len(expected)
    assert set(said) == expected
    bob.wait_until(lambda: texts(bob, room) == said)
    assert not has_gap(bob, room)
