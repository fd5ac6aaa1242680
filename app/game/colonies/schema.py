"""Check wire messages about colonies; names and limits come from the tables."""

import re
import unicodedata
from typing import Any

from confusable_homoglyphs import confusables  # type: ignore[import-untyped]
from marshmallow import Schema, ValidationError, fields, validate

from app.game.colonies.model.buildings import BUILDINGS
from app.game.colonies.model.stock import RESOURCES
from app.game.colonies.model.units import BATCH_MAX, UNITS

ID_PATTERN = "^[0-9A-Za-z_-]{1,64}$"
NAME_CHARACTERS_MAX = 32
CLAIM_MAX = 10**15


class Text(fields.String):
    """Take text; bytes are no text."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        return value


class Id(Text):
    """Take an opaque id."""

    def __init__(self, description: str) -> None:
        metadata = {"description": description, "pattern": ID_PATTERN}
        super().__init__(required=True, metadata=metadata)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, *args, **kwargs)
        if not re.fullmatch(ID_PATTERN, text) or text.endswith("\n"):
            raise ValidationError("Not an id.")
        return text


class Choice(Text):
    """Take one of some names."""

    def __init__(self, names: Any, description: str) -> None:
        super().__init__(
            required=True,
            validate=validate.OneOf(sorted(names)),
            metadata={"description": description},
        )


class Name(Text):
    """Take a name that can be shown anywhere, and bring it into one form (NFKC)."""

    def __init__(self, description: str) -> None:
        super().__init__(
            required=True,
            validate=validate.Length(1, NAME_CHARACTERS_MAX),
            metadata={"description": description},
        )

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, *args, **kwargs)
        if len(text) > NAME_CHARACTERS_MAX * 4:
            raise ValidationError("Too long.")
        name = " ".join(unicodedata.normalize("NFKC", text).split(" ")).strip(" ")
        if not name.isprintable():
            raise ValidationError("Has characters that can't be shown.")
        if confusables.is_dangerous(name):
            raise ValidationError("Mixes scripts that look alike.")
        return name


class BuildSchema(Schema):
    """`colonies.build`."""

    colony = Id("Colony that builds.")
    building = Choice(BUILDINGS, "Building to raise by a level.")


class DemolishSchema(Schema):
    """`colonies.demolish`."""

    colony = Id("Colony that loses the building.")
    building = Choice(BUILDINGS, "Building to tear down, with all its levels.")


class TrainSchema(Schema):
    """`colonies.train`."""

    colony = Id("Colony whose shipyard trains.")
    unit = Choice(UNITS, "Unit to train.")
    count = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(1, BATCH_MAX),
        metadata={"description": "How many; they are ready together."},
    )


class CancelSchema(Schema):
    """`colonies.cancel`."""

    colony = Id("Colony that the order belongs to.")
    order = Id("Order to cancel.")


class SyncSchema(Schema):
    """`colonies.sync`."""

    colony = Id("Colony that the client predicts.")
    predicted = fields.Dict(
        keys=Text(validate=validate.OneOf(RESOURCES)),
        values=fields.Integer(strict=True, validate=validate.Range(0, CLAIM_MAX)),
        required=True,
        metadata={"description": "Whole units that the client shows, by resource."},
    )


class RenameSchema(Schema):
    """`colonies.rename`."""

    colony = Id("Colony to name.")
    name = Name("1 to 32 characters that can be shown; taken in NFKC form.")
