"""Check wire messages about colonies, and describe their results.

Names and limits come from the tables. Every message schema is strict: unknown fields,
other types and other spellings are refused.
"""

import unicodedata
from collections.abc import Iterable
from typing import Any

from confusable_homoglyphs import confusables  # type: ignore[import-untyped]
from marshmallow import Schema, ValidationError, fields, validate

from app.core.message import ID_PATTERN, is_id
from app.core.units import MILLI
from app.game.colonies.model.buildings import BUILDINGS
from app.game.colonies.model.stock import RESOURCES
from app.game.colonies.model.units import BATCH_MAX, UNITS

NAME_CHARACTERS_MAX = 32
RAW_CHARACTERS_MAX = 4 * NAME_CHARACTERS_MAX
"""How long a name may be before it is brought into one form."""
CLAIM_MAX = 10**15

_BLANK_LETTERS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and signs that show as nothing."""


class Text(fields.String):
    """Take text; bytes are no text."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        return value


class Id(Text):
    """Take an opaque id."""

    def __init__(self, description: str, **options: Any) -> None:
        metadata = {"description": description, "pattern": f"^{ID_PATTERN}$"}
        super().__init__(**{"required": True, "metadata": metadata, **options})

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, *args, **kwargs)
        if not is_id(text):
            raise ValidationError("Not an id.")
        return text


class Choice(Text):
    """Take one of some names."""

    def __init__(self, names: Iterable[str], description: str) -> None:
        super().__init__(
            required=True,
            validate=validate.OneOf(sorted(names)),
            metadata={"description": description},
        )


class Rounded(fields.Float):
    """Take a number from 0 to `most`, rounded to whole `parts` of one."""

    def __init__(self, most: int, *, parts: int = 1, **options: Any) -> None:
        super().__init__(**options)
        self.metadata = {**self.metadata, "minimum": 0, "maximum": most}
        self._most, self._parts = most, parts

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.make_error("invalid")
        if not 0 <= value <= self._most:
            raise ValidationError(f"Must be 0 to {self._most}.")
        return round(value * self._parts)


class Name(Text):
    """Take a name that can be shown anywhere, and bring it into one form (NFKC)."""

    def __init__(self, description: str, *, required: bool = True) -> None:
        super().__init__(
            required=required,
            validate=validate.Length(1, NAME_CHARACTERS_MAX),
            metadata={"description": description},
        )

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, *args, **kwargs)
        if len(text) > RAW_CHARACTERS_MAX:
            raise ValidationError("Too long.")
        name = unicodedata.normalize("NFKC", text).strip(" ")
        if not _is_showable(name):
            raise ValidationError("Has characters that don't show.")
        if confusables.is_dangerous(name):
            raise ValidationError("Mixes scripts that look alike.")
        return name


def _is_showable(name: str) -> bool:
    """Tell whether every character shows, and no letter is buried under marks."""
    if not name.isprintable() or _BLANK_LETTERS & set(name):
        return False
    kinds = "".join(unicodedata.category(character)[0] for character in name)
    return not kinds.startswith("M") and "MMM" not in kinds


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
        values=Rounded(CLAIM_MAX, parts=MILLI),
        required=True,
        attribute="predicted_milli",
        metadata={"description": "Units that the client shows, by resource."},
    )


class RenameSchema(Schema):
    """`colonies.rename`."""

    colony = Id("Colony to name.")
    name = Name("1 to 32 characters that can be shown; taken in NFKC form.")


def by_resource(description: str, *, least: int = 0) -> fields.Dict:
    """Describe numbers by resource, `least` of them."""
    return fields.Dict(
        keys=fields.String(validate=validate.OneOf(RESOURCES)),
        values=fields.Float(),
        required=True,
        metadata={"description": description}
        | ({"minProperties": least} if least else {}),
    )


def counts(names: Iterable[str], description: str) -> fields.Dict:
    """Describe whole numbers by name."""
    return fields.Dict(
        keys=fields.String(validate=validate.OneOf(list(names))),
        values=fields.Integer(),
        required=True,
        metadata={"description": description},
    )


def name_of(names: Iterable[str]) -> fields.String:
    """Describe one of some names."""
    return fields.String(required=True, validate=validate.OneOf(list(names)))


def time_ms(description: str, *, required: bool = True) -> fields.Integer:
    """Describe a time of the server's clock."""
    metadata = {"description": f"{description} Unix ms."}
    return fields.Integer(required=required, metadata=metadata)


class BuildResult(Schema):
    """Result of `colonies.build`."""

    order = fields.String(required=True)
    colony = fields.String(required=True)
    building = name_of(BUILDINGS)
    level = fields.Integer(required=True)
    started_ms = time_ms("When its turn comes.")
    complete_ms = time_ms("When the level stands.")


class TrainResult(Schema):
    """Result of `colonies.train`."""

    order = fields.String(required=True)
    colony = fields.String(required=True)
    unit = name_of(UNITS)
    count = fields.Integer(required=True)
    started_ms = time_ms("When its turn comes.")
    complete_ms = time_ms("When the units are ready.")


class CancelResult(Schema):
    """Result of `colonies.cancel`."""

    order = fields.String(required=True)
    colony = fields.String(required=True)
    refund = by_resource("What came back.")


class DemolishResult(Schema):
    """Result of `colonies.demolish`."""

    colony = fields.String(required=True)
    building = name_of(BUILDINGS)
    level = fields.Integer(required=True)


class SyncResult(Schema):
    """Result of `colonies.sync`: the truth."""

    amounts = by_resource("What the colony holds.", least=len(RESOURCES))
    rates_per_hour = by_resource("How fast that grows.", least=len(RESOURCES))
    capacity = by_resource("How far that grows.", least=len(RESOURCES))
    at_ms = time_ms("When that was so.")
    until_ms = time_ms("When it stops growing, unless the owner is heard of.")


class RenameResult(Schema):
    """Result of `colonies.rename`."""

    colony = fields.String(required=True)
    name = fields.String(required=True)
