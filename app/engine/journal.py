"""Describe the journal: one entry a commit, in the order of the commits.

An entry is a Redis stream message with the field `e`, an encoded `Entry`, and a field
`s<i>` with the new state of change `i`. The persister trims it behind its checkpoint.
"""

from msgspec import Struct, msgpack

ENTRY_FIELD = b"e"
TRACE_FIELD = b"t"
"""Which trace a commit belongs to, where it is traced. No state comes of it."""


class Change(Struct, frozen=True, array_like=True):
    """Tell what happened to one aggregate: its new version, events, and place."""

    kind: str
    id: str
    version: int
    events: tuple[bytes, ...]
    place: str | None


class Timer(Struct, frozen=True, array_like=True):
    """Tell of an added timer: when it is due, and which aggregates it will touch."""

    id: str
    at_ms: int
    command: bytes
    refs: tuple[tuple[str, str], ...]


class Entry(Struct, frozen=True, array_like=True):
    """Tell of one commit. `reply` is JSON, empty where a timer's command ran."""

    command_id: str
    name: str
    player: str
    at_ms: int
    fingerprint: str
    reply: bytes
    changes: tuple[Change, ...]
    added: tuple[Timer, ...]
    dropped: tuple[str, ...]
    """Names of the timers that are gone: cancelled, or done by this very commit."""


_encoder = msgpack.Encoder()
_decoder = msgpack.Decoder(Entry)


def encode(entry: Entry) -> bytes:
    """Pack an entry for the stream."""
    return _encoder.encode(entry)


def decode(data: bytes) -> Entry:
    """Unpack an entry of the stream."""
    return _decoder.decode(data)


def state_field(index: int) -> bytes:
    """Name the stream field that holds the new state of change `index`."""
    return b"s%d" % index
