"""Describe the Socket.IO interface (AsyncAPI 3) from the game's tables.

A message is what Socket.IO calls an event: its name is the event's name, its payload
the one argument. What clients send is answered by an ack.
"""

from typing import Any

from app.web import frame, view_schemas, wire_schemas
from app.web.openapi import TITLE, VERSION

_CHANNEL = "#/channels/namespace"
_DESCRIPTION = (
    "Socket.IO, path `/socket.io/`, namespace `/`. Connect with "
    "`auth: {token, galaxy}`; a refusal is a `connect_error` with a `data.code` of "
    + ", ".join(f"`{code}`" for code in frame.REFUSED_AT_CONNECT)
    + "."
)


def document(game: Any) -> dict[str, Any]:
    """Make the document from the game's tables: its wire, and what it shows."""
    messages: dict[str, Any] = {}
    operations: dict[str, Any] = {}
    for name, message in sorted(game.WIRE.items()):
        text = f"Counts as `{message.limit}` in the limits of the player."
        data = _identified(wire_schemas.of(message.schema))
        ack = wire_schemas.accepted(message.result)
        _add_sent_by_client(messages, operations, name, (text, data, ack))
    for name, (text, data, result) in frame.VERBS.items():
        ack = _ack(result)
        _add_sent_by_client(messages, operations, name, (text, data, ack))
    for name, (text, data) in frame.SENT.items():
        messages[name] = _message(name, text, data)
        operations[name] = _operation("send", name)
    return _framed(messages, operations, _shown(game))


def _shown(game: Any) -> dict[str, Any]:
    """Describe views, and by room what its broadcasts and its snapshot are."""
    found = view_schemas.components(game.shown())
    for name in {view.__name__ for views in game.HEARD.values() for view in views}:
        found[name] = _numbered(found[name])
    heard = {
        room: {"oneOf": [_schema(view.__name__) for view in views]}
        for room, views in game.HEARD.items()
    }
    rooms = {
        room: {"properties": {"snapshot": _schema(view.__name__), "event": heard[room]}}
        for room, view in game.ROOMS.items()
    }
    about = "Room -> what its snapshot shows, and what an event of it may be."
    return {**found, "rooms": {"description": about, "properties": rooms}}


def _numbered(shape: dict[str, Any]) -> dict[str, Any]:
    """Add what every event has beside what it says."""
    numbers = {name: frame.EVENT["properties"][name] for name in ("seq", "at_ms")}
    return {
        **shape,
        "required": [*numbers, *shape["required"]],
        "properties": numbers | shape["properties"],
    }


def _schema(name: str) -> dict[str, str]:
    return {"$ref": view_schemas.REF.format(name=name)}


def _add_sent_by_client(
    messages: dict[str, Any],
    operations: dict[str, Any],
    name: str,
    described: tuple[str, dict[str, Any], dict[str, Any]],
) -> None:
    text, data, accepted = described
    ack = f"{name}.ack"
    answers = {"oneOf": [accepted, wire_schemas.REFUSED]}
    messages[name] = _message(name, text, data)
    messages[ack] = _message(ack, f"Ack of `{name}`.", answers)
    reply = {"channel": {"$ref": _CHANNEL}, "messages": [_in_channel(ack)]}
    operations[name] = {**_operation("receive", name), "reply": reply}


def _identified(data: dict[str, Any]) -> dict[str, Any]:
    return {
        **data,
        "required": ["id", *data.get("required", [])],
        "properties": {"id": wire_schemas.CLIENT_ID, **data.get("properties", {})},
    }


def _ack(result: dict[str, Any]) -> dict[str, Any]:
    ok = {"ok": {"const": True}, "id": {"type": ["string", "null"]}}
    properties = {**ok, "at_ms": {"type": "integer"}, "result": result}
    return {"type": "object", "required": list(properties), "properties": properties}


def _message(name: str, text: str, payload: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "summary": text, "payload": payload}


def _operation(action: str, name: str) -> dict[str, Any]:
    return {
        "action": action,
        "channel": {"$ref": _CHANNEL},
        "messages": [_in_channel(name)],
    }


def _in_channel(name: str) -> dict[str, str]:
    return {"$ref": f"{_CHANNEL}/messages/{name}"}


def _framed(
    messages: dict[str, Any], operations: dict[str, Any], shown: dict[str, Any]
) -> dict[str, Any]:
    refs = {name: {"$ref": f"#/components/messages/{name}"} for name in messages}
    token = {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "In the `auth` payload of the connection, not in a header.",
    }
    return {
        "asyncapi": "3.0.0",
        "info": {"title": TITLE, "version": VERSION, "description": _DESCRIPTION},
        "defaultContentType": "application/json",
        "servers": {
            "cluster": {
                "host": "{host}",
                "pathname": "/socket.io/",
                "protocol": "socket.io",
                "variables": {"host": {"default": "localhost:8080"}},
                "security": [{"$ref": "#/components/securitySchemes/token"}],
            }
        },
        "channels": {
            "namespace": {"address": "/", "messages": refs},
        },
        "operations": operations,
        "components": {
            "messages": messages,
            "schemas": {"auth": frame.AUTH, **shown},
            "securitySchemes": {"token": token},
        },
    }
