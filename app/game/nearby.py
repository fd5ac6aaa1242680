"""Say where things stand, and what a viewer sees of what is near a point."""

from collections.abc import Callable, Mapping
from math import isqrt
from typing import Any

from app.core.units import decimal
from app.engine.reads import Near
from app.game.colonies.model.state import KIND as COLONY
from app.game.colonies.views.show import hidden_view, public_view
from app.game.combat.model.debris import KIND as DEBRIS
from app.game.combat.model.state import KIND as BATTLE
from app.game.combat.views.show import battle_sign, debris_view
from app.game.fleets.model.state import KIND as FLEET
from app.game.fleets.model.state import Fleet, position
from app.game.fleets.views.show import fleet_public_view
from app.game.galaxy.model.map import SIDE
from app.game.vision.model import Area, circle, names, spot

View = Callable[[Any], Mapping[str, Any]]

SEEN: Mapping[str, View] = {
    COLONY: public_view,
    FLEET: fleet_public_view,
    BATTLE: battle_sign,
    DEBRIS: debris_view,
}
"""Kind -> how it shows to who sees its sector."""
FOGGED: Mapping[str, View] = {COLONY: hidden_view}
"""Kind -> how it shows to who doesn't; what is absent does not."""


def places_near(x_milli: int, y_milli: int, radius_milli: int) -> list[str]:
    """Name the sectors that a circle touches."""
    return names(circle(x_milli, y_milli, radius_milli))


def is_inside(x: float, y: float) -> bool:
    """Tell whether a point, in units, lies in the galaxy."""
    return 0 <= x < SIDE and 0 <= y < SIDE


def stands(state: Any, at_ms: int) -> tuple[int, int] | None:
    """Tell where a state stands, in milli-units; None for what has no place."""
    if isinstance(state, Fleet):
        return position(state, at_ms) if state.ships else None
    if hasattr(state, "x_milli"):
        return state.x_milli, state.y_milli
    return None


def may_show(seen: Area, sector: str, kind: str) -> bool:
    """Tell whether something of a kind shows in a sector to who sees `seen`."""
    return kind in (SEEN if seen & spot(sector) else FOGGED)


def show_near(near: Near, seen: Area) -> dict[str, Any]:
    """Show what is near, as far as who sees `seen` may know."""
    views = SEEN if seen & spot(near.place) else FOGGED
    return {
        "kind": near.ref.kind,
        "distance": decimal(isqrt(near.squared)),
        **views[near.ref.kind](near.state),
    }
