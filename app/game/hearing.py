"""Say which rooms a player may hear, and for as long as what is seen."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from app.core.decider import States
from app.core.message import ID_PATTERN, Ref
from app.game.arenas import model as arenas
from app.game.combat.model import state as battles
from app.game.combat.model.state import Battle
from app.game.vision.model import Area, spot
from app.game.vision.views import Sight

NEVER_MS = 2**53

_SECTOR = re.compile(r"sector:((?:0|[1-9]\d?):(?:0|[1-9]\d?))(:full)?", re.ASCII)
_BATTLE = re.compile(f"battle:({ID_PATTERN})")


class Hearing(NamedTuple):
    """Allow a room while the player sees all of `area` (0: always).

    From `since_ms` on the right is sure: what was said before may not be told again.
    """

    area: Area
    since_ms: int


ALWAYS = Hearing(0, 0)


def hear_refs(rooms: Iterable[str]) -> list[Ref]:
    """Name what `hears` has to know beside the player's sight."""
    found = (_BATTLE.fullmatch(room) for room in rooms)
    names = [match[1] for match in found if match]
    return [kind(name) for name in names for kind in (battles.ref, arenas.ref)]


def hears(room: str, sight: Sight, states: States) -> Hearing | None:
    """Say on what terms a player may hear a room; None for never.

    All see the map, and arenas. What goes on in a sector is for those who see it, what
    is said in a channel for its members.
    """
    if room in sight.joined:
        return ALWAYS
    sector = _SECTOR.fullmatch(room)
    if sector is not None:
        if sector[2] is None:
            return ALWAYS
        return Hearing(spot(sector[1]), sight.homes.get(sector[1], NEVER_MS))
    match = _BATTLE.fullmatch(room)
    if match is None:
        return None
    if states.get(arenas.ref(match[1])) is not None:
        return ALWAYS
    battle = states.get(battles.ref(match[1]))
    return _hears_battle(battle, sight) if battle else None


def _hears_battle(battle: Battle, sight: Sight) -> Hearing | None:
    """Let those hear a battle who fight in it, or see where it is being fought.

    Who had no part in it has no part in its report. What is fought nowhere, nobody
    else sees.
    """
    if sight.player in battles.named(battle.parties.values()):
        return ALWAYS
    if battle.is_over or not battle.sector:
        return None
    return Hearing(spot(battle.sector), NEVER_MS)
