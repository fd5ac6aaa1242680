"""Equip players at once in tests: units, technologies, buildings, resources, fleets.

Commands that only tests know, dispatched into the same Redis as the game's own. They
decide on real events and nothing else, so journal, states and ledgers keep the laws.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from msgspec.structs import replace as changed

import app.game.players.model as players
from app.core.decider import AGGREGATES_MAX, Game, Needs, Outcome, Rule, States
from app.core.message import Command, Event, Ref
from app.core.units import MILLI, to_milli
from app.engine.codec import Codec
from app.engine.dispatch import Dispatcher
from app.game.colonies.model import state
from app.game.colonies.model.events import (
    ConstructionCompleted,
    RatesChanged,
    ResearchRefunded,
    TrainingCompleted,
    evolve,
)
from app.game.colonies.model.production import production
from app.game.colonies.model.state import Colony
from app.game.colonies.model.stock import accrue
from app.game.fleets.model.events import FleetLaunched
from app.game.fleets.rules.launch import Launch, launch, launch_loads
from app.game.galaxy.model.map import sector_at
from app.game.players.model import Player, ShieldEnded, TechnologyLearned
from app.game.research.model import modifiers

ORDER = "armament"
TECHNOLOGY = "ballistics"
"""What the goods are booked under."""


class Arm(Command, frozen=True, kw_only=True):
    """Give a player's colony units, buildings and resources; the player technologies.

    Units are added; buildings and technologies get these levels. The colony is the
    player's first where none is named.
    """

    colony: str
    units: Mapping[str, int] = MappingProxyType({})
    buildings: Mapping[str, int] = MappingProxyType({})
    resources: Mapping[str, int] = MappingProxyType({})
    technologies: Mapping[str, int] = MappingProxyType({})
    ends_shield: bool = False


def arm(
    galaxy: Any,
    player: str,
    *,
    colony: str = "",
    units: Mapping[str, int] | None = None,
    buildings: Mapping[str, int] | None = None,
    resources: Mapping[str, int] | None = None,
    technologies: Mapping[str, int] | None = None,
    ends_shield: bool = False,
) -> str:
    """Equip a player in a galaxy of `app.cluster`; gives the colony that got it all.

    Resources are whole units. The galaxy may be served by other processes, too.
    """
    command = Arm(
        id=f"{player}/{ORDER}.{uuid4()}",
        player=player,
        colony=colony,
        units=dict(units or {}),
        buildings=dict(buildings or {}),
        resources=dict(resources or {}),
        technologies=dict(technologies or {}),
        ends_shield=ends_shield,
    )
    return str(_done(galaxy, command)["colony"])


def _done(galaxy: Any, command: Command) -> dict[str, Any]:
    game = armed(galaxy.dispatcher._game)
    dispatcher = Dispatcher(game, galaxy.store, Codec(game), galaxy.cold)
    answer = dispatcher.dispatch(command)
    if answer.result is None:
        raise RuntimeError(f"{command} refused: {answer.error}")
    return answer.result


class Deploy(Launch, frozen=True, kw_only=True):
    """Launch ships of a colony somewhere else in the galaxy."""

    x_milli: int
    y_milli: int


def deploy(
    galaxy: Any,
    player: str,
    ships: Mapping[str, int],
    at: tuple[float, float],
    *,
    colony: str,
    name: str = "",
) -> str:
    """Launch ships that stand in a colony anywhere, in units; gives the fleet."""
    command = Deploy(
        id=f"{player}/{ORDER}.{uuid4()}",
        player=player,
        colony=colony,
        ships=dict(ships),
        name=name,
        x_milli=round(at[0] * MILLI),
        y_milli=round(at[1] * MILLI),
    )
    return str(_done(galaxy, command)["fleet"])


def armed(game: Game) -> Game:
    """Give a game that knows these commands beside its own."""
    more = {Arm: Rule(loads, decide), Deploy: Rule(launch_loads, deployed)}
    return replace(game, rules={**game.rules, **more})


def deployed(states: States, command: Deploy, now_ms: int) -> Outcome:
    """Launch, but begin elsewhere."""
    outcome = launch(states, command, now_ms)
    x_milli, y_milli = command.x_milli, command.y_milli
    sector = sector_at(x_milli, y_milli)
    events = tuple(
        (ref, changed(event, x_milli=x_milli, y_milli=y_milli, sector=sector))
        if isinstance(event, FleetLaunched)
        else (ref, event)
        for ref, event in outcome.events
    )
    return Outcome(events=events, result=outcome.result)


def loads(command: Arm) -> tuple[Ref, ...]:
    return (players.ref(command.player),)


def decide(states: States, command: Arm, now_ms: int) -> Outcome:
    """Give what was asked for; rates of all the player's colonies follow."""
    ref = players.ref(command.player)
    player: Player = states[ref]
    refs = [state.ref(one) for one in player.colonies][: AGGREGATES_MAX - 1]
    missing = [one for one in refs if one not in states]
    if missing:
        raise Needs(*missing)
    name = command.colony or player.colonies[0]
    events: list[tuple[Ref, Event]] = []
    for event in _to_player(player, command):
        player = players.evolve(player, event)
        events.append((ref, event))
    for one in refs:
        gifts = command if one.id == name else Arm(id="", player="", colony="")
        events += [
            (one, event) for event in _to_colony(states[one], player, gifts, now_ms)
        ]
    return Outcome(events=tuple(events), result={"colony": name})


def _to_player(player: Player, command: Arm) -> Iterator[Event]:
    known = dict(player.technologies)
    for technology, level in command.technologies.items():
        known[technology] = level
        yield TechnologyLearned(
            technology=technology, level=level, modifiers=modifiers(known)
        )
    if command.ends_shield:
        yield ShieldEnded()


def _to_colony(
    colony: Colony, player: Player, gifts: Arm, now_ms: int
) -> Iterator[Event]:
    for event in _gifts(gifts):
        moved = changed(event, accrual=accrue(colony.stock, now_ms))
        if hasattr(event, "production"):
            moved = changed(moved, production=_rates(evolve(colony, moved), player))
        colony = evolve(colony, moved)
        yield moved
    if _rates(colony, player) != colony.stock.production:
        accrual = accrue(colony.stock, now_ms)
        yield RatesChanged(accrual=accrual, production=_rates(colony, player))


def _rates(colony: Colony, player: Player) -> Any:
    return production(colony, player.modifiers)


def _gifts(gifts: Arm) -> Iterator[Any]:
    """Name the events; when they happened and what they change is filled in later."""
    nothing: Any = None
    if gifts.resources:
        yield ResearchRefunded(
            project=ORDER,
            technology=TECHNOLOGY,
            refunded={name: to_milli(each) for name, each in gifts.resources.items()},
            accrual=nothing,
        )
    for building, level in gifts.buildings.items():
        yield ConstructionCompleted(
            order=ORDER,
            building=building,
            level=level,
            accrual=nothing,
            production=nothing,
        )
    for unit, count in gifts.units.items():
        yield TrainingCompleted(
            order=ORDER, unit=unit, count=count, accrual=nothing, production=nothing
        )
