"""Name what travels through the write path: refs, commands, events, refusals."""

import re
from typing import Any, NamedTuple

from msgspec import Struct

ID_PATTERN = "[0-9A-Za-z_-]{1,64}"
"""What an id from outside may be."""

_ID = re.compile(ID_PATTERN)


class Ref(NamedTuple):
    """Name one aggregate: what is loaded, versioned and committed whole."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


def is_id(text: str) -> bool:
    """Tell whether a text from outside may be an aggregate's id."""
    return _ID.fullmatch(text) is not None


class Command(Struct, frozen=True, kw_only=True):
    """Ask for a change, in the imperative (`StartBuilding`).

    `id` makes it safe to repeat: the same id has one effect and one reply. It also
    seeds every draw of chance. `player` is on whose behalf it runs.
    """

    id: str
    player: str


class Event(Struct, frozen=True, kw_only=True):
    """Record a change of one aggregate, in the past tense (`BuildingStarted`).

    It carries results, not reasons: `evolve` must not need a rule to apply it.
    """


class Rejected(Exception):
    """Refuse a command with a code of the wire contract.

    `details` go out beside the code and must be JSON (`short={"minerals": 40}`).
    """

    def __init__(self, code: str, message: str = "", /, **details: Any) -> None:
        super().__init__(code, message, details)
        self.code = code
        self.message = message or code.replace("_", " ").capitalize() + "."
        self.details = details
