"""Serve the rankings, as the persister last wrote them."""

from typing import Any

from marshmallow import Schema, fields, validate

from app.core.message import Rejected
from app.web.galaxy import GalaxyChoice, chosen
from app.web.identity import identity, signed_in
from app.web.parts import parts
from app.web.strict_json import StrictBlueprint

LIMIT_MAX = 100
OFFSET_MAX = 100_000
EACH_SIDE = 5

blueprint = StrictBlueprint(
    "leaderboards", __name__, url_prefix="/api/v1/leaderboards", description="Rankings."
)


class Page(GalaxyChoice):
    """Read which lines are wanted."""

    limit = fields.Integer(load_default=20, validate=validate.Range(1, LIMIT_MAX))
    offset = fields.Integer(load_default=0, validate=validate.Range(0, OFFSET_MAX))


class Line(Schema):
    """Show one line of a ranking."""

    rank = fields.Integer(required=True)
    player = fields.String(required=True)
    username = fields.String(required=True)
    power = fields.Integer(metadata={"description": "In the ranking `power`."})
    points = fields.Integer(metadata={"description": "In all other rankings."})
    battles = fields.Integer()
    victories = fields.Integer()


class Ranking(Schema):
    """Show a ranking's lines, and those around who asks."""

    name = fields.String(required=True)
    lines = fields.List(fields.Nested(Line), required=True)
    around_me = fields.List(fields.Nested(Line), required=True)


@blueprint.route("/<string:name>")
@signed_in
@blueprint.arguments(Page, location="query")
@blueprint.response(200, Ranking)
def show(page: dict[str, Any], name: str) -> dict[str, Any]:
    """Show a ranking."""
    ranking = parts().game.LEADERBOARDS.get(name)
    if ranking is None:
        raise Rejected("not_found", "There is no such ranking.")
    galaxy = chosen(page).id
    with parts().cluster.postgres_read.connect() as connection:
        lines = ranking.top(
            connection, galaxy, limit=page["limit"], offset=page["offset"]
        )
        around = ranking.around(
            connection, galaxy, identity().player_id, each_side=EACH_SIDE
        )
    return {"name": name, "lines": lines, "around_me": around}
