"""Hold what clients are shown against what documents and the client's types say."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import jsonschema_rs

from app.game import registry
from app.web import view_schemas, wire_schemas

INTERNAL = "sight:<id>"
"""Rooms that no client hears."""

_NUMBERS = {"seq", "at_ms"}


def check_heard(room: str, broadcast: Mapping[str, Any]) -> None:
    """Check a broadcast, as JSON, with or without its numbers."""
    said = {name: one for name, one in broadcast.items() if name not in _NUMBERS}
    _check(_heard(_pattern(room)), said, f"{room} heard")


def check_snapshot(room: str, snapshot: Mapping[str, Any]) -> None:
    """Check a room's snapshot, as JSON."""
    _check(_shown(_pattern(room)), snapshot, f"{room} shows")


def check_result(name: str, result: Mapping[str, Any]) -> None:
    """Check what the ack of a command holds, as JSON."""
    _check(_answered(name), result, f"{name} answers")


def check_view(view: type, shown: Any) -> None:
    """Check anything that is shown, as JSON."""
    _check(_viewed(view), shown, f"{view.__name__} is")


def _check(validator: Any, value: Any, about: str) -> None:
    """Check by a validator; there is none for the rooms that no client hears."""
    if validator is not None and not validator.is_valid(value):
        problems = [str(error) for error in validator.iter_errors(value)]
        raise AssertionError(f"{about} {value}: {problems}")


def _pattern(room: str) -> str:
    kind, _, name = room.partition(":")
    if kind == "sector":
        return "sector:<x>:<y>:full" if name.endswith(":full") else "sector:<x>:<y>"
    return f"{kind}:<id>" if name else kind


@cache
def _heard(pattern: str) -> Any:
    if pattern == INTERNAL:
        return None
    views = registry.HEARD[pattern]
    return _validator({"anyOf": [_refer(view.__name__) for view in views]})


@cache
def _shown(pattern: str) -> Any:
    return None if pattern == INTERNAL else _viewed(registry.ROOMS[pattern])


@cache
def _viewed(view: type) -> Any:
    return _validator(_refer(view.__name__))


@cache
def _answered(name: str) -> Any:
    return _validator(_pointed(wire_schemas.of(registry.WIRE[name].result)))


def _validator(shape: dict[str, Any]) -> Any:
    return jsonschema_rs.Draft202012Validator(
        {**shape, "components": {"schemas": _components()}}
    )


@cache
def _components() -> dict[str, Any]:
    return view_schemas.components(registry.shown())


def _refer(name: str) -> dict[str, str]:
    return {"$ref": view_schemas.REF.format(name=name)}


def _pointed(part: Any) -> Any:
    """Point at views where their names were noted."""
    if isinstance(part, dict):
        if "x-view" in part:
            view = _refer(part["x-view"])
            is_nullable = "null" in part.get("type", ())
            return {"anyOf": [view, {"type": "null"}]} if is_nullable else view
        return {name: _pointed(value) for name, value in part.items()}
    return [_pointed(value) for value in part] if isinstance(part, list) else part
