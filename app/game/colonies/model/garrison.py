"""Name what fleets do to a colony: units leave and land, goods move, posts are held.

Units that left to fly in a fleet stay on the books of their home, in `away`: it pays
their upkeep until they land elsewhere, are lost, or are used up.
"""

from collections.abc import Callable, Mapping
from typing import Any

from app.core.message import Event
from app.game.colonies.model.state import Colony
from app.game.colonies.model.stock import Accrual, Amounts, Production, negative
from app.game.colonies.model.units import together, without

POSTS_MAX = 16
"""Fleets that may defend a colony, and likewise blockade it (tune)."""


class UnitsLaunched(Event, frozen=True, kw_only=True):
    """Record that units left the colony in a fleet; it goes on paying for them."""

    fleet: str
    units: dict[str, int]


class UnitsLanded(Event, frozen=True, kw_only=True):
    """Record that the units of a fleet landed.

    `returned` are those among them that were this colony's own, away until now.
    """

    fleet: str
    units: dict[str, int]
    returned: dict[str, int]
    accrual: Accrual
    production: Production


class UpkeepReleased(Event, frozen=True, kw_only=True):
    """Record that units which were away are no longer this colony's to pay for."""

    units: dict[str, int]
    accrual: Accrual
    production: Production


class UpkeepAssumed(Event, frozen=True, kw_only=True):
    """Record that units came under this colony's upkeep while they fly."""

    units: dict[str, int]
    accrual: Accrual
    production: Production


class GoodsShipped(Event, frozen=True, kw_only=True):
    """Record that a fleet took goods from the stock."""

    fleet: str
    cargo: dict[str, int]
    accrual: Accrual


class GoodsDelivered(Event, frozen=True, kw_only=True):
    """Record that a fleet brought goods into the stock, above its capacity or not."""

    fleet: str
    cargo: dict[str, int]
    accrual: Accrual


class FleetStationed(Event, frozen=True, kw_only=True):
    """Record that a fleet defends the colony from now on."""

    fleet: str


class FleetRelieved(Event, frozen=True, kw_only=True):
    """Record that a fleet defends the colony no longer."""

    fleet: str


class BlockadeBegun(Event, frozen=True, kw_only=True):
    """Record that a fleet blockades the colony: no transport loads or unloads."""

    fleet: str


class BlockadeEnded(Event, frozen=True, kw_only=True):
    """Record that a fleet blockades the colony no longer."""

    fleet: str


Changes = dict[str, Any]


def _launched(colony: Colony, event: UnitsLaunched) -> Changes:
    return {
        "units": without(colony.units, event.units),
        "away": together(colony.away, event.units),
    }


def _landed(colony: Colony, event: UnitsLanded) -> Changes:
    return {
        "units": together(colony.units, event.units),
        "away": without(colony.away, event.returned),
    }


CHANGES: Mapping[type[Event], Callable[[Colony, Any], Changes]] = {
    UnitsLaunched: _launched,
    UnitsLanded: _landed,
    UpkeepReleased: lambda colony, event: {"away": without(colony.away, event.units)},
    UpkeepAssumed: lambda colony, event: {"away": together(colony.away, event.units)},
    GoodsShipped: lambda _colony, _event: {},
    GoodsDelivered: lambda _colony, _event: {},
    FleetStationed: lambda colony, event: {
        "stationed": (*colony.stationed, event.fleet)
    },
    FleetRelieved: lambda colony, event: {
        "stationed": _without(colony.stationed, event.fleet)
    },
    BlockadeBegun: lambda colony, event: {
        "blockades": (*colony.blockades, event.fleet)
    },
    BlockadeEnded: lambda colony, event: {
        "blockades": _without(colony.blockades, event.fleet)
    },
}
"""Event -> what it changes of a colony beside the stock."""


def _without(fleets: tuple[str, ...], gone: str) -> tuple[str, ...]:
    return tuple(fleet for fleet in fleets if fleet != gone)


def ledger(event: Event) -> Mapping[str, Amounts]:
    """Name what an event moved into or out of a stock, beside what was produced."""
    match event:
        case GoodsShipped():
            return {"shipped": negative(event.cargo)}
        case GoodsDelivered():
            return {"delivered": event.cargo}
    return {}
