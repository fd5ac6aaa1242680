"""Check which part of the map a client wants to see."""

from collections.abc import Mapping
from math import ceil, floor, isfinite
from typing import Any

from marshmallow import Schema, ValidationError, fields

from app.core.checks import loader
from app.core.message import Rejected
from app.game.galaxy.model.map import SECTOR, SECTORS, SIDE
from app.game.vision.model import Area, rectangle

SECTORS_MAX = 400
"""The most sectors that a viewer sees at once."""


class Coordinate(fields.Float):
    """Take a finite number; what is none in JSON is none here."""

    def __init__(self, description: str, **more: Any) -> None:
        super().__init__(required=True, metadata={"description": description}, **more)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.make_error("invalid", input=value)
        if not isfinite(value):
            raise self.make_error("special")
        return value


class BoxSchema(Schema):
    """`view.set`: two corners of a part of the map, in units."""

    x0 = Coordinate("Left edge.")
    y0 = Coordinate("Upper edge.")
    x1 = Coordinate("Right edge, not before the left.")
    y1 = Coordinate("Lower edge, not before the upper.")


_load = loader(BoxSchema())


def box(data: Mapping[str, Any]) -> Area:
    """Read the data of `view.set`, without its frame's `id`.

    Raises:
        Rejected: `invalid`.
    """
    try:
        return area_of(**_load(data))
    except ValidationError as error:
        raise Rejected("invalid", fields=error.messages) from error


def area_of(*, x0: float, y0: float, x1: float, y1: float) -> Area:
    """Give the sectors that a box touches, at least one.

    Raises:
        Rejected: `invalid`: it is turned over, lies outside, or is too large.
    """
    columns, rows = _touched("x", x0, x1), _touched("y", y0, y1)
    if len(columns) * len(rows) > SECTORS_MAX:
        raise _invalid("x1", f"More than {SECTORS_MAX} sectors.")
    return rectangle(columns, rows)


def _touched(axis: str, low: float, high: float) -> range:
    if high < low:
        raise _invalid(f"{axis}1", f"Less than {axis}0.")
    first, last = floor(low / SECTOR), ceil(high / SECTOR) - 1
    found = range(max(first, 0), min(max(first, last), SECTORS - 1) + 1)
    if not found:
        raise _invalid(f"{axis}0", f"Outside of the galaxy, 0 to {SIDE}.")
    return found


def _invalid(field: str, problem: str) -> Rejected:
    return Rejected("invalid", fields={field: [problem]})
