"""Say who hears a channel: its members, in its room. Show a channel to them."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, NotRequired, TypedDict

from app.core.decider import Heard, States
from app.core.message import Event, Ref
from app.core.shapes import some_of
from app.game.chat import model
from app.game.chat.model import (
    Channel,
    ChannelOpened,
    Message,
    MessageSaid,
    ParticipantLeft,
    ParticipantsReturned,
)

SAID = "chat.message_said"


class MemberView(TypedDict):
    """Who is in a channel."""

    id: str
    username: str


class ChannelView(TypedDict):
    """A channel; `name` is empty where it was given none."""

    id: str
    name: str
    members: list[MemberView]


class MessageView(TypedDict):
    """What somebody said; numbers grow, with gaps."""

    number: int
    player: str
    username: str
    text: str
    said_ms: int


class ListedChannel(ChannelView):
    """A channel in a list, with what was said in it last."""

    last: MessageView | None


class MessageTold(TypedDict):
    """A broadcast of what somebody said."""

    type: Literal["chat.message_said"]
    number: int
    player: str
    username: str
    text: str
    said_ms: int


class ChannelTold(TypedDict):
    """A broadcast of who is in a channel; `player` is who left."""

    type: Literal["chat.opened", "chat.left", "chat.returned"]
    player: NotRequired[str]
    changes: Annotated[dict[str, Any], some_of(ChannelView)]


def room(channel_id: str) -> str:
    """Name the room that only the members hear."""
    return f"chat:{channel_id}"


def audience(ref: Ref, event: Event, states: States, _at_ms: int) -> Iterable[Heard]:
    """Say who hears an event of a channel. `changes` holds new fields of its view.

    Raises:
        TypeError: the event is not one of a channel's.
    """
    channel: Channel = states[ref]
    payload: dict[str, Any]
    match event:
        case MessageSaid(number=number, player=player, text=text, said_ms=said_ms):
            kind = SAID
            payload = {
                "number": number,
                "player": player,
                "username": channel.people[player],
                "text": text,
                "said_ms": said_ms,
            }
        case ChannelOpened():
            kind = "chat.opened"
            payload = {"changes": channel_view(channel)}
        case ParticipantLeft(player=player):
            kind = "chat.left"
            payload = {"player": player, "changes": {"members": _members(channel)}}
        case ParticipantsReturned():
            kind = "chat.returned"
            payload = {"changes": {"members": _members(channel)}}
        case _:
            raise TypeError(event)
    yield Heard(rooms=(room(ref.id),), type=kind, payload=payload)


def channel_view(channel: Channel) -> ChannelView:
    """Show a channel without what is said in it."""
    members = _members(channel)
    return {"id": channel.id, "name": channel.name, "members": members}


def listed(channel: Channel) -> ListedChannel:
    """Show a channel in a list."""
    last = messages(channel)[-1:]
    return {**channel_view(channel), "last": last[0] if last else None}


def message_view(channel: Channel, message: Message) -> MessageView:
    """Show what somebody said."""
    return {
        "number": message.number,
        "player": message.player,
        "username": channel.people[message.player],
        "text": message.text,
        "said_ms": message.said_ms,
    }


def message_told(said: Mapping[str, Any]) -> MessageView:
    """Show what a broadcast told that somebody said."""
    return {
        "number": said["number"],
        "player": said["player"],
        "username": said["username"],
        "text": said["text"],
        "said_ms": said["said_ms"],
    }


def messages(channel: Channel | None) -> list[MessageView]:
    """Show what was said last, oldest first."""
    if channel is None:
        return []
    return [message_view(channel, said) for said in model.messages(channel)]


def _members(channel: Channel) -> list[MemberView]:
    found = model.members(channel)
    return [{"id": player, "username": found[player]} for player in found]
