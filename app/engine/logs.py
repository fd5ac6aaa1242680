"""Write structured logs: one JSON object a line, in every process of the cluster.

Who asked for what (`request_id`, `player_id`, `command_id`) is bound to the context and
goes out on every line. No secret and no line break of the input reaches a log.
"""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from functools import lru_cache
from typing import Any, TextIO

import orjson
import structlog
from structlog.contextvars import (
    bind_contextvars,
    clear_contextvars,
    merge_contextvars,
    reset_contextvars,
)

TEXT_MAX = 4_000
"""Longest text in a line; a traceback of an incident still fits."""
ITEMS_MAX = 50
DEPTH_MAX = 5

_SECRET_NAMES = re.compile(
    r"(?i)passw|secret|token|authorization|cookie|api_key|credential"
)
_TOKEN = re.compile(r"eyJ[\w-]{5,}\.[\w-]*(\.[\w-]*)?")
_URL_PASSWORD = re.compile(r"(\w+://[^\s:/@]*):[^\s@/]+@")
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_HIDDEN = "[hidden]"

_Line = MutableMapping[str, Any]


def configure(process: str, level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send all logs of this process, the standard library's too, to stdout as JSON."""
    shared: list[Any] = [
        merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream or sys.stdout)
    handler.setFormatter(_formatter(process, shared))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    logging.captureWarnings(True)


def _formatter(process: str, shared: list[Any]) -> logging.Formatter:
    def name_process(_logger: Any, _method: str, line: _Line) -> _Line:
        line["process"] = process
        return line

    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            name_process,
            scrub,
            _render,
        ],
    )


def start(**context: Any) -> None:
    """Begin a piece of work: forget the last one's context and bind this one's."""
    clear_contextvars()
    bind_contextvars(**context)


def bind(**context: Any) -> None:
    """Add to the context of the work in hand."""
    bind_contextvars(**context)


class bound:  # noqa: N801 - reads as a verb
    """Add to the context for the length of a block."""

    __slots__ = ("_context", "_tokens")

    def __init__(self, **context: Any) -> None:
        self._context = context

    def __enter__(self) -> None:
        self._tokens = bind_contextvars(**self._context)

    def __exit__(self, *_error: object) -> None:
        reset_contextvars(**self._tokens)


def scrub(_logger: Any, _method: str, line: _Line) -> _Line:
    """Hide secrets, by name and by look, and take control characters out."""
    return {clean(name): _value(name, value, 0) for name, value in line.items()}


def clean(text: str) -> str:
    """Make a text safe for a line of a log."""
    if len(text) > TEXT_MAX:
        text = text[:TEXT_MAX] + "..."
    if "eyJ" in text:
        text = _TOKEN.sub(_HIDDEN, text)
    if "://" in text:
        text = _URL_PASSWORD.sub(rf"\1:{_HIDDEN}@", text)
    if text.isascii() and text.isprintable():
        return text
    text = text.encode("utf-8", "replace").decode()
    return _BREAKS.sub(lambda found: _visible(found.group()), text)


def _visible(breaks: str) -> str:
    return " | " if "\n" in breaks else " "


@lru_cache
def _is_secret(name: str) -> bool:
    return _SECRET_NAMES.search(name) is not None


def _value(name: str, value: Any, depth: int) -> Any:
    if _is_secret(name) and not isinstance(value, bool | int):
        return _HIDDEN
    if value is None or isinstance(value, float | int):
        return str(value) if isinstance(value, int) and _is_wide(value) else value
    if depth < DEPTH_MAX and isinstance(value, Mapping):
        return _mapping(value, depth + 1)
    if depth < DEPTH_MAX and isinstance(value, list | tuple | set | frozenset):
        return [_value("", item, depth + 1) for item in list(value)[:ITEMS_MAX]]
    return clean(str(value))


def _is_wide(value: int) -> bool:
    """Tell what JSON as we write it has no number for."""
    return value.bit_length() > 63


def _mapping(value: Mapping[Any, Any], depth: int) -> dict[str, Any]:
    items = list(value.items())[:ITEMS_MAX]
    return {clean(str(name)): _value(str(name), item, depth) for name, item in items}


def _render(_logger: Any, _method: str, line: _Line) -> str:
    return orjson.dumps(line, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
