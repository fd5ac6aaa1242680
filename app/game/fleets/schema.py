"""Check wire messages about fleets, and describe their results.

Coordinates are numbers in units with at most three decimals, inside of the galaxy; they
become milli-units here.
"""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from app.core.units import MILLI, decimal
from app.game.colonies.model.stock import RESOURCES
from app.game.colonies.model.units import UNITS
from app.game.colonies.schema import (
    Id,
    Name,
    Rounded,
    Text,
    by_resource,
    counts,
    name_of,
    time_ms,
)
from app.game.fleets.model.shapes import STANCES, FleetOrder
from app.game.fleets.model.travel import (
    PATROL_POINTS_MAX,
    PATROL_POINTS_MIN,
    VIA_MAX,
)
from app.game.galaxy.model.map import SIDE

SHIPS_MAX = 10**9
CARGO_MAX = 10**12
TIME_MAX_MS = 2**53 - 1
ORDER = {"x-view": FleetOrder.__name__}
"""How documents call what a fleet is told to do."""


class Coordinate(fields.Float):
    """Take a number of units inside of the galaxy, as milli-units."""

    def __init__(self, description: str) -> None:
        super().__init__(
            required=True,
            metadata={
                "description": description,
                "minimum": 0,
                "exclusiveMaximum": SIDE,
            },
        )

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.make_error("invalid")
        if not 0 <= value < SIDE:
            raise ValidationError("Lies outside of the galaxy.")
        milli = round(value * MILLI)
        if decimal(milli) != value or milli >= SIDE * MILLI:
            raise ValidationError("Has more than three decimals.")
        return milli


class PointSchema(Schema):
    """A point of the galaxy."""

    x = Coordinate("Units from the left.")
    y = Coordinate("Units from the top.")

    @post_load
    def _pair(self, point: dict[str, int], **_options: Any) -> tuple[int, int]:
        return point["x"], point["y"]


class Points(fields.List[Any]):
    """Take points in their order."""

    def __init__(self, least: int, most: int, description: str, **options: Any) -> None:
        super().__init__(
            fields.Nested(PointSchema),
            validate=validate.Length(least, most),
            metadata={"description": description},
            **options,
        )

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(value, list):
            raise self.make_error("invalid")
        return tuple(super()._deserialize(value, *args, **kwargs))


class Flag(fields.Boolean):
    """Take true or false, and nothing that looks like it."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return value


def _counts(names: Any, most: int, description: str) -> fields.Dict:
    return fields.Dict(
        keys=Text(validate=validate.OneOf(sorted(names))),
        values=fields.Integer(strict=True, validate=validate.Range(1, most)),
        required=True,
        validate=validate.Length(min=1),
        metadata={"description": description},
    )


def _ships(description: str) -> fields.Dict:
    return _counts(UNITS, SHIPS_MAX, description)


class FleetSchema(Schema):
    """Any message about one fleet: `fleets.stop`, `fleets.clear`."""

    fleet = Id("Fleet that is meant.")


class OrderSchema(FleetSchema):
    """Any order."""

    queue = Flag(
        metadata={"description": "Wait until the fleet is done with its orders."}
    )


class LaunchSchema(Schema):
    """`fleets.launch`."""

    colony = Id("Colony whose ships leave.")
    ships = _ships("How many of which unit.")
    name = Name("Name of the fleet; it gets one where there is none.", required=False)


class MoveSchema(OrderSchema):
    """`fleets.move`."""

    to = fields.Nested(
        PointSchema, required=True, metadata={"description": "Where to go."}
    )
    via = Points(0, VIA_MAX, "Points to pass on the way.")
    predicted_arrival_ms = Rounded(
        TIME_MAX_MS,
        allow_none=True,
        metadata={"description": "When the client thinks it will arrive. Unix ms."},
    )

    @post_load
    def _without_nulls(self, sent: dict[str, Any], **_options: Any) -> dict[str, Any]:
        return {field: value for field, value in sent.items() if value is not None}


class SplitSchema(FleetSchema):
    """`fleets.split`."""

    ships = _ships("How many of which unit leave to be a fleet of their own.")


class MergeSchema(FleetSchema):
    """`fleets.merge`."""

    into = Id("Fleet that takes all in.")


class PostSchema(OrderSchema):
    """`fleets.defend` and `fleets.blockade`."""

    colony = Id("Colony to go to.")


class PatrolSchema(OrderSchema):
    """`fleets.patrol`."""

    points = Points(
        PATROL_POINTS_MIN,
        PATROL_POINTS_MAX,
        "Points to visit, again and again.",
        required=True,
    )


class TransportSchema(OrderSchema):
    """`fleets.transport`."""

    source = Id("Own colony to load at.", data_key="from")
    target = Id("Own colony to unload at.", data_key="to")
    cargo = _counts(RESOURCES, CARGO_MAX, "Whole units, by resource.")


class ColoniseSchema(OrderSchema):
    """`fleets.colonise`."""

    planet = Id("Free planet to settle on.")


class ReturnSchema(OrderSchema):
    """`fleets.return`."""

    colony = Id("Own colony to land at; home where none is named.", required=False)


class RenameSchema(FleetSchema):
    """`fleets.rename`."""

    name = Name("1 to 32 characters that can be shown; taken in NFKC form.")


class PathPoint(Schema):
    """A place at a time."""

    x = fields.Float(required=True)
    y = fields.Float(required=True)
    at_ms = time_ms("When the fleet is there.")


class CourseResult(Schema):
    """Result of an order: the course set out on, or the place in the queue."""

    fleet = fields.String(required=True)
    order = fields.String(required=True)
    depart_ms = time_ms("When it sets out.", required=False)
    arrive_ms = time_ms("When it arrives.", required=False)
    path = fields.List(
        fields.Nested(PathPoint), metadata={"description": "The way, in straight legs."}
    )
    queued = fields.Integer(
        metadata={"description": "Place in the queue, where the order has to wait."}
    )


class MoveResult(CourseResult):
    """Result of `fleets.move`."""

    corrected_ms = fields.Integer(
        metadata={"description": "How much later it arrives than was predicted."}
    )


class FleetShown(Schema):
    """A fleet as its owner sees it."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    home = fields.String(
        required=True, metadata={"description": "Colony that pays its upkeep."}
    )
    ships = counts(UNITS, "How many of which unit.")
    x = fields.Float(required=True)
    y = fields.Float(required=True)
    path = fields.List(fields.Nested(PathPoint), required=True)
    order = fields.Dict(required=True, allow_none=True, metadata=ORDER)
    queue = fields.List(fields.Dict(metadata=ORDER), required=True)
    stance = name_of(STANCES)
    post = fields.String(
        required=True, metadata={"description": "Colony it defends or blockades."}
    )
    battle = fields.String(required=True)
    cargo = by_resource("What it carries.")
    cargo_capacity = fields.Integer(
        required=True, metadata={"description": "Units it can carry, before research."}
    )
    speed = fields.Integer(
        required=True,
        metadata={"description": "Units a second, before research and weather."},
    )
    range = fields.Integer(
        required=True,
        metadata={"description": "Greatest weapon range in units, before research."},
    )
    sensor = fields.Float(
        required=True,
        metadata={"description": "How far it sees in units, before weather."},
    )
    upkeep = fields.Integer(
        required=True, metadata={"description": "Energy an hour, before research."}
    )


class FleetResult(FleetShown):
    """Result of `fleets.launch`."""

    fleet = fields.String(required=True)


class StopResult(Schema):
    """Result of `fleets.stop`."""

    fleet = fields.String(required=True)
    x = fields.Float(required=True)
    y = fields.Float(required=True)
    at_ms = time_ms("Since when it stands there.")


class ClearResult(Schema):
    """Result of `fleets.clear`."""

    fleet = fields.String(required=True)
    cleared = fields.Integer(
        required=True, metadata={"description": "Orders that were called off."}
    )


class SplitResult(Schema):
    """Result of `fleets.split`."""

    fleet = fields.String(required=True)
    new = fields.String(required=True)
    fleets = fields.List(
        fields.Nested(FleetShown),
        required=True,
        metadata={"description": "Both, as they are now."},
    )


class MergeResult(Schema):
    """Result of `fleets.merge`."""

    fleet = fields.String(required=True)
    ships = counts(UNITS, "What it has then.")


class RenameResult(Schema):
    """Result of `fleets.rename`."""

    fleet = fields.String(required=True)
    name = fields.String(required=True)
