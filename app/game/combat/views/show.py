"""Show battles and debris: whole to who hears the battle, a sign to who sees the place.

The seed is in no view before the end: who knew it could fight the battle ahead of time.
"""

from collections.abc import Callable, Mapping
from typing import Any, cast

from app.core.units import decimal
from app.game.colonies.model.stock import Goods
from app.game.combat.model import shown
from app.game.combat.model.debris import Debris
from app.game.combat.model.state import Battle
from app.game.combat.views.shapes import BattleSign, BattleView, DebrisView

PARTS: Mapping[str, Callable[[Battle], Any]] = {
    "id": lambda battle: battle.id,
    "engine": lambda battle: battle.engine,
    "sector": lambda battle: battle.sector,
    "x": lambda battle: decimal(battle.x_milli),
    "y": lambda battle: decimal(battle.y_milli),
    "colony": lambda battle: battle.colony,
    "arena": lambda battle: battle.arena,
    "began_ms": lambda battle: battle.began_ms,
    "tick": lambda battle: battle.frame.tick,
    "chain": lambda battle: battle.frame.chain,
    "forces": shown.forces,
    "rows": shown.rows,
    "scores": shown.ranking,
    "ended_ms": lambda battle: battle.ended_ms,
    "winner": lambda battle: battle.winner if battle.is_over else None,
    "loot": lambda battle: {
        fleet: _goods(taken) for fleet, taken in battle.loot.items()
    },
    "debris": lambda battle: battle.debris,
    "report": lambda battle: battle.id if battle.is_over else None,
    "seed": lambda battle: str(battle.seed) if battle.is_over else None,
}
"""Field of the whole view -> how to show it."""

STEP = ("tick", "chain", "forces", "rows", "scores")
"""What a step changes of the whole view."""
END = (*STEP, "ended_ms", "winner", "debris", "report", "seed")

SIGN_PARTS: Mapping[str, Callable[[Battle], Any]] = {
    **{
        name: PARTS[name]
        for name in ("id", "sector", "x", "y", "colony", "began_ms", "tick", "chain")
    },
    "alive": shown.alive,
}
"""Field of the sign -> how to show it."""

SIGN_STEP = ("tick", "chain", "alive")
"""What a step changes of the sign."""


def battle_view(battle: Battle) -> BattleView:
    """Show everything of a battle that may be known."""
    return cast(BattleView, {name: show(battle) for name, show in PARTS.items()})


def battle_sign(battle: Battle) -> BattleSign:
    """Show that there is a battle, how far it is and what is left of whom."""
    parts = {name: show(battle) for name, show in SIGN_PARTS.items()}
    return cast(BattleSign, parts)


def debris_view(debris: Debris) -> DebrisView:
    """Show what drifts where, and until when."""
    return {
        "id": debris.id,
        "x": decimal(debris.x_milli),
        "y": decimal(debris.y_milli),
        "amounts": _goods(debris.amounts_milli),
        "until_ms": debris.until_ms,
    }


def _goods(amounts: Mapping[str, int]) -> Goods:
    return {resource: decimal(milli) for resource, milli in amounts.items()}
