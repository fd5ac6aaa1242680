"""Show the numbers of combat that players plan with, for `GET /rules`."""

from app.game.colonies.model.siege import OCCUPATION_MS
from app.game.combat.model import debris, scores
from app.game.combat.model.engine import spec, standing
from app.game.combat.model.engine.stats import GRID_RANGE
from app.game.combat.rules import reinforce, salvage, siege
from app.game.combat.views.shapes import CombatRules


def catalogue() -> CombatRules:
    """Show ticks, limits, formations, and what battles leave behind."""
    return {
        "tick_ms": spec.TICK_MS,
        "ticks_max": spec.TICKS_MAX,
        "step_ticks": spec.MARK_TICKS,
        "retreat_ticks": spec.RETREAT_TICKS,
        "forces_max": spec.FORCES_MAX,
        "entities_max": spec.ENTITIES_MAX,
        "grid_range": GRID_RANGE,
        "formations": {
            name: {
                "dealt_percent": standing.DEALT_PERCENT[name],
                "taken_percent": standing.TAKEN_PERCENT[name],
            }
            for name in spec.FORMATIONS
        },
        "joins_within": reinforce.JOINS_WITHIN,
        "debris": {
            "left_percent": debris.LEFT_PERCENT,
            "left_of": debris.LEFT_OF,
            "lasts_ms": debris.LASTS_MS,
            "salvaged_within": salvage.WITHIN,
        },
        "plunder": {"most_part": siege.SPARED_PARTS, "of": siege.PLUNDERED},
        "occupation_ms": OCCUPATION_MS,
        "ranking": {
            "milli_per_point": scores.MILLI_PER_POINT,
            "victory_percent": scores.VICTORY_PERCENT,
        },
    }
