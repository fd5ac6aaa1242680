"""Check wire messages about battles, and describe their results."""

from typing import Any

from marshmallow import Schema, fields, post_load

from app.game.colonies.schema import Choice, Id
from app.game.combat.model.engine.spec import FORMATIONS
from app.game.combat.model.state import COLONY, FLEET
from app.game.fleets.schema import FleetSchema, OrderSchema


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
    """Ack of `fleets.attack`: what the first exchange did."""

    battle = fields.String(required=True)
    exchange = fields.Dict(required=True)


class SalvageResult(Schema):
    """Ack of `fleets.salvage`: what was taken, in units."""

    fleet = fields.String(required=True)
    debris = fields.String(required=True)
    taken = fields.Dict(required=True)


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
    order = fields.String(required=True)
    value = fields.String(required=True)
    tick = fields.Integer(required=True)
