"""Serve the numbers that players plan with."""

from flask import Response

from app.web import kept
from app.web.parts import parts
from app.web.strict_json import StrictBlueprint

CACHE_S = 300

blueprint = StrictBlueprint(
    "rules", __name__, url_prefix="/api/v1/rules", description="The rules' numbers."
)


@blueprint.route("")
@blueprint.response(200)
def show() -> Response:
    """Show costs, times, requirements and effects of everything, with an ETag."""
    return kept.answer(parts().rules, CACHE_S, is_public=True)
