"""Check wire messages about battles, and describe their results."""

import re
from collections.abc import Iterable
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from app.core.units import MILLI, decimal
from app.game.colonies.model.buildings import LEVEL_MAX
from app.game.colonies.model.units import UNITS
from app.game.colonies.schema import Choice, Id, Text, by_resource, name_of
from app.game.combat.model.engine.dice import SEED_BITS
from app.game.combat.model.engine.spec import (
    FORCES_MAX,
    FORMATIONS,
    MODIFIER_MAX,
    MODIFIER_MIN,
    MODIFIERS,
    ORDERS,
    ORDERS_MAX,
    PLACE_MAX_MILLI,
    SHIPS_MAX,
    SIDES_MAX,
    TICKS_MAX,
    Force,
    Order,
)
from app.game.combat.model.shapes import Exchange
from app.game.combat.model.state import COLONY, FLEET
from app.game.fleets.schema import FleetSchema, OrderSchema

_DIGITS = re.compile(r"\d{1,20}", re.ASCII)


class TargetSchema(Schema):
    """What is attacked."""

    kind = Choice((FLEET, COLONY), "What it is.")
    id = Id("Which one.")

    @post_load
    def _pair(self, target: dict[str, str], **_options: Any) -> tuple[str, str]:
        return target["kind"], target["id"]


class AttackSchema(OrderSchema):
    """`fleets.attack`."""

    target = fields.Nested(
        TargetSchema, required=True, metadata={"description": "Fleet or colony."}
    )


class SalvageSchema(FleetSchema):
    """`fleets.salvage`."""

    debris = Id("Debris to take aboard.")


class ReinforceSchema(FleetSchema):
    """`combat.reinforce`."""

    battle = Id("Battle to join.")


class RetreatSchema(Schema):
    """`combat.retreat`."""

    battle = Id("Battle that it is about.")
    fleet = Id("Own force in it: a fleet, a seat, or a colony's garrison.")


class FocusSchema(RetreatSchema):
    """`combat.focus`."""

    target = Id("Force to fire at while it is in range.")


class FormationSchema(RetreatSchema):
    """`combat.formation`."""

    formation = Choice(FORMATIONS, "How to stand.")


class AttackResult(Schema):
    """Ack of `fleets.attack`: the first exchange, or the order's place in the queue."""

    battle = fields.String(metadata={"description": "Where it has begun."})
    exchange = fields.Dict(metadata={"x-view": Exchange.__name__})
    fleet = fields.String(metadata={"description": "Where the order has to wait."})
    order = fields.String()
    queued = fields.Integer(metadata={"description": "Place in the queue."})


class SalvageResult(Schema):
    """Ack of `fleets.salvage`."""

    fleet = fields.String(required=True)
    debris = fields.String(required=True)
    taken = by_resource("What was taken, in units.")


class ReinforceResult(Schema):
    """Ack of `combat.reinforce`: it fights from the tick after `tick` on."""

    battle = fields.String(required=True)
    fleet = fields.String(required=True)
    side = fields.Integer(required=True)
    tick = fields.Integer(required=True)


class OrderResult(Schema):
    """Ack of an order in battle: it stands from the tick after `tick` on."""

    battle = fields.String(required=True)
    fleet = fields.String(required=True)
    order = name_of(ORDERS)
    value = fields.String(required=True)
    tick = fields.Integer(required=True)


class Offset(fields.Float):
    """Take a number of units from a battle's place, as milli-units."""

    def __init__(self, description: str) -> None:
        most = PLACE_MAX_MILLI // MILLI
        super().__init__(
            load_default=0,
            metadata={"description": description, "minimum": -most, "maximum": most},
        )

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.make_error("invalid")
        if not abs(value) * MILLI <= PLACE_MAX_MILLI:
            raise ValidationError("Too far away.")
        milli = round(value * MILLI)
        if decimal(milli) != value:
            raise ValidationError("Has more than three decimals.")
        return milli


class Seed(Text):
    """Take 64 bits as decimal digits: more than a JSON number is sure to hold."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, *args, **kwargs)
        if not _DIGITS.fullmatch(text) or int(text) >= 1 << SEED_BITS:
            raise ValidationError("Not a number of 64 bits.")
        return int(text)


def _whole(least: int, most: int, description: str, default: int = 0) -> fields.Integer:
    return fields.Integer(
        strict=True,
        load_default=default,
        validate=validate.Range(least, most),
        metadata={"description": description},
    )


def _counts(names: Iterable[str], least: int, most: int) -> fields.Dict:
    return fields.Dict(
        keys=Text(validate=validate.OneOf(sorted(names))),
        values=fields.Integer(strict=True, validate=validate.Range(least, most)),
        load_default=dict,
    )


class SimulatedForceSchema(Schema):
    """A force of a battle that never was."""

    id = Id("What orders call it.")
    side = _whole(0, SIDES_MAX - 1, "All other sides are its enemies.")
    ships = _counts(UNITS, 0, SHIPS_MAX)
    modifiers = _counts(MODIFIERS, MODIFIER_MIN, MODIFIER_MAX)
    grid = _whole(0, LEVEL_MAX, "Level of a defense_grid.")
    tick = _whole(0, TICKS_MAX, "It joins after this tick.")
    x = Offset("Units from the middle.")
    y = Offset("Units from the middle.")

    @post_load
    def _made(self, data: dict[str, Any], **_options: Any) -> Force:
        place = {"x_milli": data.pop("x"), "y_milli": data.pop("y")}
        return Force(**data, **place)


class SimulatedOrderSchema(Schema):
    """An order in a battle that never was."""

    tick = _whole(0, TICKS_MAX, "It stands after this tick.")
    force = Id("Whose order it is.")
    kind = Choice(ORDERS, "What to do.")
    value = Text(load_default="", validate=validate.Length(max=64))

    @post_load
    def _made(self, data: dict[str, Any], **_options: Any) -> Order:
        return Order(**data)


class SimulatorSchema(Schema):
    """`POST /simulator`: what a battle is fought with, as a replay shows it."""

    forces = fields.List(
        fields.Nested(SimulatedForceSchema),
        required=True,
        validate=validate.Length(1, FORCES_MAX),
    )
    orders = fields.List(
        fields.Nested(SimulatedOrderSchema),
        load_default=list,
        validate=validate.Length(0, ORDERS_MAX),
    )
    seed = Seed(load_default=0)
    ticks = _whole(1, TICKS_MAX, "Ticks to fight at most.", TICKS_MAX)
