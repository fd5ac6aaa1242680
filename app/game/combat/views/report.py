"""Show battles after the fact: reports to who fought, replays to who has the link."""

from app.core.units import decimal
from app.game.combat.model.engine.spec import Force, Order
from app.game.combat.model.state import Battle
from app.game.combat.views.shapes import (
    GivenOrder,
    ReplayForce,
    ReplayView,
    ReportView,
)
from app.game.combat.views.show import battle_view


def report(battle: Battle) -> ReportView:
    """Show a battle to who has a part in it: all that is known of it by now."""
    return {
        **battle_view(battle),
        "orders": [_order(one) for one in battle.orders],
        "log": [{"tick": one.tick, "lost": one.lost} for one in battle.log],
    }


def replay(battle: Battle) -> ReplayView:
    """Show what a finished battle was fought with: enough to fight it again.

    `seed`, `forces` and `orders` are what `POST /simulator` takes.
    """
    return {
        "battle": battle.id,
        "engine": battle.engine,
        "seed": str(battle.seed),
        "began_ms": battle.began_ms,
        "ended_ms": battle.ended_ms,
        "forces": [_force(one) for one in battle.forces],
        "orders": [_order(one) for one in battle.orders],
        "parties": {
            name: {"username": one.username, "kind": one.kind}
            for name, one in battle.parties.items()
        },
        "tick": battle.frame.tick,
        "winner": battle.winner,
        "chain": battle.frame.chain,
        "log": [{"tick": one.tick, "lost": one.lost} for one in battle.log],
    }


def _force(force: Force) -> ReplayForce:
    return {
        "id": force.id,
        "side": force.side,
        "ships": force.ships,
        "x": decimal(force.x_milli),
        "y": decimal(force.y_milli),
        "modifiers": force.modifiers,
        "grid": force.grid,
        "tick": force.tick,
    }


def _order(order: Order) -> GivenOrder:
    return {
        "tick": order.tick,
        "force": order.force,
        "kind": order.kind,
        "value": order.value,
    }
