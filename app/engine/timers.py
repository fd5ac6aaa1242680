"""Pack timers: commands with a due time, indexed under every aggregate they touch.

A timer's value is a line `<due ms> <due index key> ...`, then the packed command. The
scripts read the line; only Python reads the command.
"""

from typing import NamedTuple

from app.core.message import Ref
from app.engine.keys import Keys


class Timed(NamedTuple):
    """Hold an unpacked timer."""

    at_ms: int
    refs: tuple[Ref, ...]
    command: bytes


def pack(keys: Keys, timed: Timed) -> bytes:
    """Pack a timer for Redis."""
    line = " ".join([str(timed.at_ms), *(keys.due(ref) for ref in timed.refs)])
    return line.encode() + b"\n" + timed.command


def unpack(keys: Keys, value: bytes) -> Timed:
    """Unpack what `pack` made."""
    line, command = value.split(b"\n", 1)
    at_ms, *due_keys = line.decode().split(" ")
    refs = tuple(keys.due_ref(key) for key in due_keys)
    return Timed(int(at_ms), refs, command)
