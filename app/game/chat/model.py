"""Keep channels of talk: who is in one, and what was said in it last."""

from collections.abc import Iterable

from msgspec import Raw, Struct, msgpack
from msgspec.structs import replace

from app.core import chance
from app.core.message import Event, Ref

KIND = "channel"

MEMBERS_MAX = 50
CHANNELS_MAX = 100
"""Channels that a player may be in (tune)."""
KEPT_MAX = 20
"""Messages that a channel keeps at hand; all of them are in the history."""
TEXT_CHARACTERS_MAX = 500


class Message(Struct, frozen=True, array_like=True):
    """Hold what somebody said."""

    number: int
    player: str
    text: str
    said_ms: int


_message = msgpack.Decoder(Message)


class Channel(Struct, frozen=True, kw_only=True):
    """Hold a channel: who may ever be in it, who of them has left, its last messages.

    `people` are usernames by the players' ids; they stay whom it was opened for.
    `number` counts the events of the channel. A commit holds one at most, so it is the
    aggregate's version as well, by which the history finds a message.
    """

    id: str
    name: str
    people: dict[str, str]
    gone: tuple[str, ...] = ()
    number: int = 0
    messages: tuple[Raw, ...] = ()
    """Packed: who looks who is in it, or says something, needn't read the others."""


class ChannelOpened(Event, frozen=True, kw_only=True):
    """Record a new channel, and for whom it is."""

    channel: str
    name: str
    people: dict[str, str]


class MessageSaid(Event, frozen=True, kw_only=True):
    """Record what a member said."""

    number: int
    player: str
    text: str
    said_ms: int


class ParticipantLeft(Event, frozen=True, kw_only=True):
    """Record that a member is none any more."""

    player: str


class ParticipantsReturned(Event, frozen=True, kw_only=True):
    """Record that some who had left are members again."""

    players: tuple[str, ...]


EVENTS: tuple[type[Event], ...] = (
    ChannelOpened,
    MessageSaid,
    ParticipantLeft,
    ParticipantsReturned,
)


def ref(channel_id: str) -> Ref:
    """Name the aggregate of a channel."""
    return Ref(KIND, channel_id)


def direct(player: str, other: str) -> str:
    """Name the one channel of two players."""
    return chance.name("direct", *sorted((player, other)))


def is_member(channel: Channel | None, player: str) -> bool:
    """Tell whether a player may hear a channel, and speak in it."""
    return (
        channel is not None and player in channel.people and player not in channel.gone
    )


def messages(channel: Channel) -> list[Message]:
    """Give what was said last, oldest first."""
    return [_message.decode(packed) for packed in channel.messages]


def members(channel: Channel) -> dict[str, str]:
    """Give the members' usernames by their ids."""
    return without(channel.people, channel.gone)


def without(people: dict[str, str], gone: Iterable[str]) -> dict[str, str]:
    """Give those of some people who have not left."""
    return {player: people[player] for player in people if player not in set(gone)}


def evolve(channel: Channel | None, event: Event) -> Channel:
    """Apply an event to a channel.

    Raises:
        TypeError: the event is not one of a channel's.
    """
    if isinstance(event, ChannelOpened):
        return Channel(id=event.channel, name=event.name, people=event.people, number=1)
    if channel is None:
        raise TypeError(event)
    number = channel.number + 1
    match event:
        case MessageSaid(player=player, text=text, said_ms=said_ms):
            said = Message(event.number, player, text, said_ms)
            packed = Raw(msgpack.encode(said))
            kept = (*channel.messages[1 - KEPT_MAX :], packed)
            return replace(channel, number=number, messages=kept)
        case ParticipantLeft(player=player):
            return replace(channel, number=number, gone=(*channel.gone, player))
        case ParticipantsReturned(players=players):
            gone = tuple(one for one in channel.gone if one not in players)
            return replace(channel, number=number, gone=gone)
    raise TypeError(event)
