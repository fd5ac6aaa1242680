"""Describe the HTTP interface (OpenAPI 3.1); what the routes don't say stands here."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Flask
from flask_smorest import Blueprint

from app.web import wire_schemas
from app.web.commands import KEY_HEADER, KEY_PARAMETER, REFUSED
from app.web.problems import CONTENT_TYPE, ProblemApi

TITLE = "Galactic Dominion"
VERSION = "1"
DESCRIPTION = (
    "Every error is a problem (RFC 9457) with `code`, `request_id` and, where input "
    "was bad, `fields`. Times are Unix ms of the server's clock, ids are strings."
)


def install(app: Flask, routes: Iterable[Blueprint]) -> None:
    """Register routes, and describe them."""
    app.config.update(
        API_TITLE=TITLE,
        API_VERSION=VERSION,
        OPENAPI_VERSION=wire_schemas.JSON_SCHEMA_VERSION,
        API_SPEC_OPTIONS={"info": {"description": DESCRIPTION}},
    )
    api = ProblemApi(app)
    bearer = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    api.spec.components.security_scheme("bearer", bearer)
    api.spec.components.response(REFUSED, _refused())
    for blueprint in routes:
        api.register_blueprint(blueprint)


def document(app: Flask, wire: Mapping[str, Any]) -> dict[str, Any]:
    """Give the whole description: the routes, and every command by its name."""
    api: ProblemApi = app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    described: dict[str, Any] = api.spec.to_dict()
    commands = {
        f"/api/v1/commands/{name}": {"post": _command(name, message)}
        for name, message in sorted(wire.items())
    }
    return {**described, "paths": {**described["paths"], **commands}}


def _command(name: str, message: Any) -> dict[str, Any]:
    return {
        "tags": ["commands"],
        "summary": f"Run `{name}`.",
        "operationId": name,
        "description": f"Counts as `{message.limit}` in the limits of the player.",
        "security": [{"bearer": []}],
        "parameters": [KEY_PARAMETER],
        "requestBody": {
            "required": True,
            "content": _json(wire_schemas.of(message.schema)),
        },
        "responses": {
            "200": {
                "description": f"Accepted; `id` is the {KEY_HEADER}.",
                "content": _json(wire_schemas.accepted(message.result)),
            },
            "default": {"$ref": f"#/components/responses/{REFUSED}"},
        },
    }


def _refused() -> dict[str, Any]:
    problem = {"$ref": "#/components/schemas/Problem"}
    schema = {"allOf": [problem, wire_schemas.REFUSED]}
    return {
        "description": "Refused: a problem that holds what the ack holds, too.",
        "content": {CONTENT_TYPE: {"schema": schema}},
    }


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
