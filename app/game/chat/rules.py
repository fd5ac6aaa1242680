"""Say what may happen in channels: open one, say something in it, leave it."""

from typing import Any

import app.game.players.model as players
from app.core import chance
from app.core.decider import Due, Outcome, States, check_new
from app.core.message import Command, Event, Ref, Rejected
from app.game.chat import model
from app.game.chat.model import (
    CHANNELS_MAX,
    Channel,
    ChannelOpened,
    MessageSaid,
    ParticipantLeft,
    ParticipantsReturned,
)
from app.game.players.model import ChannelEntered, ChannelLeft, Player


class OpenChannel(Command, frozen=True, kw_only=True):
    """Open a channel for some players: usernames by their ids.

    Two players have one channel. Whoever of them opens it, it is that one.
    """

    players: dict[str, str]
    name: str = ""


class EnterChannel(Command, frozen=True, kw_only=True):
    """Come into a channel that was opened: follows the opening, for each member."""

    channel: str


class Say(Command, frozen=True, kw_only=True):
    """Say something in a channel."""

    channel: str
    text: str


class LeaveChannel(Command, frozen=True, kw_only=True):
    """Be a member of a channel no longer."""

    channel: str


def open_loads(command: OpenChannel) -> tuple[Ref, ...]:
    """Name the channel, and the player who opens it."""
    return (model.ref(_named(command)), players.ref(command.player))


def say_loads(command: Say) -> tuple[Ref, ...]:
    """Name the channel alone: it knows its members."""
    return (model.ref(command.channel),)


def loads(command: EnterChannel | LeaveChannel) -> tuple[Ref, ...]:
    """Name the channel, and the player who comes or goes."""
    return (model.ref(command.channel), players.ref(command.player))


def open_channel(states: States, command: OpenChannel, now_ms: int) -> Outcome:
    """Open a channel; its other members come in by commands that follow at once.

    Raises:
        Rejected: `no_empire`, `channels_full`, `id_reused`; `invalid` where nobody
            else is named.
    """
    player: Player | None = states[players.ref(command.player)]
    if player is None:
        raise Rejected("no_empire", "Join the galaxy first.")
    if not _others(command):
        raise Rejected("invalid", fields={"players": ["Name somebody else."]})
    name = _named(command)
    if name not in player.channels and len(player.channels) >= CHANNELS_MAX:
        raise Rejected("channels_full", channels_max=CHANNELS_MAX)
    if len(_others(command)) > 1:
        check_new(states, model.ref(name))
    channel: Channel | None = states[model.ref(name)]
    if channel is not None:
        return _reopened(channel, command, now_ms)
    people = {player.id: player.username, **_others(command)}
    opened = ChannelOpened(channel=name, name=command.name, people=people)
    return Outcome(
        events=(
            (model.ref(name), opened),
            (players.ref(player.id), ChannelEntered(channel=name)),
        ),
        due=_due(command, name, tuple(_others(command)), now_ms),
        result=_answer(name, command.name, people),
    )


def _reopened(channel: Channel, command: OpenChannel, now_ms: int) -> Outcome:
    """Bring back who left the channel of two."""
    result = _answer(channel.id, channel.name, channel.people)
    if not channel.gone:
        return Outcome(result=result)
    ref = model.ref(channel.id)
    events: list[tuple[Ref, Event]] = [
        (ref, ParticipantsReturned(players=channel.gone))
    ]
    if command.player in channel.gone:
        entered = ChannelEntered(channel=channel.id)
        events.append((players.ref(command.player), entered))
    others = tuple(one for one in channel.gone if one != command.player)
    return Outcome(
        events=tuple(events),
        due=_due(command, channel.id, others, now_ms),
        result=result,
    )


def enter(states: States, command: EnterChannel, _now_ms: int) -> Outcome:
    """Come in; who is in too many channels, or has no empire here, stays out."""
    ref, own = model.ref(command.channel), players.ref(command.player)
    channel: Channel | None = states[ref]
    player: Player | None = states[own]
    if not model.is_member(channel, command.player):
        return Outcome()
    if player is None or len(player.channels) >= CHANNELS_MAX:
        return Outcome(events=((ref, ParticipantLeft(player=command.player)),))
    return Outcome(events=((own, ChannelEntered(channel=command.channel)),))


def say(states: States, command: Say, now_ms: int) -> Outcome:
    """Say something.

    Raises:
        Rejected: `not_found`, also to who is not a member.
    """
    channel = _own(states, command)
    number = channel.number + 1
    said = MessageSaid(
        number=number, player=command.player, text=command.text, said_ms=now_ms
    )
    return Outcome(
        events=((model.ref(channel.id), said),),
        result={"channel": channel.id, "number": number, "at_ms": now_ms},
    )


def leave(states: States, command: LeaveChannel, _now_ms: int) -> Outcome:
    """Go.

    Raises:
        Rejected: `not_found`, also to who is not a member.
    """
    channel = _own(states, command)
    return Outcome(
        events=(
            (model.ref(channel.id), ParticipantLeft(player=command.player)),
            (players.ref(command.player), ChannelLeft(channel=channel.id)),
        ),
        result={"channel": channel.id},
    )


def _own(states: States, command: Say | LeaveChannel) -> Channel:
    channel: Channel | None = states[model.ref(command.channel)]
    if channel is None or not model.is_member(channel, command.player):
        raise Rejected("not_found", "There is no such channel.")
    return channel


def _named(command: OpenChannel) -> str:
    others = _others(command)
    if len(others) == 1:
        return model.direct(command.player, *others)
    return chance.name(command.id, "channel")


def _others(command: OpenChannel) -> dict[str, str]:
    return model.without(command.players, (command.player,))


def _due(
    command: OpenChannel, channel: str, others: tuple[str, ...], now_ms: int
) -> tuple[Due, ...]:
    return tuple(
        Due(
            at_ms=now_ms,
            command=EnterChannel(
                id=chance.name(command.id, "enter", other),
                player=other,
                channel=channel,
            ),
        )
        for other in others
    )


def _answer(channel: str, name: str, people: dict[str, str]) -> dict[str, Any]:
    listed = [{"id": player, "username": people[player]} for player in people]
    return {"channel": channel, "name": name, "members": listed}
