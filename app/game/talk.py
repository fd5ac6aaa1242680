"""Show a player's channels, and what was said in them, for reads over HTTP."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from app.core.decider import States
from app.core.message import Ref, Rejected
from app.game.chat import model
from app.game.chat.model import Channel, Message
from app.game.chat.projection import said
from app.game.chat.views import (
    SAID,
    ListedChannel,
    MessageView,
    listed,
    message_told,
    message_view,
    messages,
)
from app.game.players import model as players
from app.game.players.model import Player


def channels_refs(player_id: str, known: States) -> tuple[Ref, ...]:
    """Name what `show_channels` is made of, given what is known so far."""
    player: Player | None = known.get(players.ref(player_id))
    talks = player.channels if player else ()
    return (players.ref(player_id), *map(model.ref, talks))


def show_channels(states: States) -> list[ListedChannel]:
    """Show channels, each with what was said in it last."""
    return [listed(state) for state in states.values() if isinstance(state, Channel)]


def channel_refs(channel_id: str) -> tuple[Ref, ...]:
    """Name what `last_messages` and `older_messages` have to see."""
    return (model.ref(channel_id),)


def last_messages(
    channel_id: str,
    player_id: str,
    states: States,
    broadcasts: Iterable[Mapping[str, Any]],
) -> list[MessageView]:
    """Show to a member what was said last, newest first: as far as it is at hand.

    The channel's last broadcasts reach further back than its state, beyond what may
    not be in the history yet.

    Raises:
        Rejected: `not_found`, also to who is not a member.
    """
    channel: Channel | None = states[model.ref(channel_id)]
    if not model.is_member(channel, player_id):
        raise Rejected("not_found", "There is no such channel.")
    found = {one["number"]: one for one in messages(channel)}
    told = (one for one in broadcasts if one["type"] == SAID)
    found |= {one["number"]: message_told(one) for one in told}
    return [found[number] for number in sorted(found, reverse=True)]


def older_messages(
    connection: Connection,
    which: tuple[str, str],
    states: States,
    page: tuple[int, int],
) -> list[MessageView]:
    """Show what the history has of `which` (galaxy, channel), newest first.

    `page` is the number before which, and how many messages at most.
    """
    channel: Channel = states[model.ref(which[1])]
    rows = said(connection, which, *page)
    return [message_view(channel, Message(**row)) for row in rows]
