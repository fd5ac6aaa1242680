"""Show a battle in the wire's units."""

from collections.abc import Iterable, Mapping

from app.core.units import decimal
from app.game.combat.model.engine import run
from app.game.combat.model.engine.spec import Force, Row
from app.game.combat.model.scores import scores
from app.game.combat.model.shapes import (
    AliveView,
    Exchange,
    ExchangedForce,
    ForceView,
    RowView,
    ScoreView,
)
from app.game.combat.model.state import Battle, active, tally

ROWS_MAX = 400
"""Entities that are shown one by one; beyond, those of a unit and force as one."""


def forces(battle: Battle) -> dict[str, ForceView]:
    """Show who fights, with what is left and what stands as an order, by force."""
    told = _told(battle)
    return {force.id: _force(battle, force, told) for force in battle.forces}


def _force(
    battle: Battle, force: Force, told: Mapping[tuple[str, str], str]
) -> ForceView:
    party, sum_up = battle.parties[force.id], tally(battle, force)
    return {
        "player": party.player,
        "username": party.username,
        "kind": party.kind,
        "side": force.side,
        "tick": force.tick,
        "ships": sum_up.ships,
        "lost": sum_up.lost,
        "dealt": sum_up.dealt,
        "state": sum_up.state,
        "formation": told.get((force.id, "formation"), "line"),
        "focus": told.get((force.id, "focus"), ""),
        "retreats": (force.id, "retreat") in told,
    }


def _told(battle: Battle) -> dict[tuple[str, str], str]:
    return {(one.force, one.kind): one.value for one in battle.orders}


def rows(battle: Battle) -> list[RowView]:
    """Show the entities that are on the field; none once the battle is over."""
    if battle.is_over:
        return []
    listed = run.rows(battle.frame, battle.forces)
    alive = [row for row in listed if row.ships]
    if len(alive) > ROWS_MAX:
        alive = list(_merged(alive))
    return [_row(battle, row) for row in alive]


def _merged(alive: Iterable[Row]) -> Iterable[Row]:
    """Put the entities of a unit and force together, in their middle."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in alive:
        groups.setdefault((row.force, row.unit), []).append(row)
    for (force, unit), some in groups.items():
        count = len(some)
        yield Row(
            force,
            unit,
            sum(row.ships for row in some),
            sum(row.x_milli for row in some) // count,
            sum(row.y_milli for row in some) // count,
            sum(row.hp_percent for row in some) // count,
            -1,
        )


def _row(battle: Battle, row: Row) -> RowView:
    return {
        "force": row.force,
        "unit": row.unit,
        "ships": row.ships,
        "x": decimal(battle.x_milli + row.x_milli),
        "y": decimal(battle.y_milli + row.y_milli),
        "hp_percent": row.hp_percent,
    }


def exchange(battle: Battle) -> Exchange:
    """Show what came of the first ticks, for the ack of an attack."""
    return {
        "tick": battle.frame.tick,
        "chain": battle.frame.chain,
        "over": battle.frame.over,
        "forces": [_exchanged(name, one) for name, one in forces(battle).items()],
        "rows": rows(battle),
    }


def _exchanged(name: str, force: ForceView) -> ExchangedForce:
    return {
        "id": name,
        "player": force["player"],
        "username": force["username"],
        "side": force["side"],
        "ships": force["ships"],
        "lost": force["lost"],
        "dealt": force["dealt"],
        "state": force["state"],
    }


def ranking(battle: Battle) -> list[ScoreView]:
    """Show what each player earned so far, best first."""
    return [
        {
            "player": one.player,
            "username": one.username,
            "points": one.points,
            "won": one.won,
        }
        for one in scores(battle)
    ]


def alive(battle: Battle) -> dict[str, AliveView]:
    """Show how many ships each force has left, and whose they are."""
    return {
        force.id: {
            "player": battle.parties[force.id].player,
            "username": battle.parties[force.id].username,
            "side": force.side,
            "ships": sum(tally(battle, force).ships.values()),
        }
        for force in active(battle)
    }
