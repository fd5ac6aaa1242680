"""Describe the messages of the protocol itself, which belong to no part of the game."""

from typing import Any

Shape = dict[str, Any]

_MS: Shape = {"type": "integer", "description": "Unix ms."}
_SEQ: Shape = {"type": "integer", "description": "Grows by 1 in each room."}
_ROOM: Shape = {
    "type": "string",
    "description": (
        "`player:<id>`, `galaxy`, `sector:<x>:<y>` for all, `sector:<x>:<y>:full` for "
        "who sees it, `battle:<id>`, `chat:<id>`."
    ),
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

ROOM_SHOWN: Shape = _object({"seq": _SEQ, "at_ms": _MS, "snapshot": {"type": "object"}})
ROOM_HEALED: Shape = {
    "oneOf": [
        _object({"events": {"type": "array", "items": EVENT}}),
        ROOM_SHOWN,
        _object({"error": ERROR}),
    ]
}
VIEW: Shape = _object(
    {"rooms": _map(ROOM_SHOWN), "left": {"type": "array", "items": _ROOM}}
)


def _edge(which: str) -> Shape:
    return {"type": "number", "description": f"{which} edge, in units."}


BOX: Shape = _object(
    {
        "x0": _edge("Left"),
        "y0": _edge("Upper"),
        "x1": _edge("Right"),
        "y1": _edge("Lower"),
    }
)

AUTH: Shape = _object(
    {"token": {"type": "string", "description": "An access token; never in the URL."}},
    galaxy={"type": "string", "default": "1"},
)

VERBS: dict[str, tuple[str, Shape, Shape]] = {
    "view.set": (
        (
            "Look at a part of the map, at most 400 sectors, and at no other. The "
            "rooms newly entered are shown; of each sector the one that the player's "
            "vision allows. Counts as `all` in the limits of the player."
        ),
        BOX,
        VIEW,
    ),
    "view.clear": (
        "Look at nothing; the own sectors and what was resumed by name stay.",
        _object({}),
        VIEW,
    ),
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
        (
            "Get what was missed since the last number of each room, or a snapshot: "
            "also where vision may have had a gap."
        ),
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
    "entered": (
        (
            "Rooms that are heard from now on, since vision was gained or lost: a "
            "sector has one tier at a time. Broadcasts go on from each `seq`."
        ),
        _object({"rooms": _map(ROOM_SHOWN), "at_ms": _MS}),
    ),
    "left": (
        (
            "Rooms that are heard no longer, since vision was lost or gained; it "
            "comes before the `entered` of the other tier. What they showed may be "
            "kept as last seen at `at_ms`."
        ),
        _object({"rooms": {"type": "array", "items": _ROOM}, "at_ms": _MS}),
    ),
    "notice": (
        (
            "What concerns the connection: `draining` and `resync` (move on, or "
            "`resume` all rooms, after `retry_after_ms`), `rate_limited`, "
            "`unauthenticated`, `banned`."
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
    "internal",
)
"""Codes of `connect_error`."""
