"""Name what detectors look at, what they carry along, and what they raise."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct


class Action(Struct, frozen=True, array_like=True):
    """Tell of one command that a player sent, by the server's clock."""

    at_ms: int
    name: str


class Claim(Struct, frozen=True, kw_only=True):
    """Tell what a client claimed to hold, what there was, and what there is room for.

    Amounts are milli-units by resource.
    """

    at_ms: int
    colony: str
    claimed: dict[str, int]
    held: dict[str, int]
    capacity: dict[str, int]


class Flag(Struct, frozen=True, kw_only=True):
    """Accuse a player: how surely, and on what evidence."""

    player: str
    detector: str
    at_ms: int
    confidence_percent: int
    evidence: dict[str, Any]


class Watch(Struct, frozen=True, kw_only=True):
    """Hold what players did lately, as one scan hands it to the next."""

    actions: Mapping[str, tuple[Action, ...]] = {}
    claims: Mapping[str, tuple[Claim, ...]] = {}
