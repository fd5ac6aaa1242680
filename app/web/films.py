"""Let battles be watched: finished ones by their link, and some that never were."""

from typing import Any

from flask import Response, jsonify, request
from marshmallow import Schema, fields, validate
from webargs import missing

from app.realtime import address
from app.web import fighting, own, strict_json
from app.web.galaxy import named
from app.web.identity import signed_in_for
from app.web.parts import parts
from app.web.reports import battle_of, refs
from app.web.strict_json import StrictBlueprint

LIMIT = "film"
BUDGET_S = 2.0
"""How long a page may take; the next one goes on from there."""
LASTS_S = 24 * 3_600
"""A page of a finished battle stays what it is."""
TICKS_MAX = 6_000

blueprint = StrictBlueprint(
    "films", __name__, url_prefix="/api/v1", description="Battles to be watched."
)


class Page(Schema):
    """Read from which tick on a battle is watched: `next_tick` of the page before."""

    from_tick = fields.Integer(load_default=0, validate=validate.Range(0, TICKS_MAX))


def _column(of: str) -> fields.List:
    return fields.List(fields.Integer(), required=True, metadata={"description": of})


class Tally(Schema):
    """Show what is left of a force, and what it did."""

    ships = fields.Dict(fields.String(), fields.Integer(), required=True)
    lost = fields.Dict(fields.String(), fields.Integer(), required=True)
    dealt = fields.Integer(required=True)
    state = fields.String(required=True)


class Frame(Schema):
    """Show the field at a tick, as columns: the first of each belong together."""

    tick = fields.Integer(required=True)
    id = _column("Of an entity, the same in every frame.")
    force = _column("Place in the page's `forces`, from 0.")
    unit = _column("Place in the page's `units`, from 0.")
    ships = _column("A squadron has several.")
    x = _column("In units, from the battle's place.")
    y = _column("In units, from the battle's place.")
    hp = _column("Percent of what it came with.")
    target = _column("Id of what it fights or closes in on, -1 for none.")
    forces = fields.Dict(fields.String(), fields.Nested(Tally), required=True)


class Frames(Schema):
    """Show what was on the field at every tenth tick and at the end.

    There is more to watch while `next_tick` is not null; a page may be empty.
    """

    engine = fields.Integer(required=True)
    tick = fields.Integer(required=True)
    chain = fields.String(required=True)
    over = fields.Boolean(required=True)
    winner = fields.Integer(required=True)
    next_tick = fields.Integer(required=True, allow_none=True)
    forces = fields.List(fields.String(), required=True)
    units = fields.List(fields.String(), required=True)
    frames = fields.List(fields.Nested(Frame), required=True)


@blueprint.route("/replays/<string:token>/frames")
@blueprint.arguments(Page, location="query")
@blueprint.response(200, Frames)
def watch(page: dict[str, int], token: str) -> Response:
    """Show a finished battle to whoever has the link, a page of frames at a time."""
    asking = address.of(request.environ)
    parts().limits.address(LIMIT, asking)
    galaxy_id, battle_id = battle_of(token)
    states = own.states(named(galaxy_id), refs(battle_id)).states
    film = parts().game.film_of(battle_id, states, page["from_tick"])
    answer = _shown(film, _limited_home(asking))
    answer.cache_control.public = True
    answer.cache_control.max_age = LASTS_S
    return answer


@blueprint.route("/simulator/frames", methods=["POST"])
@signed_in_for(LIMIT)
@blueprint.arguments(Page, location="query")
@blueprint.doc(
    requestBody={
        "description": "The same as of `POST /simulator`.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
)
@blueprint.response(200, Frames)
def imagine(page: dict[str, int]) -> Response:
    """Show a battle that never was, a page of frames at a time."""
    data = strict_json.body(request)
    asked = {} if data is missing else data
    return _shown(parts().game.film(asked, page["from_tick"]))


def _limited_home(asking: str) -> str:
    """Name the home of an address; none where it is free of limits."""
    return "" if parts().limits.is_free(asking) else address.home(asking)


def _shown(film: Any, home: str = "") -> Response:
    fighting.run(film, BUDGET_S, home)
    return jsonify(film.page())
