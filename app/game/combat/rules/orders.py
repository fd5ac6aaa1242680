"""Give orders in a battle: whom to fire at, how to stand, when to flee."""

import app.game.combat.model.engine.spec as engine
from app.core.decider import Outcome, States
from app.core.message import Command, Ref, Rejected
from app.game.combat.model import state
from app.game.combat.model.engine.spec import ORDERS_MAX, Force
from app.game.combat.model.events import OrderGiven
from app.game.combat.model.state import COLONY, Battle, active, tick_at


class BattleCommand(Command, frozen=True, kw_only=True):
    """Order a force in a battle: a fleet, or the garrison of an own colony."""

    battle: str
    fleet: str


class Focus(BattleCommand, frozen=True, kw_only=True):
    """Prefer a force among what is in range."""

    target: str


class Retreat(BattleCommand, frozen=True, kw_only=True):
    """Flee for good."""


class TakeFormation(BattleCommand, frozen=True, kw_only=True):
    """Stand in a formation: `line`, `assault` or `defensive`."""

    formation: str


def order_loads(command: BattleCommand) -> tuple[Ref, ...]:
    """Name the battle alone: its steps that are due are fought first."""
    return (state.ref(command.battle),)


def focus(states: States, command: Focus, now_ms: int) -> Outcome:
    """Let a force prefer a target.

    Raises:
        Rejected: `not_found`, `finished`, `own_target`, `queue_full`.
    """
    battle, force = _commanded(states, command)
    target = next((one for one in active(battle) if one.id == command.target), None)
    if target is None:
        raise Rejected("not_found", "There is no such target.")
    if target.side == force.side:
        raise Rejected("own_target", "That is on your own side.")
    return _given(battle, force, command, ("focus", command.target), now_ms)


def retreat(states: States, command: Retreat, now_ms: int) -> Outcome:
    """Let a force flee; it has fled once it lived through some ticks of that.

    Raises:
        Rejected: `not_found`, `finished`, `queue_full`; `cannot_retreat` for a
            garrison.
    """
    battle, force = _commanded(states, command)
    if battle.parties[force.id].kind == COLONY:
        raise Rejected("cannot_retreat", "A garrison stays with its colony.")
    return _given(battle, force, command, ("retreat", ""), now_ms)


def formation(states: States, command: TakeFormation, now_ms: int) -> Outcome:
    """Let a force stand in a formation.

    Raises:
        Rejected: `not_found`, `finished`, `queue_full`.
    """
    battle, force = _commanded(states, command)
    return _given(battle, force, command, ("formation", command.formation), now_ms)


def _commanded(states: States, command: BattleCommand) -> tuple[Battle, Force]:
    """Give the battle, and the player's force in it that is to be ordered."""
    battle: Battle | None = states[state.ref(command.battle)]
    if battle is None or command.player not in state.named(battle.parties.values()):
        raise Rejected("not_found", "You fight in no such battle.")
    if battle.is_over:
        raise Rejected("finished", "That battle is over.")
    for force in active(battle):
        is_own = battle.parties[force.id].player == command.player
        if is_own and force.id == command.fleet:
            return battle, force
    raise Rejected("not_found", "You have no such fleet in this battle.")


def _given(
    battle: Battle,
    force: Force,
    command: BattleCommand,
    what: tuple[str, str],
    now_ms: int,
) -> Outcome:
    if len(battle.orders) >= ORDERS_MAX:
        raise Rejected("queue_full", queue_max=ORDERS_MAX)
    kind, value = what
    tick = max(force.tick, tick_at(battle, now_ms))
    order = engine.Order(tick=tick, force=force.id, kind=kind, value=value)
    event = OrderGiven(player=command.player, order=order)
    result = {
        "battle": battle.id,
        "fleet": force.id,
        "order": kind,
        "value": value,
        "tick": tick,
    }
    return Outcome(events=((state.ref(battle.id), event),), result=result)
