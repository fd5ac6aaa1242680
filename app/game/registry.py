"""Wire the game together by explicit tables: kinds, rules, events, wire names, rooms.

Whatever stands outside of the game (engine, sockets, HTTP, workers) reads it from here.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from app.core.decider import Game, Kind, States
from app.core.message import Command, Event, Ref
from app.core.units import decimal
from app.engine.history import Projection
from app.game import commands
from app.game.alliances import model as alliances
from app.game.alliances import projection as alliances_projection
from app.game.alliances import views as alliances_views
from app.game.arenas import model as arenas
from app.game.arenas import views as arenas_views
from app.game.chart import chart as drawn
from app.game.chat import model as channels
from app.game.chat import views as chat_views
from app.game.chat.projection import said_by
from app.game.colonies import projection as colonies_projection
from app.game.colonies.model import events as colonies
from app.game.colonies.model import state as colony
from app.game.colonies.model.state import Colony
from app.game.colonies.rules.join import START_UNITS, JoinGalaxy
from app.game.colonies.views.audience import audience as colony_audience
from app.game.colonies.views.catalogue import catalogue as colonies_catalogue
from app.game.colonies.views.show import place
from app.game.combat import projection as combat_projection
from app.game.combat.model import debris
from app.game.combat.model import events as battles
from app.game.combat.model import state as battle
from app.game.combat.model.debris import Debris
from app.game.combat.model.state import Battle
from app.game.combat.views.audience import audience as battle_audience
from app.game.combat.views.audience import debris_audience
from app.game.combat.views.catalogue import catalogue as combat_catalogue
from app.game.films import film, film_of
from app.game.fleets import projection as fleets_projection
from app.game.fleets.model import events as fleets
from app.game.fleets.model import state as fleet
from app.game.fleets.model.state import Fleet
from app.game.fleets.views import show as fleet_views
from app.game.fleets.views.audience import audience as fleet_audience
from app.game.galaxy import views as galaxy_views
from app.game.galaxy.model.map import Galaxy
from app.game.leaderboard import projection as leaderboard_projection
from app.game.lobby import lobby_refs, show_lobby
from app.game.nearby import is_inside, may_show, places_near, show_near, stands
from app.game.players import model as players
from app.game.players import projection as players_projection
from app.game.players import views as players_views
from app.game.players.model import Player
from app.game.reports import (
    report_refs,
    show_replay,
    show_report,
    simulation,
)
from app.game.research import model as research
from app.game.research import projection as research_projection
from app.game.research import views as research_views
from app.game.rooms import (
    colony_refs,
    rooms_of,
    show_colony,
    snapshot,
    snapshot_refs,
)
from app.game.shown import HEARD, ROOMS, Rules, shown
from app.game.talk import (
    channel_refs,
    channels_refs,
    last_messages,
    older_messages,
    show_channels,
)
from app.game.vision.model import Area
from app.game.vision.schema import area_of
from app.game.wire import WIRE, Wire, translate

__all__ = [
    "EVENTS",
    "HEARD",
    "HOLDINGS",
    "KINDS",
    "LEADERBOARDS",
    "LEDGERS",
    "PROJECTIONS",
    "ROOMS",
    "UPCASTERS",
    "WIRE",
    "Wire",
    "area_of",
    "build_galaxy",
    "build_game",
    "channel_refs",
    "channels_refs",
    "chart",
    "colony_places",
    "colony_refs",
    "film",
    "film_of",
    "is_inside",
    "joining",
    "last_messages",
    "lobby_refs",
    "may_show",
    "older_messages",
    "places_near",
    "player_refs",
    "report_refs",
    "reports",
    "rooms_of",
    "rules_document",
    "said_by",
    "show_channels",
    "show_colony",
    "show_lobby",
    "show_near",
    "show_replay",
    "show_report",
    "shown",
    "simulation",
    "snapshot",
    "snapshot_refs",
    "stands",
    "translate",
    "usernames",
    "whole_map",
    "world",
]

KINDS: Mapping[str, Kind] = {
    players.KIND: Kind(Player, players.evolve, players_views.audience),
    colony.KIND: Kind(Colony, colonies.evolve, colony_audience, place),
    fleet.KIND: Kind(Fleet, fleets.evolve, fleet_audience, fleet.place),
    battle.KIND: Kind(Battle, battles.evolve, battle_audience, battle.place),
    debris.KIND: Kind(Debris, debris.evolve, debris_audience, debris.place),
    arenas.KIND: Kind(arenas.Arena, arenas.evolve, arenas_views.audience),
    research.KIND: Kind(research.Research, research.evolve, research_views.audience),
    alliances.KIND: Kind(
        alliances.Alliance, alliances.evolve, alliances_views.audience
    ),
    channels.KIND: Kind(channels.Channel, channels.evolve, chat_views.audience),
}

EVENTS: tuple[type[Event], ...] = (
    *players.EVENTS,
    *colonies.EVENTS,
    *fleets.EVENTS,
    *battles.EVENTS,
    *debris.EVENTS,
    *arenas.EVENTS,
    *research.EVENTS,
    *alliances.EVENTS,
    *channels.EVENTS,
)

LEDGERS: Mapping[str, Callable[[Event], Mapping[str, Mapping[str, int]]]] = {
    players.KIND: players.ledger,
    colony.KIND: colonies.ledger,
    fleet.KIND: fleets.ledger,
    debris.KIND: debris.ledger,
}
"""Kind -> what an event moves, by cause, in milli-units (law L3)."""

HOLDINGS: Mapping[str, Callable[[Any], Mapping[str, int]]] = {
    players.KIND: players.holdings,
    colony.KIND: colonies.holdings,
    fleet.KIND: fleet.holdings,
    debris.KIND: debris.holdings,
}
"""Kind -> what a state holds: the sum of the ledgers of its events (law L3)."""

PROJECTIONS: tuple[Projection, ...] = (
    players_projection,
    colonies_projection,
    fleets_projection,
    research_projection,
    alliances_projection,
    combat_projection,
    leaderboard_projection,
)
"""What the persister keeps for reading, in the order in which they build on another."""

LEADERBOARDS: Mapping[str, Any] = {
    "power": leaderboard_projection,
    "battles": combat_projection.Board(combat_projection.BATTLES),
    "arenas": combat_projection.Board(combat_projection.ARENAS),
}
"""Name of a ranking -> the projection whose `top` and `around` read it."""

reports = combat_projection.reports
"""Lists a player's finished battles."""

colony_places = colonies_projection.places
"""Says where all colonies of a galaxy lie, as columns of JSON."""

UPCASTERS: Mapping[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {
    ("Colony", 1): colony.upcast_1,
}


@cache
def build_galaxy(seed: str, planets: int) -> Galaxy:
    """Give the galaxy of a seed; one object in a process."""
    return Galaxy(seed, planets)


@cache
def build_game(seed: str, planets: int, secret: str) -> Game:
    """Give the game as it is played in the galaxy of a seed.

    `secret` makes the seeds of battles: who knows it knows how they end.
    """
    return Game(
        kinds=KINDS,
        rules=commands.rules(build_galaxy(seed, planets), secret),
        events=EVENTS,
        upcasters=UPCASTERS,
    )


def joining(*, player: str, username: str, command_id: str, home: str = "") -> Command:
    """Make the command that founds a player's empire, or finds it founded.

    Refused as `busy` where the planet `home` is taken, or all of a few that are drawn.
    """
    return JoinGalaxy(id=command_id, player=player, username=username, home=home)


def home_refs(seed: str, planets: int) -> list[Ref]:
    """Name the colonies that empires may begin with, founded or not."""
    return [colony.ref(planet.id) for planet in build_galaxy(seed, planets).homes]


def player_refs(player_ids: Iterable[str]) -> tuple[Ref, ...]:
    """Name the empires of some players."""
    return tuple(map(players.ref, player_ids))


def usernames(states: States) -> dict[str, str]:
    """Give the usernames of those who have an empire, by their ids."""
    return {ref.id: one.username for ref, one in states.items() if one is not None}


def world(seed: str, planets: int, at_ms: int) -> dict[str, Any]:
    """Show the galaxy of a seed as it is at a moment, for `GET /galaxies/{id}`."""
    return galaxy_views.world(build_galaxy(seed, planets), at_ms)


def whole_map(seed: str, planets: int) -> dict[str, Any]:
    """Show what never changes of the galaxy of a seed, for `GET /galaxies/{id}/map`."""
    return galaxy_views.whole(build_galaxy(seed, planets))


def chart(seed: str, planets: int, area: Area, seen: Area) -> dict[str, dict[str, Any]]:
    """Show the sectors of an area by their rooms, for `GET /sectors`."""
    return drawn(build_galaxy(seed, planets), area, seen)


def rules_document() -> Rules:
    """Show every number that players plan with, for `GET /rules`."""
    return {
        "galaxy": galaxy_views.catalogue(),
        "colonies": colonies_catalogue(),
        "fleets": fleet_views.catalogue(),
        "combat": combat_catalogue(),
        "arenas": arenas_views.catalogue(),
        "research": research_views.catalogue(),
        "start": {
            "resources": START_UNITS,
            "credits": decimal(players.START_CREDITS_MILLI),
            "shield_ms": players.SHIELD_MS,
        },
    }
