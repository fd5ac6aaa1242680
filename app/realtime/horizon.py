"""Say what the edge needs to know of what players see; the game provides it.

The edge only moves sets of sectors about, which are bits of an integer: what they stand
for, which rooms they have and what sees them is the game's.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

Area = int


class Sight(Protocol):
    """Hold what one player's vision is made of."""

    @property
    def rooms(self) -> Sequence[str]:
        """Name the internal rooms that tell when this is old."""

    @property
    def allies(self) -> Sequence[str]:
        """Name the players whose own sensors this one shares."""

    @property
    def own(self) -> Area:
        """Give the sectors that the player always sees and hears."""

    @property
    def joined(self) -> Sequence[str]:
        """Name the rooms that the player hears whatever is seen."""


class Hearing(Protocol):
    """Allow a room while all of an area is seen."""

    @property
    def area(self) -> Area:
        """Give what must be seen; 0 for a room that is always heard."""

    @property
    def since_ms(self) -> int:
        """Say from when on the right is sure, whoever asks: 0 for always."""


class Horizon(Protocol):
    """Know what players see. All may raise `Unavailable`."""

    def box(self, data: Mapping[str, Any]) -> Area:
        """Read what `view.set` asks for; raises `Rejected`."""

    def rooms(self, area: Area, seen: Area) -> Collection[str]:
        """Name the rooms of an area: each sector's in the tier that `seen` allows."""

    def sight_room(self, player_id: str) -> str:
        """Name the internal room that tells when a player's own sight is old."""

    def sights(self, galaxy: Any, players: Sequence[str]) -> Mapping[str, Sight | None]:
        """Read players' sights, None where there is no empire, in few round trips."""

    def seen(self, sight: Any, at_ms: int) -> tuple[Area, int]:
        """Tell what own sensors see at a moment, and until when that surely stays."""

    def hears(
        self, galaxy: Any, sight: Any, rooms: Sequence[str]
    ) -> Mapping[str, Hearing]:
        """Say on what terms the rooms may be heard; those that never are left out."""
