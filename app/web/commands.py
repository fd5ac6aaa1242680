"""Serve every wire command over HTTP: the same names, schemas, limits and ids."""

import uuid
from functools import partial
from typing import Any

from flask import Response, g, json, jsonify, request
from marshmallow import Schema, fields
from webargs import missing

from app.core.message import Command, Rejected
from app.engine import logs
from app.engine.reply import Reply
from app.realtime.commands import client_id_of
from app.realtime.limits import EVERYTHING
from app.web import people, problems, strict_json
from app.web.galaxy import GalaxyChoice, chosen, named
from app.web.identity import identity, signed_in_by
from app.web.parts import parts
from app.web.strict_json import StrictBlueprint

KEY_HEADER = "Idempotency-Key"
KEY_PARAMETER: dict[str, Any] = {
    "in": "header",
    "name": KEY_HEADER,
    "description": "Id of the command; made by the server where absent.",
    "schema": {"type": "string", "format": "uuid"},
}
REFUSED = "COMMAND_REFUSED"
"""How the OpenAPI document calls the answer to a refused command."""

blueprint = StrictBlueprint(
    "commands", __name__, url_prefix="/api/v1/commands", description="Play the game."
)


class Ack(Schema):
    """Answer an accepted command."""

    ok = fields.Boolean(required=True)
    id = fields.UUID(required=True)
    at_ms = fields.Integer(required=True)
    result = fields.Dict(required=True)


@blueprint.before_request
def _identify() -> None:
    """Know the command's id before anything can refuse it; None where it is none."""
    given = request.headers.get(KEY_HEADER, str(uuid.uuid4()))
    g.client_id = client_id_of({"id": given})


@blueprint.after_request
def _as_ack(response: Response) -> Response:
    """Let a problem hold what the ack of a refusal holds."""
    if response.mimetype == problems.CONTENT_TYPE:
        told: dict[str, Any] = json.loads(response.get_data())
        error = {name: one for name, one in told.items() if name not in problems.FRAME}
        at_ms = g.get("at_ms") or _now_ms()
        ack = {"ok": False, "id": g.client_id, "at_ms": at_ms, "error": error}
        response.set_data(json.dumps(told | ack))
    return response


def _now_ms() -> int:
    """Tell the time of the galaxy that is meant, of the first where there is none."""
    names = parts().settings.galaxies
    asked = request.args.get("galaxy")
    return int(named(asked if asked in names else names[0]).reads.now_ms())


def _limit_of(name: str) -> str:
    wire = parts().game.WIRE.get(name)
    return wire.limit if wire else EVERYTHING


@blueprint.route("/<string:name>", methods=["POST"])
@signed_in_by(_limit_of)
@blueprint.arguments(GalaxyChoice, location="query")
@blueprint.doc(
    parameters=[KEY_PARAMETER],
    requestBody={
        "description": "The command's data, as for Socket.IO but without `id`.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    },
    responses={"default": REFUSED, 422: REFUSED},
)
@blueprint.response(200, Ack)
def run(query: dict[str, Any], name: str) -> Response:
    """Run a command by its wire name and answer its ack, as a problem if refused."""
    client_id = _client_id()
    galaxy = chosen(query)
    command = _translated(galaxy, name, client_id)
    logs.bind(command_id=command.id)
    reply: Reply = galaxy.dispatcher.dispatch(command)
    if reply.error is None:
        return jsonify(reply.ack(client_id))
    g.at_ms = reply.at_ms
    return problems.of_error(reply.error)


def _client_id() -> str:
    found: str | None = g.client_id
    if found is None:
        raise Rejected("invalid", fields={KEY_HEADER: ["Not a valid UUID."]})
    return found


def _translated(galaxy: Any, name: str, client_id: str) -> Command:
    game, player = parts().game, identity().player_id
    data = strict_json.body(request)
    command: Command = game.translate(
        name,
        {} if data is missing else data,
        player=player,
        command_id=f"{player}/{client_id.lower()}",
        find=partial(people.find, parts().cluster.postgres, game, galaxy),
    )
    return command
