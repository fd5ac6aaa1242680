"""Look at hot states as they are: many at once, and nothing is settled first."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

from app.core.decider import States
from app.core.message import Ref
from app.engine.codec import Codec
from app.engine.cold import Cold
from app.engine.redis import Unavailable
from app.engine.store import Held, Room, Store

ROUNDS_MAX = 32
"""How often a read goes back for what it found it still needs."""
REFS_A_TIME = 250
"""Aggregates that one script reads: about a millisecond of Redis' time."""

Item = TypeVar("Item")
Wanted = Callable[[States], Iterable[Ref]]


class Look(NamedTuple):
    """Hold rooms and states as they were at one instant."""

    epoch: bytes
    now_ms: int
    rooms: dict[str, Room]
    states: States


class Peeks:
    """Look into one galaxy. All raise `Unavailable` where a server doesn't answer."""

    def __init__(self, store: Store, codec: Codec, cold: Cold) -> None:
        self._store = store
        self._codec = codec
        self._cold = cold

    @property
    def breaks(self) -> int:
        """Count how often the server was lost: what it said before may be undone."""
        return self._store.lines.breaks

    def look(self, places: Mapping[str, str | None], refs: Sequence[Ref]) -> Look:
        """Read rooms and aggregates by one script; cold ones are brought back first."""
        for _round in range(ROUNDS_MAX):
            taken = self._store.rooms(places, refs)
            if not self.warmed(taken.epoch, taken.held):
                states = self.decoded(taken.held)
                return Look(taken.epoch, taken.now_ms, taken.rooms, states)
        raise Unavailable("busy")

    def gather(self, wanted: Wanted) -> tuple[int, dict[Ref, object]]:
        """Read what `wanted` names, given what is known, until it names nothing new."""
        known: dict[Ref, object] = {}
        now_ms = 0
        for _round in range(ROUNDS_MAX):
            new = [ref for ref in dict.fromkeys(wanted(known)) if ref not in known]
            if not new and now_ms:
                return now_ms, known
            for some in cut(new, REFS_A_TIME):
                look = self.look({}, some)
                now_ms = look.now_ms
                known.update(look.states)
            now_ms = now_ms or self._store.clock.now_ms()
        raise Unavailable("busy")

    def warmed(self, epoch: bytes, held: Mapping[Ref, Held]) -> bool:
        """Bring back those that only Postgres has; tell whether there were any."""
        missing = [ref for ref, one in held.items() if not one.version]
        found = self._cold.fetch(missing) if missing else {}
        if found:
            self._store.restore(epoch, {ref: Held(*row) for ref, row in found.items()})
        return bool(found)

    def decoded(self, held: Mapping[Ref, Held]) -> States:
        """Unpack states, None where there is none."""
        return {
            ref: self._codec.decode(one.data) if one.version else None
            for ref, one in held.items()
        }


def cut(items: Iterable[Item], length: int) -> Iterator[list[Item]]:
    """Cut what comes into lists of `length`."""
    left = iter(items)
    while some := list(islice(left, length)):
        yield some
