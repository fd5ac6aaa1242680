"""Say what the Socket.IO edge needs of the rest; the composition root provides it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import redis

from app.config import Settings
from app.core.message import Command, Rejected
from app.engine.keys import Keys
from app.realtime.horizon import Horizon
from app.realtime.limits import Limits

TOKEN_LENGTH_MAX = 2_048
"""Characters; ours have 500."""


class Identity(Protocol):
    """Tell whom a token speaks for, and until when (Unix ms)."""

    @property
    def player_id(self) -> str:
        """The player, who is also the account."""

    @property
    def expires_ms(self) -> int:
        """When the token's right ends."""


class Galaxy(Protocol):
    """Hold the parts that serve one galaxy."""

    @property
    def id(self) -> str:
        """Its name."""

    @property
    def keys(self) -> Keys:
        """Its keys."""

    @property
    def dispatcher(self) -> Any:
        """What runs its commands."""

    @property
    def reads(self) -> Any:
        """What reads what its clients are shown."""


def _none(identities: Sequence[Any]) -> list[Rejected | None]:
    return [None] * len(identities)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """Hold what the Socket.IO edge calls. All may raise `Unavailable`."""

    settings: Settings
    bus: redis.Redis
    limits: Limits
    authenticate: Callable[[str], Identity]
    """Check a token; raises `Rejected` (`unauthenticated`, `banned`)."""
    refusals: Callable[[Sequence[Any]], list[Rejected | None]] = _none
    """Tell of identities whose right ended before its token why it did."""
    galaxy: Callable[[str], Galaxy]
    """Give a galaxy by its name; raises `KeyError`."""
    translate: Callable[..., Command]
    """(name, data, galaxy=, player=, command_id=, count=) -> command.

    Calls `count` before it looks anybody up; raises `Rejected`.
    """
    limit_of: Callable[[str], str | None]
    """Name the limit that a wire name counts in; None for unknown names."""
    rooms_of: Callable[[Any, str], Sequence[str] | None]
    """(galaxy, player) -> rooms from the first moment; None without an empire."""
    horizon: Horizon
    """Know what players see, and so what they may hear."""
    config: Mapping[str, Any] = field(default_factory=dict)
    """What `welcome` tells clients of this cluster's settings."""
