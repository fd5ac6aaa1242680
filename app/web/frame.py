"""Describe the messages of the protocol itself, which belong to no part of the game."""

from typing import Any

Shape = dict[str, Any]

_MS: Shape = {"type": "integer", "description": "Unix ms."}
_SEQ: Shape = {"type": "integer", "description": "Grows by 1 in each room."}
_ROOM: Shape = {
    "type": "string",
    "description": "`player:<id>`, `galaxy`, `sector:<x>:<y>`, `sector:<x>:<y>:full`.",
}


def _object(required: Shape, **optional: Any) -> Shape:
    return {
        "type": "object",
        "required": list(required),
        "properties": required | optional,
    }


def _map(values: Shape) -> Shape:
    return {"type": "object", "additionalProperties": values}


EVENT: Shape = _object(
    {"seq": _SEQ, "type": {"type": "string"}, "at_ms": _MS},
    changes={"type": "object", "description": "New values of the snapshot's fields."},
)
ERROR: Shape = _object({"code": {"type": "string"}, "message": {"type": "string"}})
ACK: Shape = {"type": "object", "description": "An ack, as of a single command."}

ROOM_HEALED: Shape = {
    "oneOf": [
        _object({"events": {"type": "array", "items": EVENT}}),
        _object({"seq": _SEQ, "at_ms": _MS, "snapshot": {"type": "object"}}),
        _object({"error": ERROR}),
    ]
}

AUTH: Shape = _object(
    {"token": {"type": "string", "description": "An access token; never in the URL."}},
    galaxy={"type": "string", "default": "1"},
)

VERBS: dict[str, tuple[str, Shape, Shape]] = {
    "batch": (
        "Run at most 20 commands in order, each with an id and an ack of its own.",
        _object(
            {
                "commands": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 20,
                    "items": _object(
                        {"name": {"type": "string"}, "data": {"type": "object"}}
                    ),
                }
            }
        ),
        _object({"acks": {"type": "array", "items": ACK}}),
    ),
    "resume": (
        "Get what was missed since the last number of each room, or a snapshot.",
        _object({"rooms": _map(_SEQ)}),
        _object({"rooms": _map(ROOM_HEALED)}),
    ),
    "time.sync": (
        "Compare clocks.",
        _object({"client_ms": {"type": "number"}}),
        _object({"client_ms": {"type": "number"}, "server_ms": _MS}),
    ),
    "auth.renew": (
        "Go on with a fresh access token before the old one runs out.",
        _object({"token": {"type": "string"}}),
        _object({"expires_ms": _MS}),
    ),
}
"""What clients send beside commands: name -> (what it does, data, result)."""

SENT: dict[str, tuple[str, Shape]] = {
    "welcome": (
        "The first message of a connection: who one is, and the rooms one is in.",
        _object(
            {
                "player_id": {"type": "string"},
                "galaxy": {"type": "string"},
                "instance": {"type": "string"},
                "server_ms": _MS,
                "rooms": _map(_SEQ),
                "config": {"type": "object"},
            }
        ),
    ),
    "events": (
        (
            "What happened in a room. `from` is the number before the first event; "
            "where it is not the last number seen, something was missed: `resume`."
        ),
        _object(
            {
                "room": _ROOM,
                "from": _SEQ,
                "to": _SEQ,
                "at_ms": _MS,
                "events": {"type": "array", "items": EVENT},
            }
        ),
    ),
    "notice": (
        (
            "What concerns the connection: `draining`, `resync`, `maintenance`, "
            "`rate_limited`, `unauthenticated`, `banned`."
        ),
        _object(
            {"code": {"type": "string"}, "message": {"type": "string"}},
            retry_after_ms={"type": "integer"},
        ),
    ),
}
"""What the server sends: name -> (what it means, data)."""

REFUSED_AT_CONNECT = (
    "unauthenticated",
    "banned",
    "no_empire",
    "draining",
    "too_many_connections",
    "unavailable",
)
"""Codes of `connect_error`."""
