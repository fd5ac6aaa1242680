"""Turn views, which are TypedDicts, into JSON schemas for documents and tests."""

from collections.abc import Iterable, Mapping
from inspect import getdoc
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

Shape = dict[str, Any]

REF = "#/components/schemas/{name}"
SOME = "Some{name}"
"""How a map is called that holds some fields of a view."""

_PLAIN: Mapping[Any, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    NoneType: "null",
}


def components(views: Iterable[Any]) -> dict[str, Shape]:
    """Describe views, what they are made of, and the names they use, by name."""
    made = _Components()
    for view in views:
        made.shape(view)
    return made.found


class _Components:
    """Collect what is described so far, by name."""

    def __init__(self) -> None:
        self.found: dict[str, Shape] = {}

    def shape(self, kind: Any) -> Shape:
        """Describe a type; what has a name is referred to."""
        origin, args = get_origin(kind), get_args(kind)
        if origin is Annotated:
            return self._noted(args[0], args[1].schema)
        if origin is NotRequired:
            return self.shape(args[0])
        if origin is not None:
            return self._several(origin, args)
        if is_typeddict(kind):
            return self._named(kind)
        return {"type": _PLAIN[kind]} if kind in _PLAIN else {}

    def _several(self, origin: Any, args: tuple[Any, ...]) -> Shape:
        if origin is Literal:
            return {"enum": list(args)}
        if origin in (Union, UnionType):
            return {"anyOf": [self.shape(one) for one in args]}
        if issubclass(origin, Mapping):
            keys, values = map(self.shape, args)
            named = {} if keys == {"type": "string"} else {"propertyNames": keys}
            return {"type": "object", **named, "additionalProperties": values}
        if origin is tuple and Ellipsis not in args:
            items = [self.shape(one) for one in args]
            return {"type": "array", "prefixItems": items, "items": False}
        return {"type": "array", "items": self.shape(args[0])}

    def _noted(self, kind: Any, note: Shape) -> Shape:
        if "x-some" in note:
            return self._some(note["x-some"])
        if "title" not in note:
            return {**self.shape(kind), **note}
        if "enum" in note:
            self.found[note["title"]] = {"type": "string", **note}
        return {"$ref": REF.format(name=note["title"])}

    def _named(self, view: Any) -> Shape:
        if view.__name__ not in self.found:
            self.found[view.__name__] = {}
            self.found[view.__name__] = self._fields(view)
        return {"$ref": REF.format(name=view.__name__)}

    def _fields(self, view: Any) -> Shape:
        hints = get_type_hints(view, include_extras=True)
        return {
            "title": view.__name__,
            "description": getdoc(view),
            "type": "object",
            "required": sorted(view.__required_keys__),
            "properties": {name: self.shape(kind) for name, kind in hints.items()},
            "additionalProperties": False,
        }

    def _some(self, view: Any) -> Shape:
        name = SOME.format(name=view.__name__)
        if name not in self.found:
            self._named(view)
            whole = self._fields(view)
            del whole["required"]
            about = f"Some fields of `{view.__name__}`, with their new values."
            self.found[name] = {**whole, "title": name, "description": about}
        return {"$ref": REF.format(name=name)}
