"""Wire the game together by explicit tables: kinds, rules, events, wire names, rooms.

Whatever stands outside of the game (engine, sockets, HTTP, workers) reads it from here.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice
from typing import Any

from marshmallow import Schema, ValidationError

from app.core.decider import Game, Kind, Rule, States
from app.core.message import Command, Event, Ref, Rejected
from app.core.units import decimal
from app.game.colonies import schema as colonies_schema
from app.game.colonies.model import events as colonies
from app.game.colonies.model import state as colony
from app.game.colonies.model.state import Colony
from app.game.colonies.rules.build import Build, build
from app.game.colonies.rules.cancel import CancelOrder, cancel
from app.game.colonies.rules.complete import CompleteOrder, complete
from app.game.colonies.rules.demolish import Demolish, demolish
from app.game.colonies.rules.join import START_UNITS, JoinGalaxy, join
from app.game.colonies.rules.join import loads as join_loads
from app.game.colonies.rules.own import loads as own_loads
from app.game.colonies.rules.rename import RenameColony, rename
from app.game.colonies.rules.shield import EndShield, end_shield
from app.game.colonies.rules.shield import loads as shield_loads
from app.game.colonies.rules.sleep import CheckSleep, check_sleep, waking
from app.game.colonies.rules.sync import SyncStock, sync
from app.game.colonies.rules.train import Train, train
from app.game.colonies.views.audience import audience as colony_audience
from app.game.colonies.views.catalogue import catalogue as colonies_catalogue
from app.game.colonies.views.show import (
    colony_view,
    hidden_view,
    place,
    public_view,
)
from app.game.galaxy.model import Galaxy
from app.game.galaxy.views import catalogue as galaxy_catalogue
from app.game.players import model as players
from app.game.players import views as players_views
from app.game.players.model import Player
from app.game.research import model as research
from app.game.research import rules as research_rules
from app.game.research import schema as research_schema
from app.game.research import views as research_views

KINDS: Mapping[str, Kind] = {
    players.KIND: Kind(Player, players.evolve, players_views.audience),
    colony.KIND: Kind(Colony, colonies.evolve, colony_audience, place),
    research.KIND: Kind(research.Research, research.evolve, research_views.audience),
}

EVENTS: tuple[type[Event], ...] = (
    *players.EVENTS,
    *colonies.EVENTS,
    *research.EVENTS,
)

LEDGERS: Mapping[str, Callable[[Event], Mapping[str, Mapping[str, int]]]] = {
    players.KIND: players.ledger,
    colony.KIND: colonies.ledger,
}
"""Kind -> what an event moves, by cause, in milli-units (law L3)."""

HOLDINGS: Mapping[str, Callable[[Any], Mapping[str, int]]] = {
    players.KIND: players.holdings,
    colony.KIND: colonies.holdings,
}
"""Kind -> what a state holds: the sum of the ledgers of its events (law L3)."""

UPCASTERS: Mapping[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {
    ("Colony", 1): colony.upcast_1,
}


FIELDS_MAX = 20
FIELD_CHARACTERS_MAX = 64
"""How much of a bad message's own words its refusal repeats."""

_SECTOR_ROOM = re.compile(r"sector:((?:0|[1-9]\d?):(?:0|[1-9]\d?))(:full)?", re.ASCII)


def _rules(galaxy: Galaxy) -> Mapping[type[Command], Rule]:
    return {
        JoinGalaxy: Rule(join_loads, partial(join, galaxy)),
        EndShield: Rule(shield_loads, end_shield),
        CheckSleep: Rule(own_loads, check_sleep),
        Build: Rule(own_loads, waking(build)),
        Train: Rule(own_loads, waking(train)),
        CancelOrder: Rule(own_loads, waking(cancel)),
        CompleteOrder: Rule(own_loads, complete),
        Demolish: Rule(own_loads, waking(demolish)),
        SyncStock: Rule(own_loads, waking(sync)),
        RenameColony: Rule(own_loads, waking(rename)),
        research_rules.StartResearch: Rule(
            research_rules.start_loads, waking(research_rules.start)
        ),
        research_rules.CancelResearch: Rule(
            research_rules.loads, research_rules.cancel
        ),
        research_rules.CompleteResearch: Rule(
            research_rules.loads, research_rules.complete
        ),
        research_rules.SpreadTechnology: Rule(
            research_rules.spread_loads, research_rules.spread
        ),
    }


@cache
def build_galaxy(seed: str, planets: int) -> Galaxy:
    """Give the galaxy of a seed; one object in a process."""
    return Galaxy(seed, planets)


@cache
def build_game(seed: str, planets: int) -> Game:
    """Give the game as it is played in the galaxy of a seed."""
    return Game(
        kinds=KINDS,
        rules=_rules(build_galaxy(seed, planets)),
        events=EVENTS,
        upcasters=UPCASTERS,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """Say how a wire message is checked, what it becomes, and whose limit it counts.

    `result` describes what the ack of an accepted command holds.
    """

    schema: type[Schema]
    result: type[Schema]
    command: type[Command]
    limit: str


WIRE: Mapping[str, Wire] = {
    "colonies.build": Wire(
        schema=colonies_schema.BuildSchema,
        result=colonies_schema.BuildResult,
        command=Build,
        limit="build",
    ),
    "colonies.train": Wire(
        schema=colonies_schema.TrainSchema,
        result=colonies_schema.TrainResult,
        command=Train,
        limit="build",
    ),
    "colonies.cancel": Wire(
        schema=colonies_schema.CancelSchema,
        result=colonies_schema.CancelResult,
        command=CancelOrder,
        limit="build",
    ),
    "colonies.demolish": Wire(
        schema=colonies_schema.DemolishSchema,
        result=colonies_schema.DemolishResult,
        command=Demolish,
        limit="build",
    ),
    "colonies.sync": Wire(
        schema=colonies_schema.SyncSchema,
        result=colonies_schema.SyncResult,
        command=SyncStock,
        limit="all",
    ),
    "colonies.rename": Wire(
        schema=colonies_schema.RenameSchema,
        result=colonies_schema.RenameResult,
        command=RenameColony,
        limit="build",
    ),
    "research.start": Wire(
        schema=research_schema.StartSchema,
        result=research_schema.StartResult,
        command=research_rules.StartResearch,
        limit="build",
    ),
    "research.cancel": Wire(
        schema=research_schema.CancelSchema,
        result=research_schema.CancelResult,
        command=research_rules.CancelResearch,
        limit="build",
    ),
}


@cache
def _schema(name: str) -> Schema:
    return WIRE[name].schema()


def translate(name: str, data: Any, *, player: str, command_id: str) -> Command:
    """Turn a wire message into a command. `data` comes without its frame's `id`.

    Raises:
        Rejected: `unknown_command`, or `invalid` with what is wrong by field.
    """
    wire = WIRE.get(name)
    if wire is None:
        raise Rejected("unknown_command")
    try:
        payload = _schema(name).load(data)
    except ValidationError as error:
        raise Rejected("invalid", fields=_printable(error.messages)) from error
    return wire.command(id=command_id, player=player, **payload)


def _printable(messages: Any) -> Any:
    """Make messages safe to send: their keys are what the client called its fields."""
    if not isinstance(messages, dict):
        return messages
    kept = islice(messages.items(), FIELDS_MAX)
    return {
        str(name)[:FIELD_CHARACTERS_MAX].encode(errors="replace").decode(): _printable(
            message
        )
        for name, message in kept
    }


def rooms_of(player: Player) -> tuple[str, ...]:
    """Name the rooms that a player is in from the first moment."""
    sectors = (f"sector:{sector}:full" for sector in player.sectors)
    return (players_views.room(player.id), "galaxy", *sectors)


def may_hear(room: str, player_id: str, player: Player | None) -> bool:
    """Tell whether a player may hear a room. All see the map; vision is one's own."""
    if player is None:
        return False
    sector = _SECTOR_ROOM.fullmatch(room)
    if sector is not None:
        return sector[2] is None or sector[1] in player.sectors
    return room in ("galaxy", players_views.room(player_id))


def joining(*, player: str, username: str, command_id: str) -> Command:
    """Make the command that founds a player's empire, or finds it founded.

    Where it is refused as `busy`, another `command_id` looks at other planets.
    """
    return JoinGalaxy(id=command_id, player=player, username=username)


def colony_refs(colony_id: str, player_id: str) -> tuple[Ref, ...]:
    """Name what `show_colony` has to see."""
    return (colony.ref(colony_id), players.ref(player_id))


def show_colony(
    colony_id: str, player_id: str, states: States, at_ms: int
) -> dict[str, Any]:
    """Show a colony as far as a player may see it, for `GET /colonies/{id}`.

    Raises:
        Rejected: `not_found`.
    """
    found: Colony | None = states[colony.ref(colony_id)]
    player: Player | None = states[players.ref(player_id)]
    if found is None or player is None:
        raise Rejected("not_found", "There is no such colony.")
    if found.player == player_id:
        return colony_view(found, at_ms)
    if may_hear(f"sector:{place(found)}:full", player_id, player):
        return public_view(found)
    return hidden_view(found)


def snapshot_refs(room: str, members: Sequence[Ref], known: States) -> tuple[Ref, ...]:
    """Name what a room's snapshot is made of, given what is known so far."""
    kind, _, name = room.partition(":")
    if kind == "sector":
        return tuple(members)
    if kind != "player":
        return ()
    owner = known.get(players.ref(name))
    own = tuple(colony.ref(one) for one in owner.colonies) if owner else ()
    return (players.ref(name), research.ref(name), *own)


def snapshot(room: str, states: States, _at_ms: int) -> dict[str, Any]:
    """Show a room to who joins it: what its broadcasts change from there on."""
    kind, _, name = room.partition(":")
    if kind == "player":
        return _player_snapshot(name, states)
    if kind != "sector":
        return {}
    show = hidden_view
    if name.endswith(":full"):
        show = public_view
    return {"colonies": _each_colony(states, show)}


def _player_snapshot(player_id: str, states: States) -> dict[str, Any]:
    player: Player | None = states.get(players.ref(player_id))
    return {
        "player": players_views.view(player) if player else None,
        "colonies": _each_colony(states, colony_view),
        "research": research_views.view(states.get(research.ref(player_id))),
    }


def _each_colony(
    states: States, show: Callable[[Colony], dict[str, Any]]
) -> dict[str, Any]:
    return {
        ref.id: show(state)
        for ref, state in states.items()
        if ref.kind == colony.KIND and state is not None
    }


def rules_document() -> dict[str, Any]:
    """Show every number that players plan with, for `GET /rules`.

    What level `n` costs: floor(cost * (times / by) ** (n - 1)) of its growth; its time
    likewise. An output: output * n * (times / by) ** (n - 1).
    """
    return {
        "galaxy": galaxy_catalogue(),
        "colonies": colonies_catalogue(),
        "research": research_views.catalogue(),
        "start": {
            "resources": START_UNITS,
            "credits": decimal(players.START_CREDITS_MILLI),
            "shield_ms": players.SHIELD_MS,
        },
    }
