"""Serve the whole galaxy to maps: what never changes, and where colonies lie."""

from functools import partial
from typing import Any

from flask import Response
from marshmallow import Schema, fields

from app.config import Settings
from app.web import galaxy, kept
from app.web.icons import LASTS_S, Icons, Read
from app.web.identity import signed_in
from app.web.kept import Kept
from app.web.parts import parts
from app.web.strict_json import StrictBlueprint

MAP_LASTS_S = 3_600
"""A galaxy stays as it is, but its address may come to mean another (a new season, a
local cluster made anew): a client asks again each hour, and mostly hears `304`."""
UNCHANGED = {"description": "What the client has is what there is (`If-None-Match`)."}

blueprint = StrictBlueprint(
    "atlas", __name__, url_prefix="/api/v1/galaxies", description="The galaxy, whole."
)


class Planets(Schema):
    """Show all planets as columns: the first of each belong together, and so on.

    `type` and `region` count in `types` and `regions`, from 0.
    """

    id = fields.List(fields.String(), required=True)
    x = fields.List(fields.Float(), required=True)
    y = fields.List(fields.Float(), required=True)
    type = fields.List(fields.Integer(), required=True)
    region = fields.List(fields.Integer(), required=True)
    types = fields.List(fields.String(metadata={"x-view": "PlanetType"}), required=True)
    regions = fields.List(fields.String(metadata={"x-view": "Region"}), required=True)


class Map(Schema):
    """Show what never changes of a galaxy; sectors are named `<x>:<y>`."""

    side = fields.Integer(required=True, metadata={"description": "In units."})
    sector = fields.Integer(required=True, metadata={"description": "In units."})
    planets = fields.Nested(Planets, required=True)
    hazards = fields.Dict(
        values=fields.String(metadata={"x-view": "Hazard"}),
        required=True,
        metadata={"description": "By sector."},
    )
    protected = fields.List(fields.String(), required=True)


class Places(Schema):
    """Show where colonies lie, as columns; a colony has the id of its planet."""

    id = fields.List(fields.String(), required=True)
    x = fields.List(fields.Float(), required=True)
    y = fields.List(fields.Float(), required=True)


class Colonies(Schema):
    """Show where all colonies lay at `at_ms`."""

    at_ms = fields.Integer(required=True)
    stale = fields.Boolean(
        required=True,
        metadata={"description": "The last known ones; the newest are out of reach."},
    )
    colonies = fields.Nested(Places, required=True)


def drawn(settings: Settings, game: Any) -> Kept:
    """Make the map's bytes: 0.3 s, which no caller should wait for."""
    return kept.keep(game.whole_map(settings.galaxy_seed, settings.planets))


def icons(cluster: Any, game: Any) -> dict[str, Icons]:
    """Make what knows the colonies of each galaxy."""
    return {
        name: Icons(partial(_read, cluster, game, name))
        for name in cluster.settings.galaxies
    }


def _read(cluster: Any, game: Any, name: str) -> Read:
    at_ms = cluster.galaxy(name).reads.now_ms()
    with cluster.postgres_read.connect() as connection:
        found = game.colony_places(connection, name, cluster.settings.planets)
    return Read(at_ms, found)


@blueprint.route("/<string:galaxy_id>/map")
@signed_in
@blueprint.response(200, Map)
@blueprint.alt_response(304, **UNCHANGED)
def whole_map(galaxy_id: str) -> Response:
    """Show what never changes: planets, hazards, protected sectors; with an ETag."""
    galaxy.named(galaxy_id)
    return kept.answer(parts().map, MAP_LASTS_S)


@blueprint.route("/<string:galaxy_id>/colonies")
@signed_in
@blueprint.response(200, Colonies)
@blueprint.alt_response(304, **UNCHANGED)
def colonies(galaxy_id: str) -> Response:
    """Show where all colonies lie, some seconds old; with an ETag."""
    galaxy.named(galaxy_id)
    return kept.answer(parts().icons[galaxy_id].show(), LASTS_S)
