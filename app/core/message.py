"""Name what travels through the write path: refs, commands, events, refusals."""

from typing import Any, NamedTuple

from msgspec import Struct


class Ref(NamedTuple):
    """Name one aggregate: what is loaded, versioned and committed whole."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


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
