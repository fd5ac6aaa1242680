"""Put the game's vision behind what the Socket.IO edge asks of a horizon."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.cluster import Galaxy
from app.game import hearing
from app.game.hearing import Hearing
from app.game.vision import views
from app.game.vision.model import Area, seen_until
from app.game.vision.schema import box
from app.game.vision.views import Sight


class Horizon:
    """Know what players see, in the galaxy of a seed."""

    def __init__(self, seed: str) -> None:
        self._seed = seed

    def box(self, data: Mapping[str, Any]) -> Area:
        """Read what `view.set` asks for.

        Raises:
            Rejected: `invalid`.
        """
        return box(data)

    def rooms(self, area: Area, seen: Area) -> Collection[str]:
        """Name the rooms of an area: each sector's in the tier that `seen` allows."""
        return [*views.full(area & seen), *views.fogged(area & ~seen)]

    def sight_room(self, player_id: str) -> str:
        """Name the internal room that tells when a player's own sight is old."""
        return views.sight_room(player_id)

    def sights(
        self, galaxy: Galaxy, players: Sequence[str]
    ) -> Mapping[str, Sight | None]:
        """Read players' sights in few round trips.

        Raises:
            Unavailable: a server doesn't answer.
        """
        _at_ms, states = galaxy.reads.gather(
            lambda known: views.sight_refs(players, known)
        )
        return {player: views.sight(player, states) for player in players}

    def seen(self, sight: Sight, at_ms: int) -> tuple[Area, int]:
        """Tell what own sensors see at a moment, and until when that surely stays."""
        found, until_ms = seen_until(self._seed, sight.sensors, at_ms)
        return found | sight.own, until_ms

    def hears(
        self, galaxy: Galaxy, sight: Sight, rooms: Sequence[str]
    ) -> Mapping[str, Hearing]:
        """Say on what terms the rooms may be heard; those that never are left out.

        Raises:
            Unavailable: a server doesn't answer.
        """
        refs = hearing.hear_refs(rooms)
        _at_ms, states = galaxy.reads.gather(lambda _known: refs)
        terms = {room: hearing.hears(room, sight, states) for room in rooms}
        return {room: found for room, found in terms.items() if found is not None}
