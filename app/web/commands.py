"""Serve every wire command over HTTP: the same names, schemas, limits and ids."""

import re
import uuid
from functools import partial
from typing import Any

from flask import Response, jsonify, request
from marshmallow import Schema, fields
from webargs import missing

from app.core.message import Command, Rejected
from app.engine import logs
from app.engine.reply import Reply
from app.web import people, problems, strict_json
from app.web.galaxy import GalaxyChoice, chosen
from app.web.identity import identity, signed_in
from app.web.parts import parts
from app.web.strict_json import StrictBlueprint

KEY_HEADER = "Idempotency-Key"
KEY_PARAMETER: dict[str, Any] = {
    "in": "header",
    "name": KEY_HEADER,
    "description": "Id of the command; made by the server where absent.",
    "schema": {"type": "string", "format": "uuid"},
}
LIMIT_OF_UNKNOWN = "all"

_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")

blueprint = StrictBlueprint(
    "commands", __name__, url_prefix="/api/v1/commands", description="Play the game."
)


class Ack(Schema):
    """Answer an accepted command."""

    ok = fields.Boolean(required=True)
    id = fields.UUID(required=True)
    at_ms = fields.Integer(required=True)
    result = fields.Dict(required=True)


@blueprint.route("/<string:name>", methods=["POST"])
@signed_in
@blueprint.arguments(GalaxyChoice, location="query")
@blueprint.doc(
    parameters=[KEY_PARAMETER],
    requestBody={
        "description": "The command's data, as for Socket.IO but without `id`.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    },
)
@blueprint.response(200, Ack)
def run(query: dict[str, Any], name: str) -> Response:
    """Run a command by its wire name and answer its ack."""
    client_id = _client_id(request.headers.get(KEY_HEADER))
    galaxy = chosen(query)
    command = _translated(galaxy, name, client_id)
    logs.bind(command_id=command.id)
    return answer(galaxy.dispatcher.dispatch(command), client_id)


def _client_id(given: str | None) -> str:
    if given is None:
        return str(uuid.uuid4())
    if not _UUID.fullmatch(given):
        raise Rejected("invalid", fields={KEY_HEADER: ["Not a valid UUID."]})
    return given.lower()


def _translated(galaxy: Any, name: str, client_id: str) -> Command:
    game, player = parts().game, identity().player_id
    wire = game.WIRE.get(name)
    parts().limits.player(wire.limit if wire else LIMIT_OF_UNKNOWN, player)
    data = strict_json.body(request)
    command: Command = game.translate(
        name,
        {} if data is missing else data,
        player=player,
        command_id=f"{player}/{client_id}",
        find=partial(people.find, parts().cluster.postgres, game, galaxy),
    )
    return command


def answer(reply: Reply, client_id: str) -> Response:
    """Answer a command: its ack, or its refusal as a problem."""
    if reply.error is None:
        return jsonify(reply.ack(client_id))
    return problems.of_error(reply.error | {"id": client_id, "at_ms": reply.at_ms})
