"""Keep what is left of destroyed ships, until somebody takes it or it drifts apart."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from app.core.message import Event, Ref
from app.core.units import HOUR_MS
from app.game.colonies.model.units import cost

KIND = "debris"

LEFT_PERCENT = 30
"""How much of what destroyed ships cost is left of them (tune)."""
LEFT_OF = ("minerals", "energy")
LASTS_MS = 24 * HOUR_MS
"""How long debris can be taken (tune)."""


class Debris(Struct, frozen=True, kw_only=True):
    """Hold what drifts where a battle was, in milli-units; nothing once it is gone."""

    id: str
    battle: str
    sector: str
    x_milli: int
    y_milli: int
    amounts_milli: dict[str, int]
    until_ms: int


class DebrisLeft(Event, frozen=True, kw_only=True):
    """Record what a battle left behind."""

    debris: str
    battle: str
    sector: str
    x_milli: int
    y_milli: int
    amounts_milli: dict[str, int]
    until_ms: int


class DebrisTaken(Event, frozen=True, kw_only=True):
    """Record what a fleet took aboard."""

    fleet: str
    taken: dict[str, int]


class DebrisGone(Event, frozen=True, kw_only=True):
    """Record that the rest drifted apart, or that nothing was left."""

    lost: dict[str, int]


EVENTS: tuple[type[Event], ...] = (DebrisLeft, DebrisTaken, DebrisGone)


def ref(debris_id: str) -> Ref:
    """Name the aggregate of debris."""
    return Ref(KIND, debris_id)


def place(debris: Debris) -> str | None:
    """Name the sector that debris drifts in, as long as there is any."""
    return debris.sector if debris.amounts_milli else None


def of_ships(lost: Mapping[str, int]) -> dict[str, int]:
    """Give what is left of destroyed ships, in milli-units."""
    left = dict.fromkeys(LEFT_OF, 0)
    for unit, count in lost.items():
        spent = cost(unit, count)
        for resource in LEFT_OF:
            left[resource] += spent.get(resource, 0) * LEFT_PERCENT // 100
    return {resource: milli for resource, milli in left.items() if milli}


def evolve(debris: Debris | None, event: Event) -> Debris:
    """Apply an event to debris.

    Raises:
        TypeError: the event is not one of debris.
    """
    if isinstance(event, DebrisLeft):
        return Debris(
            id=event.debris,
            battle=event.battle,
            sector=event.sector,
            x_milli=event.x_milli,
            y_milli=event.y_milli,
            amounts_milli=event.amounts_milli,
            until_ms=event.until_ms,
        )
    if debris is None:
        raise TypeError(event)
    match event:
        case DebrisTaken(taken=taken):
            return replace(debris, amounts_milli=_less(debris.amounts_milli, taken))
        case DebrisGone():
            return replace(debris, amounts_milli={})
    raise TypeError(event)


def _less(amounts: Mapping[str, int], taken: Mapping[str, int]) -> dict[str, int]:
    left = {name: milli - taken.get(name, 0) for name, milli in amounts.items()}
    return {name: milli for name, milli in left.items() if milli}


def ledger(event: Event) -> Mapping[str, Mapping[str, int]]:
    """Name what an event moved into or out of debris: cause -> {resource: milli}."""
    match event:
        case DebrisLeft():
            return {"wrecked": event.amounts_milli}
        case DebrisTaken():
            return {"salvaged": _negative(event.taken)}
        case DebrisGone():
            return {"drifted": _negative(event.lost)}
    return {}


def _negative(amounts: Mapping[str, int]) -> dict[str, int]:
    return {resource: -milli for resource, milli in amounts.items()}


def holdings(debris: Debris) -> Mapping[str, int]:
    """Give what drifts, in milli-units (law L3)."""
    return debris.amounts_milli
