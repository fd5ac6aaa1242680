"""Name what happens to a colony, what that changes, and what it moves in the stock."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from app.core.message import Event
from app.game.colonies.model import garrison, siege
from app.game.colonies.model.state import Colony, Construction, Training
from app.game.colonies.model.stock import (
    Accrual,
    Amounts,
    Production,
    Stock,
    added,
    negative,
    settle,
)


class ColonyFounded(Event, frozen=True, kw_only=True):
    """Record a new colony and what it starts with."""

    colony: str
    player: str
    username: str
    name: str
    x_milli: int
    y_milli: int
    region: str
    planet_type: str
    at_ms: int
    until_ms: int
    start: dict[str, int]
    production: Production


class ConstructionPlaced(Event, frozen=True, kw_only=True):
    """Record that a level of a building was ordered and paid."""

    construction: Construction
    accrual: Accrual


class ConstructionCompleted(Event, frozen=True, kw_only=True):
    """Record that a building reached a level; the next order starts at that moment."""

    order: str
    building: str
    level: int
    accrual: Accrual
    production: Production


class ConstructionCancelled(Event, frozen=True, kw_only=True):
    """Record a cancelled order, its refund, and the line left with its new times."""

    order: str
    building: str
    level: int
    was_under_way: bool
    refunded: dict[str, int]
    left: tuple[Construction, ...]
    accrual: Accrual


class TrainingPlaced(Event, frozen=True, kw_only=True):
    """Record that units were ordered and paid."""

    training: Training
    accrual: Accrual


class TrainingCompleted(Event, frozen=True, kw_only=True):
    """Record that units are ready; the next order starts at that moment."""

    order: str
    unit: str
    count: int
    accrual: Accrual
    production: Production


class TrainingCancelled(Event, frozen=True, kw_only=True):
    """Record a cancelled order, its refund, and the line left with its new times."""

    order: str
    unit: str
    count: int
    refunded: dict[str, int]
    left: tuple[Training, ...]
    accrual: Accrual


class BuildingDemolished(Event, frozen=True, kw_only=True):
    """Record that a building is gone, all its levels with it."""

    building: str
    level: int
    accrual: Accrual
    production: Production


class ColonyRenamed(Event, frozen=True, kw_only=True):
    """Record a colony's new name."""

    name: str


class RatesChanged(Event, frozen=True, kw_only=True):
    """Record new rates and capacities that came from outside, as from research."""

    accrual: Accrual
    production: Production


class ResearchPaid(Event, frozen=True, kw_only=True):
    """Record that a project of research was paid from this colony's stock."""

    project: str
    technology: str
    paid: dict[str, int]
    accrual: Accrual


class ResearchRefunded(Event, frozen=True, kw_only=True):
    """Record that a cancelled project gave part of its price back."""

    project: str
    technology: str
    refunded: dict[str, int]
    accrual: Accrual


class ColonyMinded(Event, frozen=True, kw_only=True):
    """Record that a colony's owner is there, so that it produces until `until_ms`."""

    until_ms: int
    accrual: Accrual


class ClaimNoted(Event, frozen=True, kw_only=True):
    """Record that a client claimed more than there was, beyond what lag explains.

    It changes nothing of the colony; anti-cheat finds it in the journal.
    """

    claimed: dict[str, int]
    held: dict[str, int]
    at_ms: int


Changes = dict[str, Any]


def evolve(colony: Colony | None, event: Event) -> Colony:
    """Apply an event to a colony.

    Raises:
        TypeError: the event is not one of a colony's.
    """
    if isinstance(event, ColonyFounded):
        return _founded(event)
    changes = _CHANGES.get(type(event))
    if colony is None or changes is None:
        raise TypeError(event)
    return replace(colony, stock=_stock(colony.stock, event), **changes(colony, event))


def _founded(event: ColonyFounded) -> Colony:
    return Colony(
        id=event.colony,
        player=event.player,
        username=event.username,
        name=event.name,
        x_milli=event.x_milli,
        y_milli=event.y_milli,
        region=event.region,
        planet_type=event.planet_type,
        founded_ms=event.at_ms,
        stock=Stock(
            amounts_milli=event.start,
            carries=dict.fromkeys(event.start, 0),
            production=event.production,
            since_ms=event.at_ms,
            until_ms=event.until_ms,
        ),
    )


def _stock(stock: Stock, event: Any) -> Stock:
    """Settle the stock and move in it what the ledger names, and nothing else."""
    accrual: Accrual | None = getattr(event, "accrual", None)
    if accrual is None:
        return stock
    stock = settle(stock, accrual)
    for cause, amounts in ledger(event).items():
        if cause != "produced":
            moved = added(stock.amounts_milli, amounts)
            stock = replace(stock, amounts_milli=moved)
    production = getattr(event, "production", stock.production)
    until_ms = getattr(event, "until_ms", stock.until_ms)
    return replace(stock, production=production, until_ms=until_ms)


def _placed(colony: Colony, event: ConstructionPlaced) -> Changes:
    return {"constructions": (*colony.constructions, event.construction)}


def _built(colony: Colony, event: ConstructionCompleted) -> Changes:
    left = tuple(one for one in colony.constructions if one.id != event.order)
    levels = colony.buildings | {event.building: event.level}
    return {"buildings": levels, "constructions": left}


def _enlisted(colony: Colony, event: TrainingPlaced) -> Changes:
    return {"trainings": (*colony.trainings, event.training)}


def _trained(colony: Colony, event: TrainingCompleted) -> Changes:
    left = tuple(one for one in colony.trainings if one.id != event.order)
    count = colony.units.get(event.unit, 0) + event.count
    return {"units": colony.units | {event.unit: count}, "trainings": left}


def _demolished(colony: Colony, event: BuildingDemolished) -> Changes:
    rest = {k: v for k, v in colony.buildings.items() if k != event.building}
    return {"buildings": rest}


_CHANGES: Mapping[type[Event], Callable[[Colony, Any], Changes]] = {
    ConstructionPlaced: _placed,
    ConstructionCompleted: _built,
    ConstructionCancelled: lambda _colony, event: {"constructions": event.left},
    TrainingPlaced: _enlisted,
    TrainingCompleted: _trained,
    TrainingCancelled: lambda _colony, event: {"trainings": event.left},
    BuildingDemolished: _demolished,
    ColonyRenamed: lambda _colony, event: {"name": event.name},
    RatesChanged: lambda _colony, _event: {},
    ResearchPaid: lambda _colony, _event: {},
    ResearchRefunded: lambda _colony, _event: {},
    ColonyMinded: lambda _colony, _event: {},
    ClaimNoted: lambda _colony, _event: {},
    **garrison.CHANGES,
    **siege.CHANGES,
}
"""Event -> what it changes of a colony beside the stock."""

EVENTS: tuple[type[Event], ...] = (ColonyFounded, *_CHANGES)


def ledger(event: Event) -> Mapping[str, Amounts]:
    """Name what an event moved into or out of a stock: cause -> {resource: milli}.

    What a colony stores is the sum of these over its events (law L3).
    """
    movements: dict[str, Amounts] = {**garrison.ledger(event), **siege.ledger(event)}
    accrual: Accrual | None = getattr(event, "accrual", None)
    if accrual is not None:
        movements["produced"] = accrual.produced
    match event:
        case ColonyFounded():
            movements["start"] = event.start
        case ConstructionPlaced():
            movements["paid"] = negative(event.construction.paid)
        case TrainingPlaced():
            movements["paid"] = negative(event.training.paid)
        case ResearchPaid():
            movements["paid"] = negative(event.paid)
        case ConstructionCancelled() | TrainingCancelled() | ResearchRefunded():
            movements["refunded"] = event.refunded
    return movements


def holdings(colony: Colony) -> Amounts:
    """Give what a colony stores, in milli-units, as its last event left it."""
    return colony.stock.amounts_milli
