"""Serve a player's own fleets."""

from typing import Any

from flask import Response, jsonify
from marshmallow import INCLUDE, Schema, fields

from app.core.message import Rejected
from app.web import own
from app.web.galaxy import GalaxyChoice, chosen
from app.web.identity import identity, signed_in
from app.web.strict_json import StrictBlueprint

blueprint = StrictBlueprint(
    "fleets", __name__, url_prefix="/api/v1/fleets", description="Own fleets."
)


class Fleet(Schema):
    """Show a fleet to its owner: it stands at (x, y), or left from there on `path`."""

    class Meta:
        """More may stand here."""

        unknown = INCLUDE

    id = fields.String(required=True)
    name = fields.String(required=True)
    home = fields.String(required=True)
    ships = fields.Dict(required=True)
    x = fields.Float(required=True)
    y = fields.Float(required=True)
    path = fields.List(fields.Dict(), required=True)
    order = fields.Dict(required=True, allow_none=True)
    queue = fields.List(fields.Dict(), required=True)
    battle = fields.String(required=True)
    cargo = fields.Dict(required=True)


class Fleets(Schema):
    """List fleets."""

    fleets = fields.List(fields.Nested(Fleet), required=True)
    stale = fields.Boolean(required=True)


@blueprint.route("")
@signed_in
@blueprint.arguments(GalaxyChoice, location="query")
@blueprint.response(200, Fleets)
def list_own(query: dict[str, Any]) -> Response:
    """List the player's fleets, whole, as they are now."""
    shown = own.snapshot(chosen(query), identity().player_id)
    if shown["player"] is None:
        raise Rejected("no_empire", "Join the galaxy first.")
    fleets = list(shown["fleets"].values())
    return jsonify({"fleets": fleets, "stale": shown["stale"]})
