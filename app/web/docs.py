"""Show the interface: Swagger UI from our own files, and the documents behind it."""

from importlib.resources import files
from pathlib import Path

from flask import Blueprint, Response, abort, send_from_directory

from app.web import kept
from app.web.parts import parts

CACHE_S = 3600
_PAGES = Path(__file__).parent / "pages"
_SWAGGER_UI = Path(str(files("flask_swagger_ui") / "dist"))
_FOLDERS = {
    "docs.js": _PAGES,
    "swagger-ui.css": _SWAGGER_UI,
    "swagger-ui-bundle.js": _SWAGGER_UI,
    "favicon-32x32.png": _SWAGGER_UI,
}
_POLICY = (
    "default-src 'none'; connect-src 'self'; script-src 'self'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)

blueprint = Blueprint("docs", __name__, url_prefix="/api")


@blueprint.get("/docs")
def page() -> Response:
    """Show Swagger UI."""
    response = send_from_directory(_PAGES, "docs.html")
    response.headers["Content-Security-Policy"] = _POLICY
    return response


@blueprint.get("/docs/<name>")
def asset(name: str) -> Response:
    """Give a script or style of Swagger UI."""
    folder = _FOLDERS.get(name)
    if folder is None:
        abort(404)
    return send_from_directory(folder, name, max_age=CACHE_S)


@blueprint.get("/openapi.json")
def http() -> Response:
    """Give the description of the HTTP interface; with an ETag."""
    return kept.answer(parts().openapi, CACHE_S)


@blueprint.get("/asyncapi.json")
def socket() -> Response:
    """Give the description of the Socket.IO interface; with an ETag."""
    return kept.answer(parts().asyncapi, CACHE_S)
