"""Check wire messages about research, and describe their results."""

from marshmallow import Schema, fields

from app.game.colonies.schema import Choice, Id, by_resource, name_of, time_ms
from app.game.research.model import TECHNOLOGIES


class StartSchema(Schema):
    """`research.start`."""

    colony = Id("Colony whose lab works and whose stock pays.")
    technology = Choice(TECHNOLOGIES, "Technology to raise by a level.")


class CancelSchema(Schema):
    """`research.cancel`."""

    technology = Choice(TECHNOLOGIES, "Technology whose running project is given up.")


class StartResult(Schema):
    """Result of `research.start`."""

    project = fields.String(required=True)
    technology = name_of(TECHNOLOGIES)
    level = fields.Integer(required=True)
    colony = fields.String(required=True)
    started_ms = time_ms("When it started.")
    complete_ms = time_ms("When the level is learned.")


class CancelResult(Schema):
    """Result of `research.cancel`."""

    project = fields.String(required=True)
    technology = name_of(TECHNOLOGIES)
    refund = by_resource("What came back to the colony that paid.")
