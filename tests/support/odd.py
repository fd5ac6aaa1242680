"""Make what no message may hold: odd values, in place of each good one."""

import math
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from marshmallow import ValidationError, fields

from app.game import registry
from app.game.chat.schema import Said
from app.game.colonies.schema import Name
from tests.support.outpost import ABSENT

POINT = {"x": 4_000, "y": 4_000.125}
GOOD: dict[str, Any] = {
    "fleet": ABSENT,
    "colony": ABSENT,
    "into": ABSENT,
    "from": ABSENT,
    "to": ABSENT,
    "planet": ABSENT,
    "battle": ABSENT,
    "debris": ABSENT,
    "target": ABSENT,
    "ships": {"fighter": 1},
    "cargo": {"minerals": 1},
    "name": "Home",
    "group": "Friends",
    "queue": True,
    "via": [POINT],
    "points": [POINT, POINT],
    "predicted_arrival_ms": 1,
    "formation": "line",
    "sides": 2,
    "seats": 1,
    "join_ms": 5_000,
    "side": 0,
    "players": ["nobody_there"],
    "channel": ABSENT,
    "text": "Hello",
}
DEEP: Any = {"x": {"x": {"x": {"x": {"x": {"x": {"x": {"x": {"x": 1}}}}}}}}}
FRACTION = 1.0005
NUMBERS = (math.nan, math.inf, -math.inf, 1e308, -1e308, -1, 2**63, 2**70, FRACTION)
ODD = (*NUMBERS, None, False, True, {}, [], [[]], [None], {"$gt": ""}, DEEP)
ODD_TEXTS = (
    "",
    "x" * 5_000,
    "\x00",
    "' OR 1=1 --",
    "../../etc",
    "mine\u202e",
    "\ud800",
)


def good(name: str) -> dict[str, Any]:
    """Give data of the right shape, about what doesn't exist."""
    fields = registry.WIRE[name].schema().load_fields
    data = {one.data_key or field: None for field, one in fields.items()}
    data = {field: deepcopy(GOOD[field]) for field in data}
    if name == "fleets.move":
        data["to"] = dict(POINT)
    if name == "fleets.attack":
        data["target"] = {"kind": "fleet", "id": ABSENT}
    return data


def spoiled(data: Any) -> Iterator[Any]:
    """Put what is odd in place of every value, however deep, one at a time."""
    places = data if isinstance(data, dict) else range(len(data))
    for place in list(places):
        kept = data[place]
        if isinstance(kept, dict | list):
            for inner in spoiled(kept):
                yield data | {place: inner} if isinstance(data, dict) else [inner]
        for odd in (*ODD, *ODD_TEXTS):
            if not is_fine(place, odd):
                copy = data.copy()
                copy[place] = odd
                yield copy


def miscounted(name: str, value: float) -> Iterator[dict[str, Any]]:
    """Put an odd number in place of every value, or of all in it, one at a time."""
    for field, fine in good(name).items():
        junk = dict.fromkeys(fine, value) if isinstance(fine, dict) else value
        if not is_fine(field, value):
            yield good(name) | {field: junk}


def is_fine(field: Any, value: Any) -> bool:
    """Tell of an odd value that it is not odd there."""
    if field == "queue":
        return isinstance(value, bool)
    if field == "via":
        return value == [] and isinstance(value, list)
    if field == "predicted_arrival_ms":
        return value in (None, FRACTION)
    if field == "text":
        return passes(Said(), value)
    return field in ("name", "group") and passes(Name(""), value)


def passes(field: fields.Field, value: Any) -> bool:
    """Tell whether a field takes a value."""
    try:
        field.deserialize(value)
    except ValidationError:
        return False
    return True
