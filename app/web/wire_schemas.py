"""Turn marshmallow schemas into JSON schemas, for OpenAPI and AsyncAPI alike."""

from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema, fields

JSON_SCHEMA_VERSION = "3.1.0"
"""OpenAPI 3.1 speaks plain JSON Schema."""

CLIENT_ID = {
    "type": "string",
    "format": "uuid",
    "description": "Chosen by the client; the same id again has no second effect.",
}

_plugin = MarshmallowPlugin(schema_name_resolver=lambda _schema: None)


def _keys(_converter: Any, field: Any, **_options: Any) -> dict[str, Any]:
    """Describe the names in a map, which apispec leaves out."""
    if not isinstance(field, fields.Dict) or field.key_field is None:
        return {}
    return {"propertyNames": _plugin.converter.field2property(field.key_field)}


_spec = APISpec("wire", "1", JSON_SCHEMA_VERSION, plugins=[_plugin])
_plugin.converter.add_attribute_function(_keys)


def of(schema: type[Schema]) -> dict[str, Any]:
    """Describe a schema, nested ones in place; fields it doesn't name are refused."""
    described: dict[str, Any] = dict(_plugin.converter.schema2jsonschema(schema()))
    return {"type": "object", **described, "additionalProperties": False}


def accepted(result: type[Schema]) -> dict[str, Any]:
    """Describe the ack of a command that was accepted."""
    described = {**of(result), "additionalProperties": True}
    return {
        "type": "object",
        "required": ["ok", "id", "at_ms", "result"],
        "properties": {
            "ok": {"const": True},
            "id": {"type": ["string", "null"], "format": "uuid"},
            "at_ms": {"type": "integer", "description": "Server time, Unix ms."},
            "result": described,
        },
    }


REFUSED: dict[str, Any] = {
    "type": "object",
    "required": ["ok", "id", "at_ms", "error"],
    "properties": {
        "ok": {"const": False},
        "id": {"type": ["string", "null"], "format": "uuid"},
        "at_ms": {"type": "integer", "description": "Server time, Unix ms."},
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {
                "code": {"type": "string"},
                "message": {"type": "string"},
                "fields": {"type": "object"},
                "retry_after_ms": {"type": "integer"},
            },
        },
    },
}
"""The ack of a message that was refused."""
