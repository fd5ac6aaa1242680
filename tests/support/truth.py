"""Know who could see what and when, from the states as the journal has them.

What a viewer is told is searched for ids and names that the viewer may not know: those
of fleets, colonies, players and battles that no sensor of the viewer or of an ally
covered around the time of the telling.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from app.core.message import Ref
from app.game.colonies.model.state import Colony
from app.game.combat.model.state import Battle
from app.game.fleets.model.state import Fleet
from app.game.galaxy.model.map import sector_at
from app.game.vision.model import Area, Sensor, area, spot, spots
from app.game.vision.views import Sight, sight, sight_refs

WINDOW_MS = 1_500
"""How long after it was lost vision may still be told of: it ends within a second."""
AHEAD_MS = 100
"""How much later than a message its truth may stand in the record."""
STEP_MS = 50
MARGIN_MILLI = 3_000
"""More than any fleet flies within a step."""

_WORD = re.compile(r"[0-9A-Za-z_-]{6,}")


class Moment(NamedTuple):
    """Hold a state from a time on."""

    at_ms: int
    state: Any


class Truth:
    """Hold what was true when."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._moments: dict[Ref, list[Moment]] = defaultdict(list)
        self._markers: dict[str, set[Ref]] = defaultdict(set)
        self._turns: set[int] = set()
        """When alliances changed, for a moment perhaps."""
        self._seen = lru_cache(100_000)(self._seen_at)

    def note(self, at_ms: int, ref: Ref, state: Any) -> None:
        """Note a state; those of one aggregate come in the order of their times."""
        moments = self._moments[ref]
        last_ms = moments[-1].at_ms if moments else 0
        moments.append(Moment(max(at_ms, last_ms), state))
        if ref.kind == "alliance":
            self._turns.add(at_ms)
        for marker in _markers(ref, state) if state is not None else ():
            self._markers[marker].add(ref)
        self._seen.cache_clear()

    @property
    def secrets(self) -> set[str]:
        """Name every word that tells of something."""
        return set(self._markers)

    def leaks(
        self, viewer: str, at_ms: int, told: str, window_ms: int = WINDOW_MS
    ) -> set[str]:
        """Give the words in what a viewer was told that the viewer may not know."""
        words = {word for word in _WORD.findall(told) if word in self._markers}
        return {
            word for word in words if not self._may_know(viewer, at_ms, word, window_ms)
        }

    def _may_know(self, viewer: str, at_ms: int, word: str, window_ms: int) -> bool:
        if Ref("player", viewer) in self._markers[word]:
            return True
        times = (at_ms - window_ms, at_ms + AHEAD_MS)
        seen = self.seen(viewer, *times)
        return any(
            _OPEN[ref.kind](state, viewer, word, seen)
            for ref in self._markers[word]
            for state in self._states(ref, *times)
            if state is not None
        )

    def seen(self, viewer: str, from_ms: int, to_ms: int) -> Area:
        """Give all that a viewer's own and shared sensors saw within some time."""
        seen = 0
        steps = range(from_ms - from_ms % STEP_MS, to_ms + STEP_MS, STEP_MS)
        turns = (at_ms for at_ms in self._turns if from_ms <= at_ms <= to_ms)
        for at_ms in (*steps, *turns):
            seen |= self._seen(viewer, at_ms)
        return seen

    def _seen_at(self, viewer: str, at_ms: int) -> Area:
        own = self._sight(viewer, at_ms)
        if own is None:
            return 0
        shared = (self._sight(ally, at_ms) for ally in own.allies)
        seen = 0
        for one in (own, *(other for other in shared if other is not None)):
            wide = [
                Sensor(each.path, each.range_milli * 103 // 100 + MARGIN_MILLI)
                for each in one.sensors
            ]
            seen |= area(self._seed, wide, at_ms) | spots(one.homes)
        return seen

    def _sight(self, player: str, at_ms: int) -> Sight | None:
        known: dict[Ref, Any] = {}
        for _round in range(2):
            refs = sight_refs([player], known)
            known = {ref: self._state(ref, at_ms) for ref in refs}
        return sight(player, known)

    def _state(self, ref: Ref, at_ms: int) -> Any:
        """Give a state as it was at a time; while it changes, the later one."""
        moments = self._moments.get(ref, [])
        index = bisect_right(moments, at_ms, key=lambda moment: moment.at_ms)
        return moments[index - 1].state if index else None

    def _states(self, ref: Ref, from_ms: int, to_ms: int) -> Iterator[Any]:
        """Give the states that an aggregate had within some time."""
        moments = self._moments[ref]
        first = bisect_right(moments, from_ms, key=lambda moment: moment.at_ms)
        for moment in moments[max(0, first - 1) :]:
            if moment.at_ms > to_ms:
                break
            yield moment.state


def _markers(ref: Ref, state: Any) -> Iterable[str]:
    """Name the words by which something is known. Planets are on every map."""
    if ref.kind == "player":
        yield from (state.id, state.username)
    if ref.kind == "colony":
        yield from (state.name, state.player, state.username)
    if isinstance(state, Fleet):
        yield from (state.id, state.name, state.player, state.username)
        yield from [state.battle] if state.battle else []
        yield from (order.id for order in (state.order, *state.queue) if order)
    if isinstance(state, Battle):
        yield state.id
        for name, party in state.parties.items():
            yield from (name, party.player, party.username)


def _player_is_open(_state: Any, _viewer: str, _word: str, _seen: Area) -> bool:
    """Know of a player by what is seen of the empire, and no other way."""
    return False


def _colony_is_open(colony: Colony, viewer: str, _word: str, seen: Area) -> bool:
    sector = sector_at(colony.x_milli, colony.y_milli)
    return colony.player == viewer or bool(spot(sector) & seen)


def _fleet_is_open(fleet: Fleet, viewer: str, word: str, seen: Area) -> bool:
    """Know who sees a fleet what it is, never what its owner calls it or ordered."""
    if fleet.player == viewer:
        return True
    is_public = word in (fleet.id, fleet.player, fleet.username, fleet.battle)
    return is_public and bool(spot(fleet.sector) & seen)


def _battle_is_open(battle: Battle, viewer: str, _word: str, seen: Area) -> bool:
    if viewer in {party.player for party in battle.parties.values()}:
        return True
    return bool(battle.sector and spot(battle.sector) & seen)


_OPEN: dict[str, Callable[[Any, str, str, Area], bool]] = {
    "player": _player_is_open,
    "colony": _colony_is_open,
    "fleet": _fleet_is_open,
    "battle": _battle_is_open,
}
"""Kind -> whether a viewer who sees an area may know a word that it goes by."""
