"""Found an empire: a player's first colony, on a free planet of the mid rim."""

from collections.abc import Iterator

from msgspec.structs import replace

import app.game.players.model as players
from app.core import chance
from app.core.decider import Needs, Outcome, States
from app.core.message import Command, Ref, Rejected
from app.core.units import to_milli
from app.game.colonies.model import state
from app.game.colonies.model.events import ColonyFounded, evolve
from app.game.colonies.model.production import production
from app.game.colonies.model.state import AWAKE_MS
from app.game.colonies.model.stock import RESOURCES, Production
from app.game.galaxy.model.map import Galaxy, Planet, sector_at
from app.game.players.model import Player, PlayerJoined

CANDIDATES_MAX = 6
RETRY_AFTER_MS = 500
START_UNITS = {
    "energy": 1_000,
    "minerals": 1_000,
    "rare_elements": 100,
    "population": 500,
}


class JoinGalaxy(Command, frozen=True, kw_only=True):
    """Found the player's empire, unless there is one.

    On the planet `home`, or on one of a few that are drawn by the command's id.
    """

    username: str
    home: str = ""


def loads(command: JoinGalaxy) -> tuple[Ref, ...]:
    """Name the player; planets turn out on the way."""
    return (players.ref(command.player),)


def join(galaxy: Galaxy, states: States, command: JoinGalaxy, now_ms: int) -> Outcome:
    """Found the empire on the first planet that is free.

    Raises:
        Needs: another planet has to be looked at.
        Rejected: `busy` where all that were looked at are taken.
    """
    player: Player | None = states[players.ref(command.player)]
    if player is not None:
        return Outcome(result=_answer(player.colonies[0]))
    planet = _free(galaxy, states, command)
    joined = _joined(planet, command, now_ms)
    founded = _founded(planet, command, now_ms)
    return Outcome(
        events=(
            (players.ref(command.player), joined),
            (state.ref(planet.id), founded),
        ),
        result=_answer(planet.id),
    )


def _answer(colony: str) -> dict[str, str]:
    return {"colony": colony}


def _free(galaxy: Galaxy, states: States, command: JoinGalaxy) -> Planet:
    for planet in _candidates(galaxy, command):
        ref = state.ref(planet.id)
        if ref not in states:
            raise Needs(ref)
        if states[ref] is None:
            return planet
    message = "All planets that were looked at are taken."
    raise Rejected("busy", message, retry_after_ms=RETRY_AFTER_MS)


def _candidates(galaxy: Galaxy, command: JoinGalaxy) -> Iterator[Planet]:
    if command.home:
        yield galaxy.planets[command.home]
        return
    homes = galaxy.homes
    draws = chance.Chance(command.id, "home")
    for _ in range(min(CANDIDATES_MAX, len(homes))):
        yield homes[draws.below(len(homes))]


def _joined(planet: Planet, command: JoinGalaxy, now_ms: int) -> PlayerJoined:
    return PlayerJoined(
        player=command.player,
        username=command.username,
        colony=planet.id,
        sector=sector_at(planet.x_milli, planet.y_milli),
        credits_milli=players.START_CREDITS_MILLI,
        shield_until_ms=now_ms + players.SHIELD_MS,
        joined_ms=now_ms,
    )


def _founded(planet: Planet, command: JoinGalaxy, now_ms: int) -> ColonyFounded:
    bare = Production(rates={}, capacities_milli={})
    founded = ColonyFounded(
        colony=planet.id,
        player=command.player,
        username=command.username,
        name=f"{command.username}'s Home"[:32],
        x_milli=planet.x_milli,
        y_milli=planet.y_milli,
        region=planet.region,
        planet_type=planet.type,
        at_ms=now_ms,
        until_ms=now_ms + AWAKE_MS,
        start={name: to_milli(START_UNITS[name]) for name in RESOURCES},
        production=bare,
    )
    return replace(founded, production=production(evolve(None, founded), {}))
