"""Name what happens to a battle, and what that changes.

Events carry inputs and results; the ships themselves are moved by the engine, which
fights every step again where events are applied (see docs/decisions/0020).
"""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from app.core.message import Event
from app.game.combat.model import fight
from app.game.combat.model.engine.spec import Force, Order
from app.game.combat.model.state import Battle, Losses, Party


class BattleBegan(Event, frozen=True, kw_only=True):
    """Record a new battle and who begins it."""

    battle: str
    engine: int
    seed: int
    sector: str
    x_milli: int
    y_milli: int
    colony: str
    arena: str
    at_ms: int
    forces: tuple[Force, ...]
    parties: dict[str, Party]


class StepFought(Event, frozen=True, kw_only=True):
    """Record that a battle was fought up to a tick, and the chain of hashes there.

    `lost` is what was destroyed since the step before, by force and unit; `gone` are
    the forces that fled or were destroyed in it. It may be over before `to_tick`.
    """

    to_tick: int
    chain: str
    lost: dict[str, dict[str, int]]
    gone: tuple[str, ...]


class ForceJoined(Event, frozen=True, kw_only=True):
    """Record that a force came to a battle that is going on."""

    force: Force
    party: Party


class OrderGiven(Event, frozen=True, kw_only=True):
    """Record an order to a force, by the player whose it is."""

    player: str
    order: Order


class BattleEnded(Event, frozen=True, kw_only=True):
    """Record the end: the side that won (-1 for none), the last tick and the chain.

    `debris` names what was left behind, empty for nothing.
    """

    at_ms: int
    winner: int
    tick: int
    chain: str
    debris: str


class PlunderTaken(Event, frozen=True, kw_only=True):
    """Record what fleets of the winner carried off, in milli-units."""

    loot: dict[str, dict[str, int]]


Changes = dict[str, Any]


def evolve(battle: Battle | None, event: Event) -> Battle:
    """Apply an event to a battle.

    Raises:
        TypeError: the event is not one of a battle's.
    """
    if isinstance(event, BattleBegan):
        return _began(event)
    changes = _CHANGES.get(type(event))
    if battle is None or changes is None:
        raise TypeError(event)
    return replace(battle, **changes(battle, event))


def _began(event: BattleBegan) -> Battle:
    return Battle(
        id=event.battle,
        engine=event.engine,
        seed=event.seed,
        sector=event.sector,
        x_milli=event.x_milli,
        y_milli=event.y_milli,
        colony=event.colony,
        arena=event.arena,
        began_ms=event.at_ms,
        forces=event.forces,
        parties=event.parties,
        frame=fight.begun(event.seed, event.forces),
    )


def _fought(battle: Battle, event: StepFought) -> Changes:
    note = Losses(tick=event.to_tick, lost=event.lost)
    return {
        "frame": fight.advanced(battle, event.to_tick),
        "gone": battle.gone + event.gone,
        "log": (*battle.log, note) if event.lost else battle.log,
    }


def _joined(battle: Battle, event: ForceJoined) -> Changes:
    """Add a force. One that is there before the first tick is there from the start."""
    forces = (*battle.forces, event.force)
    changes: Changes = {
        "forces": forces,
        "parties": battle.parties | {event.force.id: event.party},
    }
    if battle.frame.tick == event.force.tick == 0:
        changes["frame"] = fight.begun(battle.seed, forces)
    return changes


def _ended(battle: Battle, event: BattleEnded) -> Changes:
    return {
        "ended_ms": event.at_ms,
        "winner": event.winner,
        "debris": event.debris,
        "frame": replace(battle.frame, entities=b""),
    }


_CHANGES: Mapping[type[Event], Callable[[Battle, Any], Changes]] = {
    StepFought: _fought,
    ForceJoined: _joined,
    OrderGiven: lambda battle, event: {"orders": (*battle.orders, event.order)},
    BattleEnded: _ended,
    PlunderTaken: lambda _battle, event: {"loot": event.loot},
}

EVENTS: tuple[type[Event], ...] = (BattleBegan, *_CHANGES)
