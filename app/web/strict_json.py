"""Read and write JSON over HTTP: strictly, and with orjson."""

from typing import Any

import orjson
from flask import Request
from flask.json.provider import JSONProvider
from flask_smorest import Blueprint
from webargs import missing
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

DEPTH_MAX = 16
"""How deep a body may nest; nothing on the wire needs more than a few."""
BODY_BYTES_MAX = 16 * 1024


class OrjsonProvider(JSONProvider):
    """Let Flask read and write with orjson."""

    def dumps(self, obj: Any, **_options: Any) -> str:
        """Write as text."""
        return orjson.dumps(obj).decode()

    def loads(self, s: str | bytes, **_options: Any) -> Any:
        """Read text or bytes of JSON."""
        return orjson.loads(s)


def loads(data: str | bytes) -> Any:
    """Read JSON.

    Raises:
        BadRequest: it is no JSON (NaN is none) or nests too deep.
    """
    try:
        found = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise BadRequest("The body is not JSON.") from error
    if _is_deep(found):
        raise BadRequest(f"The body nests deeper than {DEPTH_MAX}.")
    return found


def _is_deep(found: Any) -> bool:
    level = [found]
    for _depth in range(DEPTH_MAX + 1):
        level = [child for parent in level for child in _children(parent)]
        if not level:
            return False
    return True


def _children(parent: Any) -> list[Any]:
    if isinstance(parent, dict):
        return list(parent.values())
    return parent if isinstance(parent, list) else []


def body(request: Request) -> Any:
    """Read a request's body, `missing` where it has none.

    Raises:
        BadRequest: it is no JSON.
        UnsupportedMediaType: it doesn't say that it is JSON.
    """
    data = request.get_data(cache=True)
    if not data:
        return missing
    if not request.is_json:
        raise UnsupportedMediaType("Send application/json.")
    return loads(data)


class StrictParser(FlaskParser):
    """Let flask-smorest's `arguments` read bodies as strictly as commands are read."""

    def load_json(self, req: Request, _schema: Any) -> Any:
        """Read the body."""
        return body(req)


class StrictBlueprint(Blueprint):
    """Hold routes whose bodies are read strictly."""

    ARGUMENTS_PARSER = StrictParser()
