"""Attack a fleet or a colony: the first exchange at once, the rest step by step."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import app.game.players.model as players
from app.core import chance
from app.core.decider import Outcome, States, check_new
from app.core.message import Command, Event, Ref, Rejected
from app.game.combat.model import state
from app.game.combat.model.shown import exchange
from app.game.combat.rules import aim
from app.game.combat.rules.aim import Sighted
from app.game.combat.rules.begin import Assault, begin, join
from app.game.fleets.model import state as fleets
from app.game.fleets.model.events import OrderFailed
from app.game.fleets.model.state import Fleet, Order
from app.game.fleets.model.terms import at_peace, owned
from app.game.galaxy.model.map import Galaxy
from app.game.players.model import Player, ShieldEnded

Target = tuple[str, str]
"""Kind and id: `fleet` or `colony`."""


class Theatre(NamedTuple):
    """Hold what attacks need of a galaxy.

    `secret` makes the seeds of battles, which nobody can know before the end. `queue`
    puts an order at the end of a fleet's queue (fleet, order, states, time, command).
    """

    galaxy: Galaxy
    secret: str
    queue: Callable[[Fleet, Order, States, int, str], Outcome]


class Attack(Command, frozen=True, kw_only=True):
    """Attack a target now, or with `queue` when the fleet is done with what it does."""

    fleet: str
    target: Target
    queue: bool = False


class AttackAtOnce(Command, frozen=True, kw_only=True):
    """Attack by an order whose turn it is, at a time: follows on an arrival."""

    fleet: str
    order: Order
    at_ms: int


def attack_loads(command: Attack) -> tuple[Ref, ...]:
    """Name the fleet, its owner, the target and the battle that there may be."""
    return _loads(command, command.fleet, command.target)


def at_once_loads(command: AttackAtOnce) -> tuple[Ref, ...]:
    """Name the same."""
    return _loads(command, command.fleet, command.order.target)


def _loads(command: Command, fleet: str, target: Target) -> tuple[Ref, ...]:
    refs = (
        fleets.ref(fleet),
        players.ref(command.player),
        aim.ref_of(target),
        state.ref(battle_id(command)),
    )
    return tuple(dict.fromkeys(refs))


def battle_id(command: Command) -> str:
    """Name the battle that an attack begins."""
    return chance.name(command.id, "battle")


def attack(theatre: Theatre, states: States, command: Attack, now_ms: int) -> Outcome:
    """Begin a battle, or join the one that the target is in.

    Raises:
        Needs: the target's owner, its battle, the fleets stationed there.
        Rejected: `not_found`, `in_battle`, `requirements_missing`, `own_target`,
            `allied`, `queue_full`, `out_of_range`, `protected`, `shielded`,
            `occupied`, `battle_full`, `fled`, `id_reused`.
    """
    check_new(states, state.ref(battle_id(command)))
    fleet = owned(states, command.fleet, command.player)
    at_peace(states, fleet)
    aim.check_armed(fleet)
    target = aim.sighted(theatre.galaxy, states, fleet, command.target, now_ms)
    player: Player = states[players.ref(fleet.player)]
    owner = aim.check_foe(states, player, target)
    if command.queue and (fleet.course or fleet.queue):
        order = _order(command, target)
        return theatre.queue(fleet, order, states, now_ms, command.id)
    aim.check_range(fleet, player, target, now_ms)
    aim.check_allowed(theatre.galaxy, fleet, target, owner, now_ms)
    assault = Assault(
        battle=battle_id(command),
        seed=chance.digest(theatre.secret, command.id),
        states=states,
        at_ms=now_ms,
        fleet=fleet,
        player=player,
        target=target,
        owner=owner,
    )
    return _outcome(assault)


def _order(command: Attack, target: Sighted) -> Order:
    return Order(
        id=chance.name(command.id, "order"),
        kind="attack",
        points=((target.x_milli, target.y_milli),),
        target=command.target,
    )


def _outcome(assault: Assault) -> Outcome:
    battle, follows = join(assault) if assault.target.what.battle else begin(assault)
    return Outcome(
        events=(*_unshielded(assault), *follows.events),
        due=follows.due,
        drop=follows.drop,
        result={"battle": battle.id, "exchange": exchange(battle)},
    )


def _unshielded(assault: Assault) -> Iterator[tuple[Ref, Event]]:
    """Who attacks can be attacked from then on."""
    if assault.player.shield_until_ms > assault.at_ms:
        yield players.ref(assault.player.id), ShieldEnded()


def on_arrival(fleet: Fleet, order: Order, command_id: str) -> Command:
    """Let a fleet that came to where it stands attack what its order says."""
    return AttackAtOnce(
        id=command_id,
        player=fleet.player,
        fleet=fleet.id,
        order=order,
        at_ms=fleet.since_ms,
    )


def attack_at_once(
    theatre: Theatre, states: States, command: AttackAtOnce, _now_ms: int
) -> Outcome:
    """Attack as ordered, or say why that can't be.

    Raises:
        Needs: as `attack`.
    """
    fleet: Fleet | None = states[fleets.ref(command.fleet)]
    if fleet is None or not fleet.ships or fleet.battle or fleet.course:
        return Outcome()
    order = command.order
    now = Attack(
        id=command.id, player=command.player, fleet=fleet.id, target=order.target
    )
    try:
        return attack(theatre, states, now, command.at_ms)
    except Rejected as refusal:
        failed = OrderFailed(order=order, code=refusal.code)
        return Outcome(events=((fleets.ref(fleet.id), failed),))
