"""Check wire messages about channels, and describe their results.

A text is data: it is kept as it was sent, and clients show it as text. Refused is what
no honest text holds and what makes a line show as another one than it is: control
characters and line ends, lone surrogates, and the marks that reorder what stands around
them. Nothing is taken out in silence, so that what was sent is what is heard. Joiners
and the plain marks of direction stay: emoji, Persian and Hebrew need them.
"""

import re
import unicodedata
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from app.game.chat.model import MEMBERS_MAX, TEXT_CHARACTERS_MAX
from app.game.colonies.schema import Id, Name, Text, time_ms

USERNAME_CHARACTERS_MAX = 32
RAW_CHARACTERS_MAX = 2 * TEXT_CHARACTERS_MAX
"""How long a text may be before it is trimmed."""

_REFUSED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_BLANK = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and signs that show as nothing."""
_SHOWN = frozenset("LNPS")
"""Categories of what shows by itself: letters, numbers, punctuation, symbols."""
_NAMING = frozenset("LMN")
"""Categories of what usernames are made of, beside - and _: letters, marks, numbers."""


class Said(Text):
    """Take what somebody says."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        raw = super()._deserialize(value, *args, **kwargs)
        if len(raw) > RAW_CHARACTERS_MAX:
            raise ValidationError("Too long.")
        if _REFUSED.search(raw):
            raise ValidationError("Has characters that don't show.")
        text = raw.strip()
        if not any(map(_shows, text)):
            raise ValidationError("Says nothing.")
        if len(text) > TEXT_CHARACTERS_MAX:
            raise ValidationError("Too long.")
        return text


class Username(Text):
    """Take what may be somebody's username."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        name = super()._deserialize(value, *args, **kwargs)
        if not all(map(_may_name, name)):
            raise ValidationError("Has characters that no username has.")
        return name


def _may_name(character: str) -> bool:
    return character in "-_" or unicodedata.category(character)[0] in _NAMING


def _shows(character: str) -> bool:
    return unicodedata.category(character)[0] in _SHOWN and character not in _BLANK


class OpenSchema(Schema):
    """`chat.open`."""

    players = fields.List(
        Username(validate=validate.Length(1, USERNAME_CHARACTERS_MAX)),
        required=True,
        validate=validate.Length(1, MEMBERS_MAX - 1),
        metadata={"description": "Usernames of who is to be in it beside oneself."},
    )
    name = Name("What to call it.", required=False)


class SaySchema(Schema):
    """`chat.say`."""

    channel = Id("Channel to speak in.")
    text = Said(
        required=True,
        metadata={
            "description": "One line of 1 to 500 characters, once trimmed.",
            "minLength": 1,
            "maxLength": RAW_CHARACTERS_MAX,
        },
    )


class LeaveSchema(Schema):
    """`chat.leave`."""

    channel = Id("Channel to leave.")


class Member(Schema):
    """Who is in a channel."""

    id = fields.String(required=True)
    username = fields.String(required=True)


class OpenResult(Schema):
    """Result of `chat.open`."""

    channel = fields.String(required=True)
    name = fields.String(required=True)
    members = fields.List(fields.Nested(Member), required=True)


class SayResult(Schema):
    """Result of `chat.say`."""

    channel = fields.String(required=True)
    number = fields.Integer(required=True)
    at_ms = time_ms("When it was said.")


class LeaveResult(Schema):
    """Result of `chat.leave`."""

    channel = fields.String(required=True)
