"""Serve a player's channels of talk, and what was said in them."""

from typing import Any

import orjson
from marshmallow import Schema, fields, validate

from app.core.message import Rejected, is_id
from app.engine.redis import Unavailable
from app.web import own
from app.web.galaxy import GalaxyChoice, chosen
from app.web.identity import identity, signed_in
from app.web.parts import parts
from app.web.strict_json import StrictBlueprint

LIMIT_MAX = 100
TOLD_MAX = 256
"""Broadcasts that are looked through: as many as are kept."""
NEWEST = 2**53
"""The number before which all messages are."""

blueprint = StrictBlueprint(
    "chat", __name__, url_prefix="/api/v1/chat", description="Talk among players."
)


class MessagesPage(GalaxyChoice):
    """Read which messages are wanted: those before a number."""

    limit = fields.Integer(load_default=50, validate=validate.Range(1, LIMIT_MAX))
    before = fields.Integer(
        load_default=NEWEST,
        validate=validate.Range(1, NEWEST),
        metadata={"description": "`next` of a page, or any message's `number`."},
    )


class Channels(Schema):
    """List the channels that a player is a member of, the newest last."""

    channels = fields.List(
        fields.Dict(metadata={"x-view": "ListedChannel"}), required=True
    )
    stale = fields.Boolean(required=True)


class Messages(Schema):
    """Show messages, newest first; `next` is where the page after this one begins."""

    messages = fields.List(
        fields.Dict(metadata={"x-view": "MessageView"}), required=True
    )
    next = fields.Integer(required=True, allow_none=True)


@blueprint.route("/channels")
@signed_in
@blueprint.arguments(GalaxyChoice, location="query")
@blueprint.response(200, Channels)
def show_channels(query: dict[str, Any]) -> dict[str, Any]:
    """List own channels, each with what was said in it last."""
    galaxy, game, player = chosen(query), parts().game, identity().player_id
    known = own.states(galaxy, game.channels_refs(player, {})).states
    seen = own.states(galaxy, game.channels_refs(player, known))
    return {"channels": game.show_channels(seen.states), "stale": seen.stale}


@blueprint.route("/channels/<string:channel_id>/messages")
@signed_in
@blueprint.arguments(MessagesPage, location="query")
@blueprint.response(200, Messages)
def show_messages(page: dict[str, Any], channel_id: str) -> dict[str, Any]:
    """Show what was said in a channel, to its members."""
    if not is_id(channel_id):
        raise Rejected("not_found", "There is no such channel.")
    galaxy, game = chosen(page), parts().game
    before, limit = page["before"], page["limit"]
    states = own.states(galaxy, game.channel_refs(channel_id)).states
    told = _told(galaxy, channel_id)
    last = game.last_messages(channel_id, identity().player_id, states, told)
    found = [one for one in last if one["number"] < before][:limit]
    if len(found) < limit:
        rest = min([before, *(one["number"] for one in found)]), limit - len(found)
        with parts().cluster.postgres_read.connect() as connection:
            found += game.older_messages(
                connection, (galaxy.id, channel_id), states, rest
            )
    return {"messages": found, "next": _next(found, limit)}


def _told(galaxy: Any, channel_id: str) -> list[dict[str, Any]]:
    """Read a channel's last broadcasts; none while Redis is away."""
    try:
        return list(
            map(orjson.loads, galaxy.reads.latest(f"chat:{channel_id}", TOLD_MAX))
        )
    except Unavailable:
        return []


def _next(found: list[dict[str, Any]], limit: int) -> int | None:
    """Give the number before which the next page is; None after the first message."""
    return found[-1]["number"] if len(found) == limit else None


def export(player_id: str) -> list[dict[str, Any]]:
    """Give what a person said, for the export of all that is kept of them."""
    with parts().cluster.postgres_read.connect() as connection:
        said: list[dict[str, Any]] = parts().game.said_by(connection, player_id)
    return said
