"""Serve the group battles that one can join or watch."""

from typing import Any

import orjson
from marshmallow import INCLUDE, Schema, fields

from app.web import own
from app.web.galaxy import GalaxyChoice, chosen
from app.web.identity import signed_in
from app.web.parts import parts
from app.web.strict_json import StrictBlueprint

ROOM = "galaxy"
LOOKED_AT_MAX = 256
"""Broadcasts to all among which calls are looked for: as many as are kept."""

blueprint = StrictBlueprint(
    "arenas", __name__, url_prefix="/api/v1", description="Group battles."
)


class Arena(Schema):
    """Show a group battle, as its room does."""

    class Meta:
        """More may stand here."""

        unknown = INCLUDE

    id = fields.String(required=True)
    name = fields.String(required=True)
    sides = fields.Integer(required=True)
    seats = fields.Integer(required=True)
    join_until_ms = fields.Integer(required=True)
    state = fields.String(required=True)
    entries = fields.List(fields.Dict(), required=True)


class Arenas(Schema):
    """List group battles, those called for last first."""

    at_ms = fields.Integer(required=True)
    arenas = fields.List(fields.Nested(Arena), required=True)


@blueprint.route("/arenas")
@signed_in
@blueprint.arguments(GalaxyChoice, location="query")
@blueprint.response(200, Arenas)
def show_all(query: dict[str, Any]) -> dict[str, Any]:
    """List the latest group battles that wait or go on, at most 20."""
    galaxy = chosen(query)
    events = map(orjson.loads, galaxy.reads.latest(ROOM, LOOKED_AT_MAX))
    seen = own.states(galaxy, parts().game.lobby_refs(events))
    return {"at_ms": seen.at_ms, "arenas": parts().game.show_lobby(seen.states)}
