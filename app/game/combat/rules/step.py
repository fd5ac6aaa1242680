"""Fight a step of a battle: a timer's command, every second while it goes on."""

from collections.abc import Iterable, Iterator

import app.game.players.model as players
from app.core.decider import AGGREGATES_MAX, Due, Outcome, States
from app.core.message import Command, Ref
from app.game.colonies.model import state as colonies
from app.game.combat.model import fight, state
from app.game.combat.model.engine.spec import MARK_TICKS, TICK_MS, Force, Frame
from app.game.combat.model.events import (
    BattleBegan,
    BattleEnded,
    StepFought,
    evolve,
)
from app.game.combat.model.state import COLONY, FLEET, Battle, active, tally
from app.game.combat.rules.leave import leave_due
from app.game.combat.rules.muster import Follows
from app.game.combat.rules.siege import siege_due
from app.game.combat.rules.wreck import wreck_due, wreck_of
from app.game.fleets.model import state as fleets

FIGHTING = "fighting"


class FightStep(Command, frozen=True, kw_only=True):
    """Fight up to a tick, at a time.

    `fought_by` are kind and id of the colony and the fleets in it, `touched` of what
    else the end of the battle changes.
    """

    battle: str
    tick: int
    at_ms: int
    fought_by: tuple[tuple[str, str], ...]
    touched: tuple[tuple[str, str], ...]


def step_loads(command: FightStep) -> tuple[Ref, ...]:
    """Name the battle and who fights: who comes to join them before comes first."""
    about = command.fought_by[: AGGREGATES_MAX - 1]
    return (state.ref(command.battle), *(Ref(*one) for one in about))


def step_reaches(command: FightStep) -> tuple[Ref, ...]:
    """Name those whose orders must not overtake the battle (law L7)."""
    return tuple(Ref(*one) for one in (*command.fought_by, *command.touched))


def step(states: States, command: FightStep, _now_ms: int) -> Outcome:
    """Fight up to the tick whose time has come, whenever this runs."""
    battle: Battle | None = states[state.ref(command.battle)]
    if battle is None or battle.is_over:
        return Outcome()
    follows = fought(battle, command.tick, command.at_ms)
    return Outcome(events=follows.events, due=follows.due)


def opened(began: BattleBegan) -> Outcome:
    """Begin a battle that needs no more than itself, and fight its first tick."""
    follows = fought(evolve(None, began), 1, began.at_ms)
    ref = state.ref(began.battle)
    return Outcome(events=((ref, began), *follows.events), due=follows.due)


def fought(battle: Battle, to_tick: int, at_ms: int) -> Follows:
    """Fight a battle on, up to a tick at a time; where that ends it, end it.

    What must be done with fleets, colony and wrecks follows at once.
    """
    ref = state.ref(battle.id)
    event = _fought(battle, to_tick)
    after = evolve(battle, event)
    if not after.frame.over:
        left = [force for force in after.forces if force.id in event.gone]
        due = (*_leaving(after, left, at_ms), step_due(after, _next_tick(after)))
        return Follows(events=((ref, event),), due=due)
    wreck = wreck_of(after)
    end = BattleEnded(
        at_ms=at_ms,
        winner=after.frame.winner,
        tick=after.frame.tick,
        chain=after.frame.chain,
        debris=wreck,
    )
    left = [force for force in after.forces if force.id not in battle.gone]
    return Follows(
        events=((ref, event), (ref, end)),
        due=(
            *(wreck_due(after, wreck, at_ms) if wreck else ()),
            *siege_due(after, at_ms),
            *_leaving(after, left, at_ms),
        ),
    )


def step_due(battle: Battle, tick: int) -> Due:
    """Set the timer of a step. One up to the first tick is due at once."""
    at_ms = battle.began_ms + (tick * TICK_MS if tick > 1 else 0)
    command = FightStep(
        id=f"{battle.id}.s{tick:05}",
        player=battle.parties[battle.forces[0].id].player,
        battle=battle.id,
        tick=tick,
        at_ms=at_ms,
        fought_by=tuple(_fought_by(battle)),
        touched=tuple(dict.fromkeys(_touched(battle))),
    )
    return Due(at_ms=at_ms, command=command)


def _fought_by(battle: Battle) -> Iterator[Ref]:
    """Name the besieged colony and the fleets; nobody of an arena."""
    if battle.colony:
        yield colonies.ref(battle.colony)
    for force in active(battle):
        if battle.parties[force.id].kind == FLEET:
            yield fleets.ref(force.id)


def _touched(battle: Battle) -> Iterator[Ref]:
    """Name the owners of who fights, and the colonies that pay for or post fleets."""
    for force in active(battle):
        party = battle.parties[force.id]
        if party.kind in (FLEET, COLONY):
            yield players.ref(party.player)
        yield from (colonies.ref(one) for one in (party.home, party.post) if one)


def _next_tick(battle: Battle) -> int:
    return (battle.frame.tick // MARK_TICKS + 1) * MARK_TICKS


def _fought(battle: Battle, to_tick: int) -> StepFought:
    frame = fight.advanced(battle, to_tick)
    gone = [
        name
        for name, one in frame.tallies.items()
        if one.state != FIGHTING and name not in battle.gone
    ]
    return StepFought(
        to_tick=to_tick, chain=frame.chain, lost=_lost(battle, frame), gone=tuple(gone)
    )


def _lost(battle: Battle, frame: Frame) -> dict[str, dict[str, int]]:
    """Give what was destroyed since the last frame, by force."""
    lost: dict[str, dict[str, int]] = {}
    for force in battle.forces:
        now = frame.tallies.get(force.id)
        before = tally(battle, force).lost
        more = (
            {unit: n - before.get(unit, 0) for unit, n in now.lost.items()}
            if now
            else {}
        )
        if any(more.values()):
            lost[force.id] = {unit: count for unit, count in more.items() if count}
    return lost


def _leaving(battle: Battle, forces: Iterable[Force], at_ms: int) -> tuple[Due, ...]:
    return tuple(
        leave_due(battle, force, at_ms)
        for force in forces
        if battle.parties[force.id].kind == FLEET
    )
