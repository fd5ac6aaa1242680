"""Read states and snapshots for clients: consistent, current, and never by a scan."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, Protocol

import orjson

from app.core.decider import States
from app.core.message import Ref
from app.engine import snapshots
from app.engine.codec import Codec
from app.engine.cold import Cold
from app.engine.dispatch import SETTLES_MAX, Dispatcher
from app.engine.peeks import REFS_A_TIME, ROUNDS_MAX, Peeks, Wanted, cut
from app.engine.redis import Unavailable
from app.engine.snapshots import ROOMS_A_TIME, Shot, Snapshots, place_of
from app.engine.store import Store


class Views(snapshots.Views, Protocol):
    """Say what clients are shown; the game's registry does."""

    def places_near(
        self, x_milli: int, y_milli: int, radius_milli: int
    ) -> Sequence[str]:
        """Name the sectors that a circle touches."""

    def stands(self, state: Any, at_ms: int) -> tuple[int, int] | None:
        """Tell where a state stands, in milli-units; None for what has no place."""


class Snapshot(NamedTuple):
    """Hold what a joining client gets: broadcasts go on from `seq`."""

    seq: int
    at_ms: int
    body: dict[str, Any]


class Near(NamedTuple):
    """Hold what stands near a point: how far (squared milli-units), in which sector."""

    squared: int
    place: str
    ref: Ref
    state: Any


Where = Callable[[str, Ref], bool]


def _anything(_place: str, _ref: Ref) -> bool:
    return True


class Reads:
    """Read from one galaxy. All may raise `Unavailable`."""

    def __init__(
        self,
        *,
        views: Views,
        store: Store,
        codec: Codec,
        cold: Cold,
        dispatcher: Dispatcher,
    ) -> None:
        self._views = views
        self._store = store
        self._peeks = Peeks(store, codec, cold)
        self._snapshots = Snapshots(views, self._peeks)
        self._dispatcher = dispatcher

    def states(self, *refs: Ref) -> tuple[int, States]:
        """Read aggregates after what is overdue on them was settled.

        Returns the server's time in ms and the states, None where there is none.
        """
        rounds = settled = 0
        while rounds < ROUNDS_MAX and settled < SETTLES_MAX:
            loaded = self._store.load(refs, "")
            if self._peeks.warmed(loaded.epoch, loaded.held):
                rounds += 1
                continue
            due = loaded.first_due
            if due is not None and due.at_ms <= loaded.now_ms:
                self._dispatcher.settle(due.id)
                settled += 1
                continue
            return loaded.now_ms, self._peeks.decoded(loaded.held)
        raise Unavailable("busy")

    def gather(self, wanted: Wanted) -> tuple[int, States]:
        """Read what `wanted` names, given what is known, until it names nothing new.

        In few round trips, and nothing is settled first.
        """
        return self._peeks.gather(wanted)

    def snapshot(self, room: str) -> Snapshot:
        """Read what a room shows, and its number at that very instant.

        What is overdue in a room that is no sector's is settled first.
        """
        if place_of(room) is not None:
            shot = self._snapshots.of([room])[room]
            return Snapshot(shot.seq, shot.at_ms, orjson.loads(shot.data))
        refs: tuple[Ref, ...] = ()
        for _round in range(ROUNDS_MAX):
            look = self._peeks.look({room: None}, refs)
            wanted = self._views.snapshot_refs(room, (), look.states)
            if set(wanted) <= set(refs):
                body = self._views.snapshot(room, look.states)
                return Snapshot(look.rooms[room].seq, look.now_ms, body)
            self.states(*wanted)
            refs = wanted
        raise Unavailable("busy")

    def snapshots(self, rooms: Iterable[str]) -> dict[str, Shot]:
        """Read what many rooms show, as JSON; sectors' in few round trips, or kept."""
        names = tuple(rooms)
        shots = self._snapshots.of(room for room in names if place_of(room))
        for room in names:
            if room not in shots:
                seq, at_ms, body = self.snapshot(room)
                shots[room] = Shot(seq, at_ms, orjson.dumps(body))
        return shots

    def seqs(self, rooms: Iterable[str]) -> dict[str, int]:
        """Tell the number of the last broadcast of each room."""
        found: dict[str, int] = {}
        for some in cut(rooms, ROOMS_A_TIME):
            look = self._peeks.look(dict.fromkeys(some), ())
            found |= {room: one.seq for room, one in look.rooms.items()}
        return found

    def near(
        self,
        x_milli: int,
        y_milli: int,
        radius_milli: int,
        where: Where = _anything,
    ) -> list[Near]:
        """Find what stands within `radius_milli` of a point, nearest first.

        Only the sectors that the circle touches are looked at, and of these only what
        `where` lets through, by its sector and its ref.
        """
        places = self._views.places_near(x_milli, y_milli, radius_milli)
        standing = self._standing(places, where)
        found: list[Near] = []
        for some in cut(standing, REFS_A_TIME):
            look = self._peeks.look({}, some)
            for ref, state in look.states.items():
                spot = self._views.stands(state, look.now_ms) if state else None
                if spot is not None:
                    away = (spot[0] - x_milli) ** 2 + (spot[1] - y_milli) ** 2
                    found.append(Near(away, standing[ref], ref, state))
        within = (one for one in found if one.squared <= radius_milli**2)
        return sorted(within, key=lambda one: (one.squared, one.ref))

    def history(self, room: str, after_seq: int) -> list[bytes] | None:
        """Read a room's events (JSON objects) after a number.

        None when the room's history doesn't reach back to it: a snapshot heals.
        """
        return self._store.history(room, after_seq)

    def latest(self, room: str, most: int) -> list[bytes]:
        """Read a room's last events (JSON objects), newest first."""
        return self._store.latest(room, most)

    def now_ms(self) -> int:
        """Tell the server's time."""
        return self._store.clock.now_ms()

    def _standing(self, places: Sequence[str], where: Where) -> dict[Ref, str]:
        """Read who stands in some sectors, and in which."""
        standing: dict[Ref, str] = {}
        for some in cut(places, ROOMS_A_TIME):
            look = self._peeks.look({f"sector:{place}": place for place in some}, ())
            for place, room in zip(some, look.rooms.values(), strict=True):
                standing |= {ref: place for ref in room.members if where(place, ref)}
        return standing
