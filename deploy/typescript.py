"""Write JSON schemas as TypeScript types."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

Shape = Mapping[str, Any]

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
        self._named = {frozenset(values): name for name, values in names.items()}

    def type_of(self, shape: Shape) -> str:
        """Write a shape as a type."""
        if "$ref" in shape:
            return _referred(shape["$ref"])
        if "x-view" in shape:
            return str(shape["x-view"])
        if "x-name" in shape:
            return str(shape["x-name"])
        if "const" in shape:
            return json.dumps(shape["const"])
        if "enum" in shape:
            return self._one_of(shape["enum"])
        for several in ("anyOf", "oneOf"):
            if several in shape:
                return self._union(shape[several])
        return self._typed(shape)

    def _typed(self, shape: Shape) -> str:
        kind = shape.get("type")
        if isinstance(kind, list):
            return self._union([{**shape, "type": one} for one in kind])
        if kind == "array":
            return self._list(shape)
        if kind == "object" or "properties" in shape:
            return self._object(shape)
        return _PLAIN.get(str(kind), "unknown")

    def _one_of(self, values: Iterable[Any]) -> str:
        listed = list(values)
        known = self._named.get(frozenset(map(str, listed)))
        return known or " | ".join(json.dumps(value) for value in listed)

    def _union(self, shapes: Iterable[Shape]) -> str:
        return " | ".join(dict.fromkeys(self.type_of(shape) for shape in shapes))

    def _list(self, shape: Shape) -> str:
        if "prefixItems" in shape:
            return "[" + ", ".join(map(self.type_of, shape["prefixItems"])) + "]"
        item = self.type_of(shape.get("items", {}))
        return f"({item})[]" if "|" in item else f"{item}[]"

    def _object(self, shape: Shape) -> str:
        if shape.get("properties"):
            return "{ " + " ".join(self.fields(shape)) + " }"
        values = shape.get("additionalProperties")
        if values is False:
            return "Record<string, never>"
        value = self.type_of(values) if isinstance(values, Mapping) else "unknown"
        if "propertyNames" not in shape:
            return f"Record<string, {value}>"
        record = f"Record<{self.type_of(shape['propertyNames'])}, {value}>"
        return record if shape.get("required") else f"Partial<{record}>"

    def fields(self, shape: Shape) -> Iterable[str]:
        """Write the fields of an object, each with what it says of itself."""
        required = shape.get("required", ())
        for name, field in shape["properties"].items():
            about = field.get("description")
            if about:
                yield comment(about)
            key = name if _NAME.fullmatch(name) else json.dumps(name)
            mark = "" if name in required else "?"
            yield f"{key}{mark}: {self.type_of(field)};"

    def interface(self, name: str, shape: Shape) -> str:
        """Write a named object, or whatever else has a name."""
        about = shape.get("description")
        head = comment(about) + "\n" if about else ""
        if not shape.get("properties"):
            return f"{head}export type {name} = {self.type_of(shape)};\n"
        return f"{head}export interface {name} {self._object(shape)}\n"

    def union(self, name: str, values: Iterable[str], about: str = "") -> str:
        """Write a set of names."""
        listed = " | ".join(json.dumps(value) for value in values)
        head = comment(about) + "\n" if about else ""
        return f"{head}export type {name} = {listed};\n"


def _referred(ref: str) -> str:
    name = ref.rpartition("/")[2]
    some = _SOME.fullmatch(name)
    return f"Partial<{some[1]}>" if some else name


def comment(text: str) -> str:
    """Write what is said of something above it."""
    return f"/** {' '.join(text.split())} */"
