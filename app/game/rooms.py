"""Say which rooms there are, and what they show to who joins."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypedDict, TypeVar

from app.core.decider import States
from app.core.message import Ref, Rejected
from app.game.arenas import model as arena
from app.game.arenas.views import ArenaView, arena_view
from app.game.chat import model as channel
from app.game.chat import views as chat
from app.game.chat.model import Channel
from app.game.chat.views import ChannelView, MessageView
from app.game.colonies.model import state as colony
from app.game.colonies.model.state import Colony
from app.game.colonies.views.shapes import ColonyView, HiddenColony, PublicColony
from app.game.colonies.views.show import (
    colony_view,
    hidden_view,
    public_view,
)
from app.game.combat.model import debris
from app.game.combat.model import state as battle
from app.game.combat.views.shapes import BattleSign, BattleView, DebrisView
from app.game.combat.views.show import battle_sign, battle_view, debris_view
from app.game.fleets.model import state as fleet
from app.game.fleets.model.shapes import FleetView, PublicFleet
from app.game.fleets.model.state import Fleet
from app.game.fleets.views.show import fleet_public_view, fleet_view
from app.game.players import model as players
from app.game.players import views as players_views
from app.game.players.model import Player
from app.game.players.views import PlayerView
from app.game.research import model as research
from app.game.research import views as research_views
from app.game.research.views import ResearchView
from app.game.vision.views import joined

View = TypeVar("View")
CHAT = "chat"
"""How the rooms of channels begin."""


class PlayerRoom(TypedDict):
    """Snapshot of `player:<id>`: the empire; things by id, `player` null without one.

    `battles` are those that own forces are in.
    """

    player: PlayerView | None
    colonies: dict[str, ColonyView]
    research: ResearchView
    fleets: dict[str, FleetView]
    battles: dict[str, BattleSign]


class SectorRoom(TypedDict):
    """Snapshot of `sector:<x>:<y>:full`: all that is seen there, by id."""

    colonies: dict[str, PublicColony]
    fleets: dict[str, PublicFleet]
    battles: dict[str, BattleSign]
    debris: dict[str, DebrisView]


class FoggedRoom(TypedDict):
    """Snapshot of `sector:<x>:<y>`: only that there are colonies, by id."""

    colonies: dict[str, HiddenColony]


class BattleRoom(TypedDict):
    """Snapshot of `battle:<id>`: at most one of each, by the same id."""

    battles: dict[str, BattleView]
    arenas: dict[str, ArenaView]


class ChatRoom(TypedDict):
    """Snapshot of `chat:<channel>`: its last messages, oldest first."""

    channel: ChannelView | None
    messages: list[MessageView]


class GalaxyRoom(TypedDict):
    """Snapshot of `galaxy`: there is nothing to show."""


Room = PlayerRoom | SectorRoom | FoggedRoom | BattleRoom | ChatRoom | GalaxyRoom


def rooms_of(player: Player) -> tuple[str, ...]:
    """Name the rooms that a player is in from the first moment."""
    sectors = (f"sector:{sector}:full" for sector in player.sectors)
    return (*joined(player), *sectors)


def colony_refs(colony_id: str, player_id: str) -> tuple[Ref, ...]:
    """Name what `show_colony` has to see."""
    return (colony.ref(colony_id), players.ref(player_id))


def show_colony(
    colony_id: str, player_id: str, states: States, at_ms: int
) -> ColonyView:
    """Show a colony to its owner, for `GET /colonies/{id}`.

    Raises:
        Rejected: `not_found`, also where it is somebody else's.
    """
    found: Colony | None = states[colony.ref(colony_id)]
    if found is None or found.player != player_id:
        raise Rejected("not_found", "There is no such colony.")
    return colony_view(found, at_ms)


def snapshot_refs(room: str, members: Sequence[Ref], known: States) -> tuple[Ref, ...]:
    """Name what a room's snapshot is made of, given what is known so far."""
    kind, _, name = room.partition(":")
    if kind == "sector":
        is_full = name.endswith(":full")
        return tuple(ref for ref in members if is_full or ref.kind == colony.KIND)
    if kind == battle.KIND:
        return _fight_refs(name, known)
    if kind == CHAT:
        return (channel.ref(name),)
    if kind != "player":
        return ()
    owner = known.get(players.ref(name))
    found = (players.ref(name), research.ref(name))
    if owner is None:
        return found
    own = (*map(colony.ref, owner.colonies), *map(fleet.ref, owner.fleets))
    return (*found, *own, *_battle_refs(own, known))


def _fight_refs(name: str, known: States) -> tuple[Ref, ...]:
    """Name a battle, and the arena of that name where it may be one's.

    Most battles have none: what is nowhere costs a look into Postgres each time.
    """
    ref = battle.ref(name)
    found = known.get(ref)
    has_arena = found is None or (found.arena and not found.is_skirmish)
    if ref not in known or not has_arena:
        return (ref,)
    return (ref, arena.ref(name))


def _battle_refs(own: Sequence[Ref], known: States) -> tuple[Ref, ...]:
    """Name the battles that own colonies and fleets are in."""
    states = (known.get(ref) for ref in own)
    names = dict.fromkeys(state.battle for state in states if state is not None)
    return tuple(battle.ref(name) for name in names if name)


def snapshot(room: str, states: States) -> Room:
    """Show a room to who joins it: what its broadcasts change from there on."""
    kind, _, name = room.partition(":")
    if kind == "player":
        return _player_snapshot(name, states)
    if kind == battle.KIND:
        return {
            "battles": _each(states, battle.KIND, battle_view),
            "arenas": _each(states, arena.KIND, arena_view),
        }
    if kind == CHAT:
        return _chat_snapshot(states.get(channel.ref(name)))
    if kind != "sector":
        return {}
    if not name.endswith(":full"):
        return {"colonies": _each_colony(states, hidden_view)}
    sector = name.removesuffix(":full")
    here = {ref: one for ref, one in _fleets(states) if fleet.place(one) == sector}
    return {
        "colonies": _each_colony(states, public_view),
        "fleets": {ref.id: fleet_public_view(one) for ref, one in here.items()},
        "battles": _each(states, battle.KIND, battle_sign, battle.place),
        "debris": _each(states, debris.KIND, debris_view, debris.place),
    }


def _chat_snapshot(found: Channel | None) -> ChatRoom:
    shown = chat.channel_view(found) if found else None
    return {"channel": shown, "messages": chat.messages(found)}


def _player_snapshot(player_id: str, states: States) -> PlayerRoom:
    player: Player | None = states.get(players.ref(player_id))
    return {
        "player": players_views.view(player) if player else None,
        "colonies": _each_colony(states, colony_view),
        "research": research_views.view(states.get(research.ref(player_id))),
        "fleets": {ref.id: fleet_view(one) for ref, one in _fleets(states)},
        "battles": _each(
            states,
            battle.KIND,
            battle_sign,
            lambda one: player_id in battle.players(one),
        ),
    }


def _fleets(states: States) -> Iterator[tuple[Ref, Fleet]]:
    for ref, state in states.items():
        if ref.kind == fleet.KIND and state is not None and state.ships:
            yield ref, state


def _each_colony(states: States, show: Callable[[Colony], View]) -> dict[str, View]:
    return _each(states, colony.KIND, show)


def _each(
    states: States,
    kind: str,
    show: Callable[[Any], View],
    shows: Callable[[Any], object] = lambda _state: True,
) -> dict[str, View]:
    return {
        ref.id: show(state)
        for ref, state in states.items()
        if ref.kind == kind and state is not None and shows(state)
    }
