"""Serve a player's own colonies and research."""

from typing import Any

from flask import Response, jsonify

from app.core.message import Rejected
from app.web import own
from app.web.galaxy import GalaxyChoice, chosen
from app.web.identity import identity, signed_in
from app.web.parts import parts
from app.web.strict_json import StrictBlueprint

OWNERS_FIELD = "resources"
"""Only the owner's view of a colony holds it."""

blueprint = StrictBlueprint(
    "colonies", __name__, url_prefix="/api/v1", description="What a player has."
)


@blueprint.route("/colonies/<string:colony_id>")
@signed_in
@blueprint.arguments(GalaxyChoice, location="query")
@blueprint.response(200)
def colony(query: dict[str, Any], colony_id: str) -> Response:
    """Show an own colony; one of somebody else is as if absent."""
    game, player, galaxy = parts().game, identity().player_id, chosen(query)
    seen = own.states(galaxy, game.colony_refs(colony_id, player))
    shown = game.show_colony(colony_id, player, seen.states, seen.at_ms)
    if OWNERS_FIELD not in shown:
        raise Rejected("not_found", "There is no such colony.")
    return jsonify(shown | {"stale": seen.stale})


@blueprint.route("/research")
@signed_in
@blueprint.arguments(GalaxyChoice, location="query")
@blueprint.response(200)
def research(query: dict[str, Any]) -> Response:
    """Show what the player knows, and what is being researched."""
    shown = own.snapshot(chosen(query), identity().player_id)
    if shown["player"] is None:
        raise Rejected("no_empire", "Join the galaxy first.")
    known = {"technologies": shown["player"]["technologies"]}
    return jsonify(known | shown["research"] | {"stale": shown["stale"]})
