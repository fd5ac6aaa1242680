"""Order the next level of a building."""

from app.core import chance
from app.core.decider import Outcome, States
from app.core.message import Rejected
from app.game.colonies.model import buildings, state
from app.game.colonies.model.events import ConstructionPlaced
from app.game.colonies.model.state import Colony, Construction
from app.game.colonies.model.stock import accrue, settle
from app.game.colonies.model.terms import check_paid, check_requirements, owned
from app.game.colonies.rules.complete import due
from app.game.colonies.rules.own import ColonyCommand, start_ms
from app.game.players.model import Player


class Build(ColonyCommand, frozen=True, kw_only=True):
    """Order the level of a building that follows on what stands and what is ordered."""

    building: str


def build(states: States, command: Build, now_ms: int) -> Outcome:
    """Pay for the level and put it into the construction line.

    Raises:
        Rejected: `not_found`, `queue_full`, `level_max`, `requirements_missing`,
            `not_enough_resources`.
    """
    colony, player = owned(states, command.colony, command.player)
    _check_line(colony, command.building)
    table = buildings.BUILDINGS[command.building]
    check_requirements(colony, player, table.buildings, table.technologies)
    accrual = accrue(colony.stock, now_ms)
    order = _order(colony, player, command, now_ms)
    check_paid(settle(colony.stock, accrual), order.paid)
    placed = ConstructionPlaced(construction=order, accrual=accrual)
    return Outcome(
        events=((state.ref(colony.id), placed),),
        due=(due(colony, order),),
        result={
            "order": order.id,
            "colony": colony.id,
            "building": order.building,
            "level": order.level,
            "started_ms": order.started_ms,
            "complete_ms": order.complete_ms,
        },
    )


def _check_line(colony: Colony, building: str) -> None:
    if len(colony.constructions) >= buildings.QUEUE_MAX:
        raise Rejected("queue_full", queue_max=buildings.QUEUE_MAX)
    if _next_level(colony, building) > buildings.LEVEL_MAX:
        raise Rejected("level_max", level_max=buildings.LEVEL_MAX)


def _next_level(colony: Colony, building: str) -> int:
    ordered = sum(one.building == building for one in colony.constructions)
    return colony.buildings.get(building, 0) + ordered + 1


def _order(colony: Colony, player: Player, command: Build, now_ms: int) -> Construction:
    level = _next_level(colony, command.building)
    speed = player.modifiers.get("build_speed", 0)
    speed += buildings.effect(colony.buildings, "build_speed")
    started_ms = start_ms(colony.constructions, now_ms)
    duration_ms = buildings.duration_ms(command.building, level, speed)
    return Construction(
        id=chance.name(command.id, "order", now_ms),
        building=command.building,
        level=level,
        paid=buildings.cost(command.building, level),
        started_ms=started_ms,
        complete_ms=started_ms + duration_ms,
    )
