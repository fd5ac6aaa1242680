"""Turn entries of the journal into the rows of one batch.

Rows are lines of Postgres' COPY text format, kept as they come: a batch only remembers
the last state of each aggregate, and the timers that are still there at its end.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import msgpack

from app.core.message import Ref
from app.core.units import HOUR_MS
from app.engine import journal, jsonb
from app.engine.checkpoint import Checkpoint
from app.engine.codec import open_envelope
from app.engine.partitions import month_of

Fields = Mapping[bytes, bytes]


class Diverged(Exception):
    """Tell that the journal doesn't go on from what is persisted."""


class Stored(NamedTuple):
    """Hold the last state of an aggregate in a batch."""

    from_version: int
    version: int
    data: bytes
    place: str | None
    changed_ms: int


_COPY = str.maketrans(
    {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "\ufffd"}
)
"""What COPY reads as its own; Postgres holds no NUL at all."""


class Batch:
    """Collect the rows of consecutive journal entries."""

    def __init__(self, galaxy: str, begin: Checkpoint) -> None:
        self.begin = begin
        self.position = begin.position
        self.journal_id = begin.journal_id
        self.events: list[str] = []
        self.commands: list[str] = []
        self.states: dict[Ref, Stored] = {}
        self.added: dict[str, journal.Timer] = {}
        self.dropped: dict[str, None] = {}
        self._galaxy = _escaped(galaxy)
        self._hours: set[int] = set()

    @property
    def end(self) -> Checkpoint:
        """Give the checkpoint after this batch."""
        return Checkpoint(self.position, self.journal_id, self.begin.epoch)

    @property
    def months(self) -> set[str]:
        """Name the months whose partitions the rows go to."""
        return {month_of(hour * HOUR_MS) for hour in self._hours}

    def add(self, entries: Iterable[tuple[bytes, Fields]]) -> None:
        """Add entries in the order of the journal.

        Raises:
            Diverged: an aggregate's versions have a gap.
        """
        for journal_id, fields in entries:
            self._add(journal.decode(fields[journal.ENTRY_FIELD]), fields)
            self.journal_id = journal_id.decode()

    def state_rows(self) -> list[str]:
        """Give the last state of each aggregate that changed."""
        return [
            f"{_escaped(ref.kind)}\t{_escaped(ref.id)}\t{one.from_version}"
            f"\t{one.version}\t{_hex(one.data)}\t{_nullable(one.place)}"
            f"\t{one.changed_ms}\n"
            for ref, one in self.states.items()
        ]

    def timer_rows(self) -> list[str]:
        """Give the timers that were added and are still to fire."""
        return [
            f"{self._galaxy}\t{_escaped(one.id)}\t{one.at_ms}\t{_hex(one.command)}"
            f"\t{_refs(one.refs)}\n"
            for one in self.added.values()
        ]

    def _add(self, entry: journal.Entry, fields: Fields) -> None:
        self.position += 1
        command_id, player = _escaped(entry.command_id), _escaped(entry.player)
        self._hours.add(entry.at_ms // HOUR_MS)
        self.commands.append(
            f"{self._galaxy}\t{self.position}\t{entry.at_ms}\t{command_id}"
            f"\t{_escaped(entry.name)}\t{player}\t{entry.fingerprint}"
            f"\t{_escaped(entry.reply.decode())}\n"
        )
        end = f"{player}\t{command_id}"
        for i, change in enumerate(entry.changes):
            self._add_change(change, fields[journal.state_field(i)], entry.at_ms)
            self._add_events(change, entry.at_ms, end)
        self._add_timers(entry)

    def _add_change(self, change: journal.Change, data: bytes, at_ms: int) -> None:
        ref = Ref(change.kind, change.id)
        before = self.states.get(ref)
        from_version = change.version - 1 if before is None else before.from_version
        if before is not None and before.version != change.version - 1:
            raise Diverged(f"{ref} goes from {before.version} to {change.version}")
        self.states[ref] = Stored(
            from_version, change.version, data, change.place, at_ms
        )

    def _add_events(self, change: journal.Change, at_ms: int, end: str) -> None:
        start = (
            f"{self._galaxy}\t{_escaped(change.kind)}\t{_escaped(change.id)}"
            f"\t{change.version}"
        )
        for number, packed in enumerate(change.events):
            name, layout, body = open_envelope(packed)
            self.events.append(
                f"{start}\t{number}\t{at_ms}\t{self.position}\t{name}\t{layout}"
                f"\t{end}\t{_json(body)}\n"
            )

    def _add_timers(self, entry: journal.Entry) -> None:
        for name in entry.dropped:
            self.added.pop(name, None)
            self.dropped[name] = None
        for timer in entry.added:
            self.added[timer.id] = timer


def _json(body: bytes) -> str:
    """Write a packed body as JSON."""
    return jsonb.encode(msgpack.decode(body)).replace(b"\\", b"\\\\").decode()


def _escaped(value: str) -> str:
    if "\\" not in value and value.isprintable():
        return value
    return value.translate(_COPY)


def _nullable(value: str | None) -> str:
    return "\\N" if value is None else _escaped(value)


def _hex(data: bytes) -> str:
    return "\\\\x" + data.hex()


def _refs(refs: Iterable[tuple[str, str]]) -> str:
    """Write an array literal; quotes keep every character of an id."""
    items = (f"{kind}:{name}" for kind, name in refs)
    quoted = (item.replace("\\", "\\\\").replace('"', '\\"') for item in items)
    return _escaped("{" + ",".join(f'"{item}"' for item in quoted) + "}")
