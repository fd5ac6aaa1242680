"""Let players fight battles that never were, by the engine of those that are."""

from threading import BoundedSemaphore
from time import monotonic
from typing import Any

from flask import request
from marshmallow import Schema, fields
from webargs import missing

from app.core.message import Rejected
from app.realtime.runtime import offload, sleep
from app.web import strict_json
from app.web.identity import identity, signed_in
from app.web.parts import parts
from app.web.strict_json import StrictBlueprint

LIMIT = "simulate"
BUDGET_S = 5.0
"""How long one simulation may take; what isn't over then is shown as it stands."""
PART_TICKS = 2
"""Ticks between two rests: 6 ms of the largest battle."""
REST_PARTS = 2
"""How long a simulation rests after a part, in times that the part took: while it runs,
sockets wait for the interpreter."""
AT_ONCE_MAX = 1
"""Simulations that an instance runs at a time: it has sockets to serve."""
BUSY_RETRY_MS = 2_000

_turns = BoundedSemaphore(AT_ONCE_MAX)

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
@signed_in
@blueprint.doc(
    requestBody={
        "description": "`seed`, `forces` and `orders` as a replay shows them, `ticks`.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
)
@blueprint.response(200, Simulated)
def simulate() -> dict[str, Any]:
    """Fight a battle of given forces and orders."""
    parts().limits.player(LIMIT, identity().player_id)
    data = strict_json.body(request)
    simulation = parts().game.simulation({} if data is missing else data)
    if not _turns.acquire(blocking=False):
        raise Rejected("busy", retry_after_ms=BUSY_RETRY_MS)
    try:
        _run(simulation)
    finally:
        _turns.release()
    result: dict[str, Any] = simulation.result()
    return result


def _run(simulation: Any) -> None:
    """Fight in parts, off the hub of green threads, and rest between them."""
    began_s = monotonic()
    while not simulation.is_done and monotonic() < began_s + BUDGET_S:
        part_s = monotonic()
        offload(simulation.go_on, PART_TICKS)
        sleep(REST_PARTS * (monotonic() - part_s))
