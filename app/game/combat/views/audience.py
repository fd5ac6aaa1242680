"""Say who hears of a battle, and what.

The battle's own room hears all of it. The full room of its sector and the rooms of the
players who are still in it hear its sign: how far it is, and what is left of whom.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.core.decider import Heard, States
from app.core.message import Event, Ref
from app.game.combat.model.debris import Debris, DebrisLeft
from app.game.combat.model.events import (
    BattleBegan,
    BattleEnded,
    ForceJoined,
    OrderGiven,
    PlunderTaken,
    StepFought,
)
from app.game.combat.model.shown import ranking
from app.game.combat.model.state import Battle, named, players, tally
from app.game.combat.views.shapes import BattleBroadcast, DebrisView
from app.game.combat.views.show import (
    END,
    PARTS,
    SIGN_PARTS,
    SIGN_STEP,
    STEP,
    battle_sign,
    battle_view,
    debris_view,
)
from app.game.players.views import room as player_room

GALAXY = "galaxy"
ARENA_FINISHED = "battle:finished"


def room(battle_id: str) -> str:
    """Name the room of a battle."""
    return f"battle:{battle_id}"


def audience(ref: Ref, event: Event, states: States, _at_ms: int) -> Iterable[Heard]:
    """Say who hears an event of a battle.

    `changes` holds new values of fields of the view that the room's snapshot shows;
    null where the battle is gone from that view.

    Raises:
        TypeError: the event is not one of a battle's.
    """
    battle: Battle = states[ref]
    match event:
        case BattleBegan():
            return _began(battle)
        case StepFought():
            return _fought(battle, event)
        case ForceJoined():
            return _joined(battle, event)
        case OrderGiven():
            return _ordered(battle, event)
        case BattleEnded():
            return _ended(battle)
        case PlunderTaken():
            return (_whole(battle, "battles.plundered", ("loot",)),)
    raise TypeError(event)


def _began(battle: Battle) -> Iterator[Heard]:
    yield _heard(
        battle, "battles.started", room(battle.id), changes=battle_view(battle)
    )
    yield from _signs(battle, "battles.started", changes=battle_sign(battle))


def _fought(battle: Battle, event: StepFought) -> Iterator[Heard]:
    yield _whole(battle, "battles.step", STEP)
    yield from _signs(battle, "battles.step", changes=_sign(battle, SIGN_STEP))
    for name in event.gone:
        about = {"force": name, "state": tally(battle, _force(battle, name)).state}
        yield _heard(battle, "battles.left", room(battle.id), **about)
        player = battle.parties[name].player
        if not battle.arena and player not in players(battle):
            own = player_room(player)
            yield _heard(battle, "battles.left", own, changes=None, **about)


def _joined(battle: Battle, event: ForceJoined) -> Iterator[Heard]:
    """Tell of a force; to its owner the battle may be new."""
    about = {"force": event.force.id}
    yield _whole(battle, "battles.joined", STEP, **about)
    if battle.arena:
        return
    own, kind = player_room(event.party.player), "battles.joined"
    yield _heard(battle, kind, own, changes=battle_sign(battle), **about)
    others = (name for name in _seeing(battle) if name != own)
    changes = _sign(battle, SIGN_STEP)
    yield _heard(battle, kind, *others, changes=changes, **about)


def _ordered(battle: Battle, event: OrderGiven) -> Iterator[Heard]:
    order = event.order
    about = {"force": order.force, "order": order.kind, "value": order.value}
    yield _whole(battle, "battles.order", ("forces",), tick=order.tick, **about)


def _ended(battle: Battle) -> Iterator[Heard]:
    about = {"winner": battle.winner, "report": battle.id}
    yield _whole(battle, "battles.ended", END, **about)
    rooms = map(player_room, named(battle.parties.values()))
    if battle.arena:
        yield _heard(battle, "battles.ended", *rooms, **about)
        if not battle.is_skirmish:
            yield _finished(battle, about)
        return
    full = f"sector:{battle.sector}:full"
    yield _heard(battle, "battles.ended", full, *rooms, changes=None, **about)


def _finished(battle: Battle, about: Mapping[str, Any]) -> Heard:
    """Tell all how an arena ended."""
    last = {"scores": ranking(battle), "chain": battle.frame.chain}
    return _heard(battle, ARENA_FINISHED, room(battle.id), GALAXY, **about, **last)


def _signs(battle: Battle, kind: BattleBroadcast, **payload: Any) -> Iterator[Heard]:
    """Tell those who see the place and those who fight; nobody of an arena."""
    if not battle.arena and not battle.is_over:
        yield _heard(battle, kind, *_seeing(battle), **payload)


def _seeing(battle: Battle) -> tuple[str, ...]:
    return (f"sector:{battle.sector}:full", *map(player_room, players(battle)))


def _sign(battle: Battle, fields: Iterable[str]) -> dict[str, Any]:
    return {name: SIGN_PARTS[name](battle) for name in fields}


def _whole(
    battle: Battle, kind: BattleBroadcast, fields: Iterable[str], **about: Any
) -> Heard:
    changes = {name: PARTS[name](battle) for name in fields}
    return _heard(battle, kind, room(battle.id), changes=changes, **about)


def _heard(battle: Battle, kind: str, *rooms: str, **payload: Any) -> Heard:
    """Say something of a battle; without `changes` the views stay as they are."""
    return Heard(rooms=rooms, type=kind, payload={"battle": battle.id, **payload})


def _force(battle: Battle, name: str) -> Any:
    return next(one for one in battle.forces if one.id == name)


def debris_audience(
    ref: Ref, event: Event, states: States, _at_ms: int
) -> Iterable[Heard]:
    """Say who hears of debris: those who see its sector."""
    debris: Debris = states[ref]
    kind = "debris.left" if isinstance(event, DebrisLeft) else "debris.taken"
    changes: DebrisView | None = debris_view(debris)
    if not debris.amounts_milli:
        kind, changes = "debris.gone", None
    payload = {"debris": debris.id, "changes": changes}
    yield Heard(rooms=(f"sector:{debris.sector}:full",), type=kind, payload=payload)
