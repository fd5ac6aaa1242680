"""Read what a player sees by, and name what the map shows of it."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct

import app.game.alliances.model as alliances
import app.game.colonies.model.state as colonies
import app.game.fleets.model.state as fleets
import app.game.players.model as players
from app.core.decider import States
from app.core.message import Ref
from app.game.alliances import views as alliances_views
from app.game.alliances.model import Alliance
from app.game.chat import views as chat_views
from app.game.colonies.model.state import Colony
from app.game.galaxy.model.map import sector_at
from app.game.players import views as players_views
from app.game.players.model import Player
from app.game.players.views import sight_changed
from app.game.vision.model import EVERYWHERE, Area, Sensor, names, sensors, spots

AREAS_KEPT = 2_048
"""Views and what is seen of them, whose rooms are named again and again."""
_FOGGED = {name: f"sector:{name}" for name in EVERYWHERE}
_FULL = {name: f"sector:{name}:full" for name in EVERYWHERE}


class Sight(Struct, frozen=True, kw_only=True):
    """Hold what one player's vision is made of.

    `rooms` are the internal rooms that tell when this is old; `allies` share their own
    sensors with the player; `homes` are the sectors of own colonies, which the player
    always sees, each with the time from which on that is sure; `own` is their area.
    `joined` are the rooms that the player hears whatever is seen.
    """

    player: str
    rooms: tuple[str, ...]
    allies: tuple[str, ...]
    sensors: tuple[Sensor, ...]
    homes: Mapping[str, int]

    own: Area
    joined: tuple[str, ...] = ()


def sight_room(player_id: str) -> str:
    """Name the internal room that tells when a player's own sensors changed."""
    (name,) = sight_changed(player_id).rooms
    return name


def joined(player: Player) -> tuple[str, ...]:
    """Name the rooms that a player hears whatever is seen: those of talk among them."""
    talks = map(chat_views.room, player.channels)
    return (players_views.room(player.id), "galaxy", *talks)


def sight_refs(watched: Iterable[str], known: States) -> list[Ref]:
    """Name what the sights of some players are made of, given what is known so far."""
    refs: list[Ref] = []
    for name in watched:
        refs.append(players.ref(name))
        player: Player | None = known.get(players.ref(name))
        if player is not None:
            refs += [alliances.ref(player.alliance)] if player.alliance else []
            refs += map(colonies.ref, player.colonies)
            refs += map(fleets.ref, player.fleets)
    return refs


def sight(player_id: str, states: States) -> Sight | None:
    """Give what a player sees by; None without an empire."""
    player: Player | None = states.get(players.ref(player_id))
    if player is None:
        return None
    own = [
        colony
        for colony in _states(map(colonies.ref, player.colonies), states)
        if colony.player == player_id
    ]
    flying = _states(map(fleets.ref, player.fleets), states)
    homes = _homes(own)
    rooms = [sight_room(player_id)]
    if player.alliance:
        rooms.append(alliances_views.sight_room(player.alliance))
    return Sight(
        player=player_id,
        rooms=tuple(rooms),
        allies=_allies(player, states),
        sensors=sensors(player, own, flying),
        homes=homes,
        own=spots(homes),
        joined=joined(player),
    )


def _states(refs: Iterable[Ref], states: States) -> list[Any]:
    found = (states.get(ref) for ref in refs)
    return [state for state in found if state is not None]


def _allies(player: Player, states: States) -> tuple[str, ...]:
    alliance: Alliance | None = states.get(alliances.ref(player.alliance))
    members = alliance.members if alliance else ()
    if player.id not in members:
        return ()
    return tuple(one for one in members if one != player.id)


def _homes(own: Iterable[Colony]) -> dict[str, int]:
    homes: dict[str, int] = {}
    for colony in own:
        sector = sector_at(colony.x_milli, colony.y_milli)
        since_ms = homes.get(sector, colony.founded_ms)
        homes[sector] = min(since_ms, colony.founded_ms)
    return homes


@lru_cache(AREAS_KEPT)
def fogged(area: Area) -> tuple[str, ...]:
    """Name the rooms of an area's public tier."""
    return tuple(_FOGGED[name] for name in names(area))


@lru_cache(AREAS_KEPT)
def full(area: Area) -> tuple[str, ...]:
    """Name the rooms of an area's full tier."""
    return tuple(_FULL[name] for name in names(area))
