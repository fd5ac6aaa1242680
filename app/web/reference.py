"""Write the protocol's reference as a page for people."""

from collections.abc import Iterator
from typing import Any

from app.web.problems import STATUS, STATUS_OF_RULES

_INTRODUCTION = """# The protocol's reference

Generated from the code by `make protocol`: change the code, not this page. The same as
documents for tools: [openapi.json](openapi.json), served at `/api/openapi.json` with
Swagger UI at `/api/docs`, and [asyncapi.json](asyncapi.json), served at
`/api/asyncapi.json`.
"""


def page(http: dict[str, Any], socket: dict[str, Any]) -> str:
    """Write the page from both documents."""
    lines = [
        _INTRODUCTION,
        "## HTTP\n",
        http["info"]["description"] + "\n",
        "| call | does | token |\n|---|---|---|",
        *_calls(http),
        "\n## Codes and their status\n",
        f"What a rule refuses and is not named here: {STATUS_OF_RULES}.\n",
        "| code | status |\n|---|---|",
        *(f"| `{code}` | {status} |" for code, status in STATUS.items()),
        "\n## Socket.IO\n",
        socket["info"]["description"] + "\n",
        *_messages(socket),
    ]
    return "\n".join(lines) + "\n"


def _calls(http: dict[str, Any]) -> Iterator[str]:
    for path, operations in http["paths"].items():
        for method, operation in operations.items():
            if method != "parameters":
                token = "yes" if operation.get("security") else "no"
                call = f"`{method.upper()} {path}`"
                yield f"| {call} | {operation.get('summary', '')} | {token} |"


def _messages(socket: dict[str, Any]) -> Iterator[str]:
    messages = socket["components"]["messages"]
    for name, operation in socket["operations"].items():
        arrow = "from" if operation["action"] == "receive" else "to"
        yield f"### `{name}` ({arrow} the client)\n\n{messages[name]['summary']}\n"
        yield from _fields("data", messages[name]["payload"])
        if "reply" in operation:
            ack = messages[f"{name}.ack"]["payload"]["oneOf"][0]
            yield from _fields("result", ack["properties"]["result"])


def _fields(title: str, payload: dict[str, Any]) -> Iterator[str]:
    properties = payload.get("properties", {})
    required = payload.get("required", [])
    if not properties:
        return
    yield f"| {title} | type | |\n|---|---|---|"
    for name, shape in properties.items():
        optional = "" if name in required or title == "result" else ", optional"
        yield f"| `{name}` | {_type(shape)}{optional} | {_about(shape)} |"
    yield ""


def _type(shape: dict[str, Any]) -> str:
    if shape.get("type") == "array":
        return f"array of {_type(shape['items'])}"
    kind = shape.get("format") or shape.get("type", "object")
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def _about(shape: dict[str, Any]) -> str:
    pieces = [str(shape.get("description", ""))]
    if "enum" in shape:
        pieces.append("One of " + ", ".join(f"`{one}`" for one in shape["enum"]) + ".")
    if "minimum" in shape or "maximum" in shape:
        pieces.append(f"{shape.get('minimum', '')} to {shape.get('maximum', '')}.")
    return " ".join(filter(None, pieces))
