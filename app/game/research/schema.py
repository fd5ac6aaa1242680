"""Check wire messages about research."""

from marshmallow import Schema

from app.game.colonies.schema import Choice, Id
from app.game.research.model import TECHNOLOGIES


class StartSchema(Schema):
    """`research.start`."""

    colony = Id("Colony whose lab works and whose stock pays.")
    technology = Choice(TECHNOLOGIES, "Technology to raise by a level.")


class CancelSchema(Schema):
    """`research.cancel`."""

    technology = Choice(TECHNOLOGIES, "Technology whose running project is given up.")
