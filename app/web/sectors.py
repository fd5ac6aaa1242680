"""Serve the map as the player who asks sees it."""

import re
from typing import Any

import orjson
from flask import Response, jsonify
from marshmallow import Schema, fields, validate

from app.core.message import Ref, Rejected
from app.core.units import MILLI
from app.engine.reads import Near
from app.realtime.limits import EVERYTHING
from app.web.galaxy import GalaxyChoice, chosen
from app.web.identity import identity, signed_in_for
from app.web.parts import parts
from app.web.strict_json import StrictBlueprint

RADIUS_MAX = 900
"""Units: no more sectors than a view may have."""
NEAR_MAX = 200

_NUMBER = re.compile(r"-?\d{1,32}(\.\d{1,32})?([eE][+-]?\d{1,3})?", re.ASCII)

blueprint = StrictBlueprint(
    "map", __name__, url_prefix="/api/v1", description="What the player sees."
)


class Number(fields.Float):
    """Take a finite number as JSON would spell it."""

    def __init__(self, description: str, **more: Any) -> None:
        metadata = {"description": description}
        super().__init__(required=True, allow_nan=False, metadata=metadata, **more)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> float | None:
        if not _NUMBER.fullmatch(str(value)):
            raise self.make_error("invalid", input=value)
        found: float | None = super()._deserialize(value, *args, **kwargs)
        return found


class Box(GalaxyChoice):
    """Read which part of the map is meant, in units."""

    x0 = Number("Left edge.")
    y0 = Number("Upper edge.")
    x1 = Number("Right edge, not before the left.")
    y1 = Number("Lower edge, not before the upper.")


class Sector(Schema):
    """Show one sector. Broadcasts of its room go on from `seq`."""

    x = fields.Integer(required=True)
    y = fields.Integer(required=True)
    tier = fields.String(
        required=True,
        validate=validate.OneOf(("full", "public")),
        metadata={"description": "`full` where the player sees the sector."},
    )
    room = fields.String(required=True)
    seq = fields.Integer(required=True)
    at_ms = fields.Integer(required=True)
    snapshot = fields.Dict(required=True, metadata={"x-view": "RoomView"})
    planets = fields.List(fields.Dict(metadata={"x-view": "PlanetView"}), required=True)
    hazard = fields.String(
        required=True, allow_none=True, metadata={"x-view": "Hazard"}
    )
    protected = fields.Boolean(required=True)


class Sectors(Schema):
    """Show a part of the map."""

    sectors = fields.List(fields.Nested(Sector), required=True)


class Circle(GalaxyChoice):
    """Read around which point to look, in units."""

    x = Number("Place of the centre.")
    y = Number("Place of the centre.")
    r = Number(
        "How far to look.",
        validate=validate.Range(0, RADIUS_MAX),
    )


class Nearby(Schema):
    """Show what is near, nearest first. `more` tells that there is more than shown."""

    at_ms = fields.Integer(required=True)
    near = fields.List(fields.Dict(), required=True)
    more = fields.Boolean(required=True)


@blueprint.route("/sectors")
@signed_in_for(EVERYTHING)
@blueprint.arguments(Box, location="query")
@blueprint.response(200, Sectors)
def sectors(query: dict[str, Any]) -> Response:
    """Show the sectors that a box touches, at most 400, each as far as it is seen."""
    galaxy, seen = _looked(query)
    area = parts().game.area_of(
        **{side: query[side] for side in ("x0", "y0", "x1", "y1")}
    )
    settings = parts().settings
    chart = parts().game.chart(settings.galaxy_seed, settings.planets, area, seen)
    shots = galaxy.reads.snapshots(chart)
    return jsonify(
        {
            "sectors": [
                {
                    **sector,
                    "room": room,
                    "seq": shots[room].seq,
                    "at_ms": shots[room].at_ms,
                    "snapshot": orjson.Fragment(shots[room].data),
                }
                for room, sector in chart.items()
            ]
        }
    )


@blueprint.route("/nearby")
@signed_in_for(EVERYTHING)
@blueprint.arguments(Circle, location="query")
@blueprint.response(200, Nearby)
def nearby(query: dict[str, Any]) -> Response:
    """Show what the player sees within `r` of a point, nearest first, at most 200."""
    galaxy, seen = _looked(query)
    game = parts().game
    if not game.is_inside(query["x"], query["y"]):
        raise Rejected("invalid", fields={"x": ["Outside of the galaxy."]})
    x_milli, y_milli, radius_milli = (int(query[name] * MILLI) for name in "xyr")

    def is_shown(place: str, ref: Ref) -> bool:
        shown: bool = game.may_show(seen, place, ref.kind)
        return shown

    found: list[Near] = galaxy.reads.near(x_milli, y_milli, radius_milli, is_shown)
    shown = [game.show_near(one, seen) for one in found[:NEAR_MAX]]
    at_ms = galaxy.reads.now_ms()
    return jsonify({"at_ms": at_ms, "near": shown, "more": len(found) > NEAR_MAX})


def _looked(query: dict[str, Any]) -> tuple[Any, int]:
    """Give the galaxy, and what the player sees of it now.

    Raises:
        Rejected: `not_found`, `no_empire`.
        Unavailable: a server doesn't answer.
    """
    galaxy, player = chosen(query), identity().player_id
    seen = parts().instance.look(galaxy, player)
    if seen is None:
        raise Rejected("no_empire", "Join the galaxy first.")
    return galaxy, seen
