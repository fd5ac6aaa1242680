"""Let players fight battles that never were, by the engine of those that are."""

from typing import Any

from flask import request
from marshmallow import Schema, fields
from webargs import missing

from app.web import fighting, strict_json
from app.web.identity import signed_in_for
from app.web.parts import parts
from app.web.strict_json import StrictBlueprint

LIMIT = "simulate"
BUDGET_S = 5.0
"""How long one simulation may take; what isn't over then is shown as it stands."""

blueprint = StrictBlueprint(
    "simulator", __name__, url_prefix="/api/v1", description="What would happen if."
)


class Simulated(Schema):
    """Show what came of it; `over` is false where ticks or time ran out."""

    engine = fields.Integer(required=True)
    seed = fields.String(required=True)
    tick = fields.Integer(required=True)
    over = fields.Boolean(required=True)
    winner = fields.Integer(required=True)
    chain = fields.String(required=True)
    forces = fields.Dict(required=True)


@blueprint.route("/simulator", methods=["POST"])
@signed_in_for(LIMIT)
@blueprint.doc(
    requestBody={
        "description": "`seed`, `forces` and `orders` as a replay shows them, `ticks`.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
)
@blueprint.response(200, Simulated)
def simulate() -> dict[str, Any]:
    """Fight a battle of given forces and orders."""
    data = strict_json.body(request)
    simulation = parts().game.simulation({} if data is missing else data)
    fighting.run(simulation, BUDGET_S)
    result: dict[str, Any] = simulation.result()
    return result
