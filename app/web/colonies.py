"""Serve a player's own colonies and research."""

from typing import Any

from flask import Response, jsonify

from app.core.message import Rejected
from app.web import own
from app.web.galaxy import GalaxyChoice, chosen
from app.web.identity import identity, signed_in
from app.web.strict_json import StrictBlueprint

blueprint = StrictBlueprint(
    "colonies", __name__, url_prefix="/api/v1", description="What a player has."
)


def _own(query: dict[str, Any]) -> dict[str, Any]:
    shown = own.snapshot(chosen(query), identity().player_id)
    if shown["player"] is None:
        raise Rejected("no_empire", "Join the galaxy first.")
    return shown


@blueprint.route("/colonies/<string:colony_id>")
@signed_in
@blueprint.arguments(GalaxyChoice, location="query")
@blueprint.response(200)
def colony(query: dict[str, Any], colony_id: str) -> Response:
    """Show an own colony; one of somebody else is as if absent.

    Amounts are those at `resources.at_ms`; they run on at `rates_per_hour`.
    """
    shown = own.snapshot(chosen(query), identity().player_id)
    found = shown["colonies"].get(colony_id)
    if found is None:
        raise Rejected("not_found", "There is no such colony.")
    return jsonify(found | {"stale": shown["stale"]})


@blueprint.route("/research")
@signed_in
@blueprint.arguments(GalaxyChoice, location="query")
@blueprint.response(200)
def research(query: dict[str, Any]) -> Response:
    """Show what the player knows, and what is being researched."""
    shown = _own(query)
    known = {"technologies": shown["player"]["technologies"]}
    return jsonify(known | shown["research"] | {"stale": shown["stale"]})
