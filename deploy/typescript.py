"""Write JSON schemas as TypeScript types."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

Shape = Mapping[str, Any]

LINE = 88
"""Characters; an object that fits into a line stays on it."""

_NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_SOME = re.compile(r"Some(\w+)")
_PLAIN = {
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "null": "null",
}


class Writer:
    """Write shapes as types; sets of names that have a name of their own keep it."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._names = {frozenset(values): name for name, values in names.items()}
        self._ways: dict[str, Callable[[Shape], str]] = {
            "$ref": lambda shape: _referred(shape["$ref"]),
            "x-view": self._viewed,
            "const": lambda shape: json.dumps(shape["const"]),
            "enum": lambda shape: self.one_of(shape["enum"]),
            "anyOf": lambda shape: self._union(shape["anyOf"]),
            "oneOf": lambda shape: self._union(shape["oneOf"]),
            "prefixItems": self._tuple,
            "properties": lambda shape: block(self._fields(shape)),
        }

    def type_of(self, shape: Shape) -> str:
        """Write a shape as a type."""
        for key, way in self._ways.items():
            if shape.get(key):
                return way(shape)
        return self._plain(shape)

    def one_of(self, values: Iterable[Any]) -> str:
        """Write a set of values, by its name where it has one."""
        listed = list(values)
        known = self._names.get(frozenset(map(str, listed)))
        return known or " | ".join(json.dumps(value) for value in listed)

    def named(self, name: str, shape: Shape) -> str:
        """Write a type with a name."""
        head = comment(shape.get("description", ""))
        if shape.get("properties"):
            return f"{head}export interface {name} {self.type_of(shape)}\n"
        return alias(name, self.type_of(shape), head)

    def names(self, name: str, values: Iterable[str], about: str = "") -> str:
        """Write a set of names with a name of its own."""
        listed = " | ".join(json.dumps(value) for value in values)
        return alias(name, listed, comment(about))

    def _plain(self, shape: Shape) -> str:
        kind = shape.get("type")
        if isinstance(kind, list):
            return self._union([{**shape, "type": one} for one in kind])
        if kind == "array":
            item = self.type_of(shape.get("items", {}))
            return f"({item})[]" if " | " in item else f"{item}[]"
        return (
            self._map(shape) if kind == "object" else _PLAIN.get(str(kind), "unknown")
        )

    def _viewed(self, shape: Shape) -> str:
        is_nullable = "null" in shape.get("type", ())
        return f"{shape['x-view']} | null" if is_nullable else str(shape["x-view"])

    def _union(self, shapes: Iterable[Shape]) -> str:
        return " | ".join(dict.fromkeys(self.type_of(shape) for shape in shapes))

    def _tuple(self, shape: Shape) -> str:
        return "[" + ", ".join(map(self.type_of, shape["prefixItems"])) + "]"

    def _map(self, shape: Shape) -> str:
        values = shape.get("additionalProperties")
        if values is False:
            return "Record<string, never>"
        value = self.type_of(values) if isinstance(values, Mapping) else "unknown"
        if "propertyNames" not in shape:
            return f"Record<string, {value}>"
        record = f"Record<{self.type_of(shape['propertyNames'])}, {value}>"
        is_whole = shape.get("required") or shape.get("minProperties")
        return record if is_whole else f"Partial<{record}>"

    def _fields(self, shape: Shape) -> Iterator[str]:
        required = shape.get("required", ())
        for name, field in shape["properties"].items():
            mark = "" if name in required else "?"
            head = comment(field.get("description", ""))
            yield f"{head}{key(name)}{mark}: {self.type_of(field)};"


def key(name: str) -> str:
    """Write the name of a field."""
    return name if _NAME.fullmatch(name) else json.dumps(name)


def block(lines: Iterable[str]) -> str:
    """Put fields between braces, each on its own line."""
    inner = "\n".join(lines).replace("\n", "\n  ")
    return f"{{\n  {inner}\n}}"


def alias(name: str, text: str, head: str = "") -> str:
    """Give a type a name, the parts of a long union a line each."""
    line = f"export type {name} = {text};"
    if len(line) > LINE and not {"\n", "("} & set(text):
        line = f"export type {name} =\n  | " + text.replace(" | ", "\n  | ") + ";"
    return f"{head}{line}\n"


def comment(text: str) -> str:
    """Write what is said of something above it; nothing where nothing is said."""
    words = " ".join(text.split())
    return f"/** {words} */\n" if words else ""


def _referred(ref: str) -> str:
    name = ref.rpartition("/")[2]
    some = _SOME.fullmatch(name)
    return f"Partial<{some[1]}>" if some else name
