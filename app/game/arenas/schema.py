"""Check wire messages about arenas, and describe their results."""

from marshmallow import Schema, fields, validate

from app.game.arenas import model
from app.game.colonies.schema import Id, Name, time_ms
from app.game.combat.model.shapes import Exchange


class BeginSchema(Schema):
    """`battle:begin`."""

    name = Name("What to call it.", required=False)
    sides = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(2, model.SIDES_MAX),
        metadata={"description": "Sides that fight one another."},
    )
    seats = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(1, model.SEATS_MAX),
        metadata={"description": "Players that a side takes."},
    )
    join_ms = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(model.JOIN_MS_MIN, model.JOIN_MS_MAX),
        metadata={"description": "How long others may join."},
    )


class JoinSchema(Schema):
    """`battle:join`."""

    battle = Id("Group battle to join.")
    side = fields.Integer(
        strict=True,
        validate=validate.Range(0, model.SIDES_MAX - 1),
        metadata={"description": "Side to fight on; by default where fewest are."},
    )
    group = Name("Fight on the side of those with the same.", required=False)


class SkirmishSchema(Schema):
    """`skirmish:begin`: there is nothing to say."""


class JoinResult(Schema):
    """Ack of `battle:join`."""

    battle = fields.String(required=True)
    side = fields.Integer(required=True)
    force = fields.String(
        required=True, metadata={"description": "What `combat.*` calls as `fleet`."}
    )


class BeginResult(JoinResult):
    """Ack of `battle:begin`."""

    join_until_ms = time_ms("When it starts.")


class SkirmishResult(JoinResult):
    """Ack of `skirmish:begin`: what the first exchange did."""

    exchange = fields.Dict(required=True, metadata={"x-view": Exchange.__name__})
