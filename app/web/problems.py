"""Answer every error as a problem (RFC 9457) with a code of the wire contract."""

from http import HTTPStatus
from typing import Any

import redis
import structlog
from flask import Flask, Response, json
from flask_smorest import Api
from marshmallow import INCLUDE, Schema, ValidationError, fields
from structlog.contextvars import get_contextvars
from werkzeug.exceptions import HTTPException

from app.core.message import Rejected
from app.engine.redis import RETRY_AFTER_MS, Unavailable
from app.web.database import SILENCES

CONTENT_TYPE = "application/problem+json"

STATUS = {
    "invalid": 422,
    "unauthenticated": 401,
    "bad_credentials": 401,
    "banned": 403,
    "not_yours": 403,
    "forbidden": 403,
    "not_found": 404,
    "unknown_command": 404,
    "method_not_allowed": 405,
    "not_acceptable": 406,
    "timeout": 408,
    "too_large": 413,
    "uri_too_long": 414,
    "unsupported_media_type": 415,
    "rate_limited": 429,
    "internal": 500,
    "unavailable": 503,
    "busy": 503,
    "draining": 503,
}
"""Status of each code; what a rule refuses and is not named here is a conflict."""
STATUS_OF_RULES = 409

_CODES = {status: code for code, status in reversed(STATUS.items())}
_CODES |= {400: "invalid", 403: "forbidden", 503: "unavailable"}

FRAME = ("type", "title", "status", "detail", "request_id")
"""What a problem holds beside what the error of an ack holds."""

log = structlog.get_logger()


class Problem(Schema):
    """Describe an error. What a refusal says beside stands here as well."""

    class Meta:
        """More may stand here."""

        unknown = INCLUDE

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    message = fields.String(required=True)
    code = fields.String(required=True)
    request_id = fields.String(required=True)
    retry_after_ms = fields.Integer()
    fields = fields.Dict()


class ProblemApi(Api):
    """Make flask-smorest document and answer problems in place of its own errors."""

    ERROR_SCHEMA = Problem

    def _register_responses(self) -> None:
        """Describe errors as problems, which smorest would describe as plain JSON."""
        self.DEFAULT_RESPONSE_CONTENT_TYPE = CONTENT_TYPE
        super()._register_responses()
        del self.DEFAULT_RESPONSE_CONTENT_TYPE

    def handle_http_exception(self, error: HTTPException) -> Response:
        """Answer an error of Flask, Werkzeug or webargs."""
        return of_http(error)


def install(app: Flask) -> None:
    """Answer what no view answered."""
    app.register_error_handler(Rejected, of_refusal)
    app.register_error_handler(Unavailable, of_silence)
    app.register_error_handler(redis.RedisError, of_silence)
    for silence in SILENCES:
        app.register_error_handler(silence, of_silence)
    app.register_error_handler(ValidationError, of_validation)
    app.register_error_handler(Exception, of_bug)


def problem(
    code: str, message: str, status: int | None = None, **details: Any
) -> Response:
    """Make the answer to an error; `details` stand beside the code."""
    status = status or STATUS.get(code, STATUS_OF_RULES)
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": message,
        "message": message,
        "code": code,
        "request_id": get_contextvars().get("request_id", ""),
    }
    response = Response(json.dumps(details | body), status, mimetype=CONTENT_TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    if "retry_after_ms" in details:
        seconds = -(-int(details["retry_after_ms"]) // 1000)
        response.headers["Retry-After"] = str(max(1, seconds))
    return response


def of_error(error: dict[str, Any]) -> Response:
    """Answer the error of a refused command's ack."""
    details = dict(error)
    code, message = details.pop("code"), details.pop("message")
    if STATUS.get(code) == HTTPStatus.SERVICE_UNAVAILABLE:
        details.setdefault("retry_after_ms", RETRY_AFTER_MS)
    return problem(code, message, **details)


def of_refusal(refusal: Rejected) -> Response:
    """Answer a refusal."""
    error = {"code": refusal.code, "message": refusal.message, **refusal.details}
    return of_error(error)


def of_silence(error: Exception) -> Response:
    """Answer that a server we need does not."""
    log.warning("unavailable", error=type(error).__name__)
    return of_error({"code": "unavailable", "message": "Try again in a moment."})


def of_validation(error: ValidationError) -> Response:
    """Answer input that a schema refused."""
    return problem(
        "invalid", "Some fields are wrong.", fields=error.normalized_messages()
    )


def of_http(error: HTTPException) -> Response:
    """Answer an error of Flask, Werkzeug or webargs; let redirects pass."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if status < HTTPStatus.BAD_REQUEST:
        return error.get_response()
    messages = getattr(error, "data", {}).get("messages")
    if messages:
        return problem("invalid", "Some fields are wrong.", fields=_by_field(messages))
    code = _CODES.get(status, "invalid" if status < 500 else "internal")
    response = problem(code, error.description or error.name, status)
    for name, value in error.get_headers():
        if name != "Content-Type":
            response.headers[name] = value
    return response


def _by_field(messages: dict[str, Any]) -> dict[str, Any]:
    """Take off the location (`json`, `query`) that webargs puts around."""
    (inner,) = messages.values() if len(messages) == 1 else (messages,)
    return inner if isinstance(inner, dict) else messages


def of_bug(error: Exception) -> Response:
    """Answer what should not happen, and log it in full."""
    log.error("unhandled", exc_info=error)
    return problem("internal", "Something went wrong on our side.")
