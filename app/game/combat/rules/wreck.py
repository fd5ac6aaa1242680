"""Leave debris where ships were destroyed, and let it drift apart in time."""

from collections import Counter

from app.core import chance
from app.core.decider import Due, Outcome, States
from app.core.message import Command, Ref
from app.game.combat.model import debris, state
from app.game.combat.model.debris import Debris, DebrisGone, DebrisLeft
from app.game.combat.model.state import Battle, tally


class LeaveDebris(Command, frozen=True, kw_only=True):
    """Leave what is left of the ships that a battle destroyed, at a time."""

    battle: str
    debris: str
    at_ms: int


class DriftApart(Command, frozen=True, kw_only=True):
    """Let debris that nobody took be no more: a timer's command."""

    debris: str


def wreck_of(battle: Battle) -> str:
    """Name the debris that a battle leaves; empty for none."""
    if battle.arena or not _amounts(battle):
        return ""
    return chance.name(battle.id, "debris")


def wreck_due(battle: Battle, name: str, at_ms: int) -> tuple[Due, ...]:
    """Let a battle leave its debris at once."""
    command = LeaveDebris(
        id=f"{battle.id}.d",
        player=battle.parties[battle.forces[0].id].player,
        battle=battle.id,
        debris=name,
        at_ms=at_ms,
    )
    return (Due(at_ms=at_ms, command=command),)


def wreck_loads(command: LeaveDebris) -> tuple[Ref, ...]:
    """Name the debris and the battle."""
    return (debris.ref(command.debris), state.ref(command.battle))


def wreck(states: States, command: LeaveDebris, _now_ms: int) -> Outcome:
    """Leave it, and set the time at which it drifts apart."""
    battle: Battle | None = states[state.ref(command.battle)]
    ref = debris.ref(command.debris)
    if battle is None or states[ref] is not None:
        return Outcome()
    left = DebrisLeft(
        debris=command.debris,
        battle=battle.id,
        sector=battle.sector,
        x_milli=battle.x_milli,
        y_milli=battle.y_milli,
        amounts_milli=_amounts(battle),
        until_ms=command.at_ms + debris.LASTS_MS,
    )
    drifts = DriftApart(
        id=drift_timer(command.debris), player=command.player, debris=command.debris
    )
    return Outcome(
        events=((ref, left),), due=(Due(at_ms=left.until_ms, command=drifts),)
    )


def drift_timer(name: str) -> str:
    """Name the timer at which debris is no more."""
    return f"{name}.g"


def drift_loads(command: DriftApart) -> tuple[Ref, ...]:
    """Name the debris alone."""
    return (debris.ref(command.debris),)


def drift(states: States, command: DriftApart, _now_ms: int) -> Outcome:
    """Let the rest be gone."""
    ref = debris.ref(command.debris)
    found: Debris | None = states[ref]
    if found is None or not found.amounts_milli:
        return Outcome()
    return Outcome(events=((ref, DebrisGone(lost=found.amounts_milli)),))


def _amounts(battle: Battle) -> dict[str, int]:
    lost: Counter[str] = Counter()
    for force in battle.forces:
        lost.update(tally(battle, force).lost)
    return debris.of_ships(lost)
