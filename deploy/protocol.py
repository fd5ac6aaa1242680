"""Write the protocol's reference, and the client's types, from the code.

`python -m deploy.protocol` writes docs/protocol and client/src/wire.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from app.config import load
from app.factory import create_app
from app.game import registry
from app.web import asyncapi, openapi, reference
from deploy import client_types

ROOT = Path(__file__).parents[1]
NOWHERE = {
    "DATABASE_URL": "postgresql:///nowhere",
    "REDIS_STATE_URL": "redis://nowhere",
}
"""The documents are made without asking any server."""


def documents() -> Mapping[str, bytes]:
    """Make every file: path in the project -> text."""
    http = openapi.document(create_app(load()), registry.WIRE)
    socket = asyncapi.document(registry)
    return {
        "docs/protocol/openapi.json": _written(http),
        "docs/protocol/asyncapi.json": _written(socket),
        "docs/protocol/README.md": reference.page(http, socket).encode(),
        "client/src/wire/types.ts": client_types.text(http, registry).encode(),
    }


def _written(document: dict[str, Any]) -> bytes:
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(document, option=options)


def main() -> None:
    """Write the files."""
    os.environ.update(NOWHERE)
    for name, text in documents().items():
        (ROOT / name).write_bytes(text)


if __name__ == "__main__":
    main()
