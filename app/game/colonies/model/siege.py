"""Name what a battle does to a colony: it is besieged, plundered, held for a time."""

from collections.abc import Callable, Mapping
from typing import Any

from app.core.message import Event
from app.core.units import HOUR_MS
from app.game.colonies.model.state import Colony
from app.game.colonies.model.stock import Accrual, Amounts, Production, negative
from app.game.colonies.model.units import without

OCCUPATION_MS = 6 * HOUR_MS
"""How long a victor holds a colony (tune)."""


class SiegeBegun(Event, frozen=True, kw_only=True):
    """Record that a battle is fought over the colony."""

    battle: str


class SiegeEnded(Event, frozen=True, kw_only=True):
    """Record that the battle is over: units that were lost, goods that were taken."""

    battle: str
    lost: dict[str, int]
    looted: dict[str, int]
    accrual: Accrual
    production: Production


class Occupied(Event, frozen=True, kw_only=True):
    """Record that a player holds the colony until a time, and denies its production."""

    occupier: str
    until_ms: int
    accrual: Accrual
    production: Production


class OccupationEnded(Event, frozen=True, kw_only=True):
    """Record that nobody holds the colony any more."""

    occupier: str
    accrual: Accrual
    production: Production


Changes = dict[str, Any]

CHANGES: Mapping[type[Event], Callable[[Colony, Any], Changes]] = {
    SiegeBegun: lambda _colony, event: {"battle": event.battle},
    SiegeEnded: lambda colony, event: {
        "battle": "",
        "units": without(colony.units, event.lost),
    },
    Occupied: lambda _colony, event: {
        "occupier": event.occupier,
        "occupied_until_ms": event.until_ms,
    },
    OccupationEnded: lambda _colony, _event: {"occupier": "", "occupied_until_ms": 0},
}
"""Event -> what it changes of a colony beside the stock."""


def ledger(event: Event) -> Mapping[str, Amounts]:
    """Name what an event moved into or out of a stock, beside what was produced."""
    if isinstance(event, SiegeEnded):
        return {"plundered": negative(event.looted)}
    return {}
