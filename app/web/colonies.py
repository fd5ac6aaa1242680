"""Serve a player's own colonies and research."""

from typing import Any

from flask import Response, jsonify
from marshmallow import INCLUDE, Schema, fields

from app.core.message import Rejected, is_id
from app.web import own
from app.web.galaxy import GalaxyChoice, chosen
from app.web.identity import identity, signed_in
from app.web.parts import parts
from app.web.strict_json import StrictBlueprint

ABSENT = "There is no such colony."

blueprint = StrictBlueprint(
    "colonies", __name__, url_prefix="/api/v1", description="What a player has."
)


class Resources(Schema):
    """Show a stock as of `at_ms`; it runs on at `rates_per_hour` up to `capacity`."""

    amounts = fields.Dict(required=True)
    rates_per_hour = fields.Dict(required=True)
    capacity = fields.Dict(required=True)
    at_ms = fields.Integer(required=True)


class Colony(Schema):
    """Show a colony to its owner."""

    class Meta:
        """More may stand here."""

        unknown = INCLUDE

    id = fields.String(required=True)
    name = fields.String(required=True)
    x = fields.Float(required=True)
    y = fields.Float(required=True)
    region = fields.String(required=True)
    planet_type = fields.String(required=True)
    resources = fields.Nested(Resources, required=True)
    buildings = fields.Dict(required=True)
    queue = fields.List(fields.Dict(), required=True)
    units = fields.Dict(required=True)
    stale = fields.Boolean(required=True)


class Knowledge(Schema):
    """Show what a player has learned and is learning."""

    technologies = fields.Dict(values=fields.Integer(), required=True)
    projects = fields.List(
        fields.Dict(metadata={"x-view": "ProjectView"}), required=True
    )
    stale = fields.Boolean(required=True)


@blueprint.route("/colonies/<string:colony_id>")
@signed_in
@blueprint.arguments(GalaxyChoice, location="query")
@blueprint.response(200, Colony)
def colony(query: dict[str, Any], colony_id: str) -> Response:
    """Show an own colony; one of somebody else is as if absent."""
    if not is_id(colony_id):
        raise Rejected("not_found", ABSENT)
    game, player, galaxy = parts().game, identity().player_id, chosen(query)
    seen = own.states(galaxy, game.colony_refs(colony_id, player))
    shown = game.show_colony(colony_id, player, seen.states, seen.at_ms)
    return jsonify(shown | {"stale": seen.stale})


@blueprint.route("/research")
@signed_in
@blueprint.arguments(GalaxyChoice, location="query")
@blueprint.response(200, Knowledge)
def research(query: dict[str, Any]) -> Response:
    """Show what the player knows, and what is being researched."""
    shown = own.snapshot(chosen(query), identity().player_id)
    if shown["player"] is None:
        raise Rejected("no_empire", "Join the galaxy first.")
    known = {"technologies": shown["player"]["technologies"]}
    return jsonify(known | shown["research"] | {"stale": shown["stale"]})
