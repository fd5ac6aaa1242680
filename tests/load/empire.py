"""Choose what a bot builds, trains and researches, by its own room's view."""

from collections.abc import Iterator
from random import Random
from typing import Any

from tests.load.folding import View
from tests.load.moves import Move, Paces
from tests.load.prices import Amounts, Price, Prices

HOUR_MS = 3_600_000
SYNC_EVERY_MS = 30_000
LEVEL_MAX = 12
"""Bots stop here: later levels take longer than any play lasts."""
CANCEL_SHARE = 0.08
RENAME_SHARE = 0.5
TRAIN_MAX = 5
FLEETS_FIRST = ("power_plant", "mine", "shipyard", "research_lab")
RESEARCH_FIRST = ("power_plant", "research_lab", "mine", "shipyard")
OPENINGS = (FLEETS_FIRST, FLEETS_FIRST, FLEETS_FIRST, RESEARCH_FIRST)
"""What opens up the rest of the game; a bot draws one."""
CREWS = (("fighter", "scout"), ("scout", "fighter"))
"""What the first two orders of a shipyard are: one of each."""


class Empire:
    """Hold one bot's empire as its player room shows it."""

    def __init__(self, prices: Prices, draws: Random, paces: Paces) -> None:
        self.view: View = {}
        """The player's room as it is known."""
        self._prices, self._draws, self._paces = prices, draws, paces
        self._opening = draws.choice(OPENINGS)
        self._crew = list(draws.choice(CREWS))
        self._synced_ms = 0
        self._renamed = 0

    @property
    def colony(self) -> dict[str, Any]:
        """Give the first colony."""
        found: dict[str, Any] = next(iter(self.view["colonies"].values()))
        return found

    def next_move(self, now_ms: int) -> Move:
        """Choose a command by what the empire can pay and needs."""
        self._synced_ms = self._synced_ms or now_ms
        if now_ms - self._synced_ms >= SYNC_EVERY_MS:
            return self._sync(now_ms)
        if self._paces.has_one("build", now_ms):
            self._paces.take("build")
            move = self._order(now_ms)
            if move is not None:
                return move
        if self._draws.random() < RENAME_SHARE:
            return self._rename()
        return self._sync(now_ms)

    def stock(self, now_ms: int) -> dict[str, float]:
        """Predict the colony's amounts, as the client does between two events."""
        known = self.colony["resources"]
        hours = max(0, now_ms - known["at_ms"]) / HOUR_MS
        return {
            name: _grown(
                amount,
                known["rates_per_hour"].get(name, 0) * hours,
                known["capacity"][name],
            )
            for name, amount in known["amounts"].items()
        }

    def _order(self, now_ms: int) -> Move | None:
        if self._crew:
            first = self._first(now_ms)
            if first is not None:
                return first
        elif self.colony["queue"] and self._draws.random() < CANCEL_SHARE:
            return self._cancel()
        kinds = [wishes for wishes in self._wishes(now_ms) if wishes]
        return self._draws.choice(self._draws.choice(kinds)) if kinds else None

    def _first(self, now_ms: int) -> Move | None:
        """Have a first fleet as early as it can be had."""
        unit = self._crew[0]
        if not self._may(self._prices.units[unit], 1, self.stock(now_ms)):
            return None
        del self._crew[0]
        return self._move("colonies.train", unit=unit, count=1)

    def _wishes(self, now_ms: int) -> Iterator[list[Move]]:
        """Give what can be built, what trained, and what researched."""
        stock = self.stock(now_ms)
        queue = self.colony["queue"]
        if sum(one["kind"] == "building" for one in queue) < self._prices.queue_max:
            yield self._opened(list(self._buildings(stock, queue)), queue)
        if sum(one["kind"] == "training" for one in queue) < self._prices.queue_max:
            yield list(self._units(stock))
        yield list(self._technologies(stock))

    def _opened(self, wishes: list[Move], queue: list[dict[str, Any]]) -> list[Move]:
        """Begin with what opens up the rest of the game, before anything else."""
        there = {*self.colony["buildings"], *(one.get("building") for one in queue)}
        missing = [name for name in self._opening if name not in there]
        if not missing:
            return wishes
        return [wish for wish in wishes if wish.data["building"] == missing[0]]

    def _buildings(self, stock: Amounts, queue: list[dict[str, Any]]) -> Iterator[Move]:
        levels = self.colony["buildings"]
        for name, price in self._prices.buildings.items():
            ordered = sum(one.get("building") == name for one in queue)
            level = levels.get(name, 0) + ordered + 1
            if level <= LEVEL_MAX and self._may(price, level, stock):
                yield self._move("colonies.build", building=name)

    def _units(self, stock: Amounts) -> Iterator[Move]:
        for name, price in self._prices.units.items():
            affordable = [
                int(stock.get(resource, 0) // each)
                for resource, each in price.base.items()
            ]
            count = min(TRAIN_MAX, *affordable)
            if count > 0 and self._may(price, 1, stock):
                count = self._draws.randint(1, count)
                yield self._move("colonies.train", unit=name, count=count)

    def _technologies(self, stock: Amounts) -> Iterator[Move]:
        if self.view["research"]["projects"]:
            return
        known = self.view["player"]["technologies"]
        for name, price in self._prices.technologies.items():
            level = known.get(name, 0) + 1
            if level <= price.level_max and self._may(price, level, stock):
                yield self._move("research.start", technology=name)

    def _may(self, price: Price, level: int, stock: Amounts) -> bool:
        known = self.view["player"]["technologies"]
        return price.is_paid_by(stock, level) and price.is_met(
            self.colony["buildings"], known
        )

    def _cancel(self) -> Move:
        order = self._draws.choice(self.colony["queue"])["order"]
        return self._move("colonies.cancel", order=order)

    def _rename(self) -> Move:
        self._renamed += 1
        return self._move("colonies.rename", name=f"Outpost {self._renamed}")

    def _sync(self, now_ms: int) -> Move:
        self._synced_ms = now_ms
        predicted = {name: int(units) for name, units in self.stock(now_ms).items()}
        return self._move("colonies.sync", predicted=predicted)

    def _move(self, name: str, /, **data: Any) -> Move:
        return Move(name, {"colony": self.colony["id"], **data})


def _grown(amount: float, more: float, capacity: float) -> float:
    return amount if amount >= capacity else min(capacity, amount + more)
