"""Check what clients send to the account routes, and describe what they get."""

from marshmallow import Schema, ValidationError, fields, validate

from app.web import passwords, usernames

EMAIL_MAX = 254


def _username(name: str) -> None:
    flaw = usernames.flaw(name)
    if flaw:
        raise ValidationError(flaw)


_password = validate.Length(passwords.LENGTH_MIN, passwords.LENGTH_MAX)
_given = validate.Length(1, passwords.LENGTH_MAX)
"""What a login sends may be wrong in any way but too long."""


class Registration(Schema):
    """Read `POST /auth/register`."""

    username = fields.String(
        required=True,
        validate=_username,
        metadata={
            "minLength": usernames.LENGTH_MIN,
            "maxLength": usernames.LENGTH_MAX,
            "description": "Letters and digits of one script, - and _.",
        },
    )
    password = fields.String(required=True, validate=_password)
    email = fields.Email(allow_none=True, validate=validate.Length(max=EMAIL_MAX))


class Credentials(Schema):
    """Read `POST /auth/login`."""

    username = fields.String(
        required=True, validate=validate.Length(1, usernames.LENGTH_MAX)
    )
    password = fields.String(required=True, validate=_given)


class PasswordChange(Schema):
    """Read `POST /auth/password`."""

    password = fields.String(required=True, validate=_given)
    new_password = fields.String(required=True, validate=_password)


class Proof(Schema):
    """Read what must come with the password."""

    password = fields.String(required=True, validate=_given)


class Player(Schema):
    """Name a player."""

    id = fields.String(required=True)
    username = fields.String(required=True)


class Login(Schema):
    """Answer a login: who it is, and the tokens."""

    player = fields.Nested(Player, required=True)
    access_token = fields.String(required=True)
    refresh_token = fields.String(required=True)
    expires_in = fields.Integer(
        required=True, metadata={"description": "Seconds that the access token lives."}
    )


class Place(Schema):
    """Say where a colony lies."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    x = fields.Float(required=True)
    y = fields.Float(required=True)


class Empire(Schema):
    """Say what a player has in one galaxy."""

    galaxy = fields.String(required=True)
    stale = fields.Boolean(
        required=True,
        metadata={"description": "The last known state; the hot one is out of reach."},
    )
    player = fields.Dict(required=True, metadata={"x-view": "PlayerView"})
    colonies = fields.List(fields.Nested(Place), required=True)
    fleets = fields.List(fields.Dict(metadata={"x-view": "FleetView"}), required=True)


class Me(Schema):
    """Show an account to its owner."""

    player = fields.Nested(Player, required=True)
    email = fields.String(required=True, allow_none=True)
    roles = fields.List(fields.String(), required=True)
    created_ms = fields.Integer(required=True)
    empires = fields.List(fields.Nested(Empire), required=True)
