"""Find the galaxy that a request means."""

from typing import Any

from marshmallow import Schema, fields, validate

from app.core.message import Rejected
from app.web.parts import parts

NAME_MAX = 16


class GalaxyChoice(Schema):
    """Read which galaxy is meant: the first where none is named."""

    galaxy = fields.String(validate=validate.Length(1, NAME_MAX))


def chosen(query: dict[str, Any]) -> Any:
    """Give the galaxy that a query names.

    Raises:
        Rejected: `not_found`.
    """
    return named(query.get("galaxy") or parts().settings.galaxies[0])


def named(name: str) -> Any:
    """Give a galaxy's parts.

    Raises:
        Rejected: `not_found`.
    """
    try:
        return parts().cluster.galaxy(name)
    except KeyError as error:
        raise Rejected("not_found", "There is no such galaxy.") from error
