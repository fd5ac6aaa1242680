"""Members of a channel on two instances talk: in one order, healed, and unheard."""

from typing import Any

from tests.support.cluster import Cluster
from tests.support.guest import Guest


def room(channel: str) -> str:
    return f"chat:{channel}"


def said(guest: Guest, channel: str) -> list[str]:
    events = guest.events(room(channel))
    return [one["text"] for one in events if one["type"] == "chat.message_said"]


def entered(guest: Guest) -> dict[str, Any]:
    """Note the rooms that a guest is told to be in."""
    rooms: dict[str, Any] = {}
    guest.socket.on(
        "entered", lambda told: guest._note([], rooms.update(told["rooms"]))
    )
    return rooms


def test_members_talk_across_instances(cluster: Cluster) -> None:
    ann, bob = Guest(cluster.url).connect(), Guest(cluster.url)
    rooms = entered(bob)
    bob.connect()
    opened = ann.do("chat.open", players=[bob.name], name="Us")
    channel = opened["channel"]
    bob.wait_until(lambda: room(channel) in rooms)
    assert rooms[room(channel)]["snapshot"]["channel"]["name"] == "Us"
    ann.do("chat.say", channel=channel, text="hello")
    bob.wait_until(lambda: said(bob, channel) == ["hello"])
    ann.leave()
    bob.leave()
