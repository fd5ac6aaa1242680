"""Read states and snapshots for clients: consistent, current, and never by a scan."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from app.core.decider import States
from app.core.message import Ref
from app.engine.codec import Codec
from app.engine.cold import Cold
from app.engine.dispatch import Dispatcher
from app.engine.redis import Unavailable
from app.engine.store import Held, Store, Taken

ROUNDS_MAX = 32
"""How often a read goes back for what it found it still needs."""


class Views(Protocol):
    """Say what a room's snapshot is made of; the game's registry does."""

    def snapshot_refs(
        self, room: str, members: Sequence[Ref], known: States
    ) -> tuple[Ref, ...]:
        """Name the aggregates to read, given what is known so far."""

    def snapshot(self, room: str, states: States, at_ms: int) -> dict[str, Any]:
        """Make the snapshot of a room."""


class Snapshot(NamedTuple):
    """Hold what a joining client gets: broadcasts go on from `seq`."""

    seq: int
    at_ms: int
    body: dict[str, Any]


class Reads:
    """Read from one galaxy."""

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
        self._codec = codec
        self._cold = cold
        self._dispatcher = dispatcher

    def states(self, *refs: Ref) -> tuple[int, States]:
        """Read aggregates after what is overdue on them was settled.

        Returns the server's time in ms and the states, None where there is none.

        Raises:
            Unavailable: a server doesn't answer.
        """
        for _round in range(ROUNDS_MAX):
            loaded = self._store.load(refs, "")
            if self._fetched_cold(loaded.epoch, loaded.held):
                continue
            due = loaded.first_due
            if due is not None and due.at_ms <= loaded.now_ms:
                self._dispatcher.settle(due.id)
                continue
            return loaded.now_ms, self._decoded(loaded.held)
        raise Unavailable("busy")

    def snapshot(self, room: str) -> Snapshot:
        """Read what a room shows, and its number at that very instant.

        Raises:
            Unavailable: a server doesn't answer.
        """
        refs: tuple[Ref, ...] = ()
        place = _place(room)
        for _round in range(ROUNDS_MAX):
            taken = self._store.room(room, place, refs)
            if self._fetched_cold(taken.epoch, taken.held):
                continue
            states = self._decoded(taken.held)
            wanted = self._views.snapshot_refs(room, taken.members, states)
            if set(wanted) <= set(refs):
                body = self._views.snapshot(room, states, taken.now_ms)
                return Snapshot(taken.seq, taken.now_ms, body)
            self._settle_due(wanted)
            refs = wanted
        raise Unavailable("busy")

    def seqs(self, rooms: Sequence[str]) -> dict[str, int]:
        """Tell the number of the last broadcast of each room.

        Raises:
            Unavailable: a server doesn't answer.
        """
        return {room: self._seq(room).seq for room in rooms}

    def history(self, room: str, after_seq: int) -> list[bytes] | None:
        """Read a room's events (JSON objects) after a number.

        None when the room's history doesn't reach back to it: a snapshot heals.

        Raises:
            Unavailable: a server doesn't answer.
        """
        return self._store.history(room, after_seq)

    def now_ms(self) -> int:
        """Tell the server's time."""
        return self._store.clock.now_ms()

    def _seq(self, room: str) -> Taken:
        return self._store.room(room, None, ())

    def _settle_due(self, refs: Sequence[Ref]) -> None:
        if refs:
            self.states(*refs)

    def _fetched_cold(self, epoch: bytes, held: Mapping[Ref, Held]) -> bool:
        missing = [ref for ref, one in held.items() if not one.version]
        found = self._cold.fetch(missing) if missing else {}
        if found:
            self._store.restore(epoch, {ref: Held(*row) for ref, row in found.items()})
        return bool(found)

    def _decoded(self, held: Mapping[Ref, Held]) -> States:
        return {
            ref: self._codec.decode(one.data) if one.version else None
            for ref, one in held.items()
        }


def _place(room: str) -> str | None:
    kind, *rest = room.split(":")
    return ":".join(rest[:2]) if kind == "sector" else None
