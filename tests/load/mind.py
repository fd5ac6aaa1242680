"""Choose what one bot does next: with its fleets, with its empire, and what is rash."""

from collections.abc import Mapping
from random import Random
from typing import Any, NamedTuple

from tests.load import prices, ships
from tests.load.empire import Empire
from tests.load.folding import View, Views
from tests.load.moves import Move, Paces
from tests.load.navy import Navy
from tests.load.prices import Prices
from tests.load.rashness import rash_moves
from tests.load.rooms import Event
from tests.load.ships import Table
from tests.load.sight import Rectangle, Sight

RASH_SHARE = 0.02
"""How often a bot tries what it can't have."""
ARRIVED = "fleets.arrived"


class Lore(NamedTuple):
    """Hold what the rules say."""

    prices: Prices
    ships: Table


def read(rules: Mapping[str, Any]) -> Lore:
    """Read the rules as they come over the wire."""
    return Lore(prices.read(rules), ships.read(rules))


class Mind:
    """Hold what one bot knows and has in mind."""

    def __init__(self, lore: Lore, draws: Random) -> None:
        self.views = Views()
        self.paces = Paces()
        self.sight = Sight(self.views)
        self._draws = draws
        self._empire = Empire(lore.prices, draws, self.paces)
        self._navy = Navy(lore.ships, draws, self.paces, self.sight)

    @property
    def own(self) -> View:
        """Give the player's own room as it is known; empty before its snapshot."""
        return self._empire.view

    def show(self, room: str, snapshot: View, *, is_own: bool) -> None:
        """Start over from a room's snapshot."""
        self.views.show(room, snapshot)
        self.sight.note(room, snapshot)
        if is_own:
            self._empire.view = snapshot

    def mistimed(self, event: Event) -> str:
        """Say where a fleet arrives at another moment than its course had promised."""
        if event["type"] != ARRIVED:
            return ""
        path = self.own["fleets"].get(event["fleet"], {}).get("path")
        if not path or path[-1]["at_ms"] == event["at_ms"]:
            return ""
        return f"{event} came by {path}"

    def next_look(self, now_ms: int) -> Rectangle | None:
        """Choose where to look, when it is time to."""
        return self.sight.next_look(self.own, now_ms)

    def next_move(self, now_ms: int) -> Move:
        """Choose a command."""
        if self._draws.random() < RASH_SHARE:
            strangers = self.sight.strangers(self.own["player"]["id"], now_ms)
            return self._draws.choice(
                rash_moves(self.own, list(strangers), self._draws)
            )
        return self._navy.next_move(self.own, now_ms) or self._empire.next_move(now_ms)
