"""Name what detectors look at and what they raise."""

from typing import Any, NamedTuple

from msgspec import Struct


class Action(NamedTuple):
    """Tell of one command that a player sent, by the server's clock."""

    at_ms: int
    name: str


class Claim(Struct, frozen=True, kw_only=True):
    """Tell what a client claimed to hold and what there was, in milli-units."""

    at_ms: int
    colony: str
    claimed: dict[str, int]
    held: dict[str, int]


class Flag(Struct, frozen=True, kw_only=True):
    """Accuse a player: with what confidence, on what evidence."""

    player: str
    detector: str
    at_ms: int
    confidence_percent: int
    evidence: dict[str, Any]
