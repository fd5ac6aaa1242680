"""Sights are read when they are old, and nobody takes an old one for a new one."""

from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from app.realtime.sights import Sights

GALAXY = SimpleNamespace(id="1", keys=SimpleNamespace(room=lambda room: room))
SIGHT = SimpleNamespace(rooms=(), allies=(), own=1)


class Horizon:
    """Give one sight, and let something happen while it is being read."""

    def __init__(self) -> None:
        self.reads = 0
        self.meanwhile: Callable[[], None] = lambda: None

    def sight_room(self, player_id: str) -> str:
        return f"sight:{player_id}"

    def sights(self, _galaxy: Any, players: Sequence[str]) -> Mapping[str, Any]:
        self.reads += 1
        meanwhile, self.meanwhile = self.meanwhile, lambda: None
        meanwhile()
        return dict.fromkeys(players, SIGHT)


def test_who_asks_while_another_reads_has_a_sight_as_well() -> None:
    horizon = Horizon()
    sights = Sights(horizon, lambda _channels: None, lambda _channels: None)
    sights.watch(GALAXY, "p")
    found: list[Any] = []

    def ask() -> None:
        sights.freshen(GALAXY, "p")
        found.append(sights.sight(GALAXY, "p"))

    horizon.meanwhile = ask
    sights.freshen_all()
    assert found == [SIGHT]
    sights.freshen(GALAXY, "p")
    assert horizon.reads == 2
