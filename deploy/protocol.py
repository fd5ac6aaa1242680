"""Write the protocol's reference from the code: `python -m deploy.protocol FOLDER`."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from app.config import load
from app.factory import create_app
from app.game import registry
from app.web import asyncapi, openapi, reference

NOWHERE = {
    "DATABASE_URL": "postgresql:///nowhere",
    "REDIS_STATE_URL": "redis://nowhere",
}
"""The documents are made without asking any server."""


def documents() -> Mapping[str, bytes]:
    """Make every file of the reference: name -> text."""
    http = openapi.document(create_app(load()), registry.WIRE)
    socket = asyncapi.document(registry.WIRE)
    return {
        "openapi.json": _written(http),
        "asyncapi.json": _written(socket),
        "README.md": reference.page(http, socket).encode(),
    }


def _written(document: dict[str, Any]) -> bytes:
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(document, option=options)


def main() -> None:
    """Write the files into the folder that the command line names."""
    os.environ.update(NOWHERE)
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in documents().items():
        (folder / name).write_bytes(text)


if __name__ == "__main__":
    main()
