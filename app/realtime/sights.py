"""Know what the players who are here see, at little cost.

The sensors of each player who has a session here, and of those who share theirs, are
read once and then again only when an internal room tells that they changed. Where they
are at a moment is computed.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import count
from threading import Event
from time import monotonic
from typing import Any, NamedTuple

from app.engine.redis import Unavailable
from app.realtime.horizon import Area, Horizon, Sight

LOOK_FRESH_S = 1.0
"""How old a look may be for who has no session here, and nobody tells us about."""
LOOKS_MAX = 1_000
ROUNDS_MAX = 4
"""How often a read goes on with allies and rooms that turned out on the way."""


class Who(NamedTuple):
    """Name a player in a galaxy."""

    galaxy: str
    player: str


@dataclass(slots=True)
class _Watched:
    """Hold what is known of one player's own sensors."""

    galaxy: Any
    player: str
    sessions: int = 0
    sight: Sight | None = None
    circle: frozenset[Who] = frozenset()
    """The player and the allies, by `sight`."""
    read: int = 0
    """Number of the read that gave `sight`."""
    area: Area = 0
    at_ms: int = -1
    until_ms: int = -1
    """`area` is what is seen at `at_ms`, and before `until_ms`."""

    @property
    def who(self) -> Who:
        """Name the player."""
        return Who(self.galaxy.id, self.player)


class _Look(NamedTuple):
    """Hold what a player saw as a read began; None without an empire.

    The area is kept, not the sensors: these may have been sent elsewhere since, and
    would see from where they never were.
    """

    taken_s: float
    area: Area | None


class Sights:
    """Keep the sights of the players of this instance."""

    def __init__(
        self,
        horizon: Horizon,
        overhear: Callable[[Iterable[str]], None],
        ignore: Callable[[Iterable[str]], None],
        hears: Callable[[str], bool] = lambda _galaxy: True,
    ) -> None:
        self._horizon = horizon
        self._overhear = overhear
        self._ignore = ignore
        self._hears = hears
        self._watched: dict[Who, _Watched] = {}
        self._stale: set[Who] = set()
        self._reading: Counter[Who] = Counter()
        self._told_by: dict[str, set[Who]] = defaultdict(set)
        """Channel -> those whose sight it tells of."""
        self._is_counted = False
        """Whether all that are needed are watched, and nobody else."""
        self._reads = count(1)
        self._shared: dict[frozenset[Who], Area] = {}
        """What those who share their sensors see together, as of `_shared_ms`."""
        self._shared_ms = -1
        self._looks: dict[Who, _Look] = {}
        self.woken = Event()
        """Set once some sight is old."""

    def watch(self, galaxy: Any, player: str) -> None:
        """Know what a player sees from now on; it is read when first needed."""
        self._entry(galaxy, player).sessions += 1
        self._is_counted = False
        self.woken.set()

    def unwatch(self, galaxy: Any, player: str) -> None:
        """End one `watch`."""
        self._watched[Who(galaxy.id, player)].sessions -= 1
        self._is_counted = False

    def told(self, channel: str) -> None:
        """Take a broadcast of an internal room."""
        self._stale |= self._told_by.get(channel, set())
        self.woken.set()

    def doubt(self, galaxy: str | None = None) -> None:
        """Read all anew, of one galaxy or of each: broadcasts may have been missed."""
        self._stale |= {who for who in self._watched if galaxy in (None, who.galaxy)}
        self.woken.set()

    def sight(self, galaxy: Any, player: str) -> Sight | None:
        """Give a watched player's sight as last read."""
        watched = self._watched.get(Who(galaxy.id, player))
        return watched.sight if watched else None

    def seen(self, galaxy: Any, player: str, at_ms: int) -> Area:
        """Give what a watched player sees, by own sensors and those of allies."""
        watched = self._watched.get(Who(galaxy.id, player))
        if watched is None or watched.sight is None:
            return 0
        if not watched.sight.allies:
            return self._area(watched, at_ms)
        if self._shared_ms != at_ms:
            self._shared_ms, self._shared = at_ms, {}
        if watched.circle not in self._shared:
            self._shared[watched.circle] = self._union(watched.circle, at_ms)
        return self._shared[watched.circle]

    def _union(self, circle: Iterable[Who], at_ms: int) -> Area:
        area = 0
        for who in circle:
            watched = self._watched.get(who)
            if watched is not None and watched.sight is not None:
                area |= self._area(watched, at_ms)
        return area

    def freshen(self, galaxy: Any, player: str) -> None:
        """Read what is old of a watched player and of the allies.

        What somebody else is just reading is old as well, until that is there.

        Raises:
            Unavailable: a server doesn't answer; what was known stays.
        """
        read: set[Who] = set()
        for _round in range(ROUNDS_MAX):
            old = self._stale | (self._reading.keys() - read)
            stale = old.intersection(self._circle(galaxy, player))
            if not stale:
                return
            self._read(stale)
            read |= stale

    def freshen_all(self) -> set[Who]:
        """Read what is old, forget who isn't needed; name whose vision may differ.

        What is old of a galaxy that can't be heard now stays so: nobody waits for it.

        Raises:
            Unavailable: a server doesn't answer; what was known stays.
        """
        touched: set[Who] = set()
        for _round in range(ROUNDS_MAX):
            self._count()
            stale = {who for who in self._stale if self._hears(who.galaxy)}
            if not stale:
                break
            touched |= self._concerned(stale)
            self._read(stale)
            touched |= self._concerned(stale)
        return touched

    def look(self, galaxy: Any, player: str, at_ms: int) -> Area | None:
        """Give what any player sees, watched here or not; None without an empire.

        Raises:
            Unavailable: a server doesn't answer.
        """
        who = Who(galaxy.id, player)
        watched = self._watched.get(who)
        if watched is not None and watched.sessions:
            self.freshen(galaxy, player)
            return self.seen(galaxy, player, at_ms) if watched.sight else None
        now_s = monotonic()
        kept = self._looks.get(who)
        if kept is None or now_s - kept.taken_s > LOOK_FRESH_S:
            kept = _Look(now_s, self._looked(galaxy, player, at_ms))
            if len(self._looks) >= LOOKS_MAX:
                self._looks.clear()
            self._looks[who] = kept
        return kept.area

    def _looked(self, galaxy: Any, player: str, at_ms: int) -> Area | None:
        own = self._horizon.sights(galaxy, [player])[player]
        if own is None:
            return None
        allied = self._horizon.sights(galaxy, own.allies) if own.allies else {}
        area = 0
        for sight in (own, *allied.values()):
            if sight is not None:
                area |= self._horizon.seen(sight, at_ms)[0]
        return area

    def _entry(self, galaxy: Any, player: str) -> _Watched:
        who = Who(galaxy.id, player)
        if who not in self._watched:
            self._watched[who] = _Watched(galaxy, player)
            self._stale.add(who)
        return self._watched[who]

    def _circle(self, galaxy: Any, player: str) -> list[Who]:
        """Name a player and the allies; each is watched from now on."""
        own = self._entry(galaxy, player)
        allies = (self._entry(galaxy, ally) for ally in _allies(own.sight))
        return [own.who, *(ally.who for ally in allies)]

    def _count(self) -> None:
        """Watch those who have a session here and all their allies, and no others."""
        if self._is_counted:
            return
        self._is_counted = True
        needed: set[Who] = set()
        for watched in list(self._watched.values()):
            if watched.sessions:
                needed.update(self._circle(watched.galaxy, watched.player))
        over: list[str] = []
        for who in self._watched.keys() - needed:
            watched = self._watched.pop(who)
            self._stale.discard(who)
            over += self._untold(who, self._channels(watched))
        self._ignore(over)  # last: others come in while it waits

    def _concerned(self, some: Iterable[Who]) -> set[Who]:
        """Name whose vision some players' sensors are part of."""
        concerned: set[Who] = set()
        for who in some:
            watched = self._watched.get(who)
            allies = _allies(watched.sight) if watched else ()
            concerned |= {Who(who.galaxy, one) for one in (who.player, *allies)}
        return concerned

    def _read(self, stale: Collection[Who]) -> None:
        """Read sights anew. What is told meanwhile makes them old again."""
        by_galaxy: dict[str, list[_Watched]] = defaultdict(list)
        for who in stale:
            if who in self._watched:
                by_galaxy[who.galaxy].append(self._watched[who])
        self._stale -= set(stale)
        self._reading.update(stale)
        unread = dict(by_galaxy)
        failures: list[Unavailable] = []
        try:
            for name, some in by_galaxy.items():
                try:
                    self._read_some(some[0].galaxy, some)
                    del unread[name]
                except Unavailable as error:  # no matter of the other galaxies
                    failures.append(error)
        finally:
            self._reading -= Counter(stale)
            old = {one.who for some in unread.values() for one in some}
            self._stale |= self._watched.keys() & old
        if failures:
            raise failures[0]

    def _read_some(self, galaxy: Any, some: list[_Watched]) -> None:
        self._overhear_all(some)
        number = next(self._reads)
        names = [watched.player for watched in some]
        found = self._horizon.sights(galaxy, names)
        for watched in some:
            if watched.read < number:
                self._take(watched, found[watched.player], number)

    def _take(self, watched: _Watched, sight: Sight | None, number: int) -> None:
        before, allies = self._channels(watched), _allies(watched.sight)
        watched.sight, watched.read = sight, number
        circle = (watched.player, *_allies(sight))
        watched.circle = frozenset(Who(watched.galaxy.id, one) for one in circle)
        self._shared_ms = -1
        watched.at_ms = watched.until_ms = -1
        after = self._channels(watched)
        self._is_counted = self._is_counted and allies == _allies(sight)
        self._ignore(self._untold(watched.who, before - after))
        if after - before:  # what this room told before we listened is not known
            self._stale.add(watched.who)

    def _overhear_all(self, some: Iterable[_Watched]) -> None:
        channels: set[str] = set()
        for watched in some:
            for channel in self._channels(watched):
                self._told_by[channel].add(watched.who)
                channels.add(channel)
        self._overhear(channels)

    def _untold(self, who: Who, channels: Iterable[str]) -> list[str]:
        """Have channels tell of a player no longer; name those that tell of nobody."""
        over = []
        for channel in channels:
            listening = self._told_by.get(channel, set())
            listening.discard(who)
            if not listening:
                self._told_by.pop(channel, None)
                over.append(channel)
        return over

    def _channels(self, watched: _Watched) -> set[str]:
        rooms = {self._horizon.sight_room(watched.player)}
        rooms.update(watched.sight.rooms if watched.sight else ())
        return {watched.galaxy.keys.room(room) for room in rooms}

    def _area(self, watched: _Watched, at_ms: int) -> Area:
        if at_ms != watched.at_ms and not watched.at_ms < at_ms < watched.until_ms:
            watched.area, watched.until_ms = self._horizon.seen(watched.sight, at_ms)
            watched.at_ms = at_ms
        return watched.area


def _allies(sight: Sight | None) -> tuple[str, ...]:
    return tuple(sight.allies) if sight else ()
