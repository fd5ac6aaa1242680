"""Remember of one empire what it takes to choose commands that can be obeyed.

Bounded, and fed by the first snapshot and by acks only: no views are folded. What it
guesses wrongly is refused, which honest play meets as well.
"""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from tests.load.moves import Move
from tests.load.prices import Price, Prices

HOUR_MS = 3_600_000
LEVEL_MAX = 12
"""Levels above take longer than any run."""
TRAIN_MAX = 3
ORDERS_MAX = 16
OPENING = ("power_plant", "mine", "shipyard", "research_lab")
"""What opens up the rest of the game, in this order."""
BUILDING, TRAINING = "building", "training"

Order = dict[str, Any]


class Empire:
    """Hold one colony's stock, levels and orders, as far as they are known."""

    __slots__ = (
        "_stock",
        "at_ms",
        "buildings",
        "capacity",
        "colony",
        "home",
        "known",
        "orders",
        "rates",
        "researching_until_ms",
        "units",
    )

    def __init__(self, snapshot: Mapping[str, Any]) -> None:
        colony = next(iter(snapshot["colonies"].values()))
        self.colony: str = colony["id"]
        self.home = (colony["x"], colony["y"])
        self.buildings: dict[str, int] = dict(colony["buildings"])
        self.units: dict[str, int] = dict(colony["units"])
        self.known: dict[str, int] = dict(snapshot["player"]["technologies"])
        self.orders: list[Order] = list(colony["queue"])[:ORDERS_MAX]
        self.researching_until_ms = HOUR_MS if snapshot["research"]["projects"] else 0
        self.stock(colony["resources"])

    def stock(self, resources: Mapping[str, Any]) -> None:
        """Take what the server says that the colony holds."""
        self._stock: dict[str, float] = dict(resources["amounts"])
        self.rates: Mapping[str, float] = resources["rates_per_hour"]
        self.capacity: Mapping[str, float] = resources["capacity"]
        self.at_ms: float = resources["at_ms"]

    def amounts(self, now_ms: float) -> dict[str, float]:
        """Predict what the colony holds now."""
        hours = max(0.0, now_ms - self.at_ms) / HOUR_MS
        return {
            name: max(
                amount,
                min(
                    self.capacity.get(name, amount),
                    amount + self.rates.get(name, 0) * hours,
                ),
            )
            for name, amount in self._stock.items()
        }

    def pass_time(self, now_ms: float) -> None:
        """Take orders as done whose time has come."""
        waiting = []
        for order in self.orders:
            if order["complete_ms"] > now_ms:
                waiting.append(order)
            elif order["kind"] == BUILDING:
                self.buildings[order["building"]] = order["level"]
            else:
                unit = order["unit"]
                self.units[unit] = self.units.get(unit, 0) + order["count"]
        self.orders = waiting

    def pay(self, price: Price, level: int, count: int, now_ms: float) -> None:
        """Take the price of something off the stock."""
        growth = (price.times / price.by) ** (level - 1) * count
        amounts = self.amounts(now_ms)
        self._stock, self.at_ms = amounts, now_ms
        for resource, each in price.base.items():
            amounts[resource] = max(0.0, amounts.get(resource, 0.0) - each * growth)

    # what can be ordered

    def build(self, prices: Prices, draws: Random, now_ms: float) -> Move | None:
        """Choose a building to raise, first what opens up the game."""
        if self._ordered(BUILDING) >= prices.queue_max:
            return None
        amounts = self.amounts(now_ms)
        wishes = list(self._buildings(prices, amounts))
        there = {*self.buildings, *(one.get("building") for one in self.orders)}
        missing = next((name for name in OPENING if name not in there), None)
        if missing is not None:
            wishes = [name for name in wishes if name == missing]
        if not wishes:
            return None
        return self._move("colonies.build", building=draws.choice(wishes))

    def train(self, prices: Prices, draws: Random, now_ms: float) -> Move | None:
        """Choose some units to train."""
        if self._ordered(TRAINING) >= prices.queue_max:
            return None
        amounts = self.amounts(now_ms)
        wishes = [
            name for name, price in prices.units.items() if self._may(price, 1, amounts)
        ]
        if not wishes:
            return None
        unit = draws.choice(wishes)
        base = prices.units[unit].base.items()
        most = min(int(amounts.get(name, 0) // each) for name, each in base if each)
        count = draws.randint(1, max(1, min(TRAIN_MAX, most)))
        return self._move("colonies.train", unit=unit, count=count)

    def research(self, prices: Prices, draws: Random, now_ms: float) -> Move | None:
        """Choose a technology, when none is being researched."""
        if now_ms < self.researching_until_ms:
            return None
        amounts = self.amounts(now_ms)
        wishes = [
            name
            for name, price in prices.technologies.items()
            if self.known.get(name, 0) < price.level_max
            and self._may(price, self.known.get(name, 0) + 1, amounts)
        ]
        if not wishes:
            return None
        return self._move("research.start", technology=draws.choice(wishes))

    def cancel(self, draws: Random) -> Move | None:
        """Choose an order to cancel."""
        if not self.orders:
            return None
        return self._move("colonies.cancel", order=draws.choice(self.orders)["order"])

    def sync(self, now_ms: float) -> Move:
        """Compare the predicted stock with the server's."""
        predicted = {name: int(units) for name, units in self.amounts(now_ms).items()}
        return self._move("colonies.sync", predicted=predicted)

    # what was answered

    def done(self, prices: Prices, move: Move, body: Mapping[str, Any]) -> None:
        """Take an accepted command's result."""
        result, at_ms = body["result"], body["at_ms"]
        match move.name:
            case "colonies.build":
                price = prices.buildings[result["building"]]
                self.pay(price, result["level"], 1, at_ms)
                self._order(BUILDING, result)
            case "colonies.train":
                price = prices.units[move.data["unit"]]
                self.pay(price, 1, move.data["count"], at_ms)
                self._order(TRAINING, {**result, **move.data})
            case "research.start":
                name, level = result["technology"], result["level"]
                self.pay(prices.technologies[name], level, 1, at_ms)
                self.known[name] = level
                self.researching_until_ms = result["complete_ms"]
            case "colonies.cancel":
                self.forget(move.data["order"])
                self._add(self._stock, result["refund"], 1)
            case "colonies.sync":
                self.stock(result)
            case "fleets.launch":
                self._add(self.units, move.data["ships"], -1)

    def _add(self, to: dict[str, Any], what: Mapping[str, Any], times: int) -> None:
        for name, count in what.items():
            to[name] = max(0, to.get(name, 0) + times * count)

    def forget(self, order: str) -> None:
        """Take that an order is no more, whichever way it ended."""
        self.orders = [one for one in self.orders if one["order"] != order]

    def _ordered(self, kind: str) -> int:
        return sum(one["kind"] == kind for one in self.orders)

    def _order(self, kind: str, result: Mapping[str, Any]) -> None:
        if len(self.orders) < ORDERS_MAX:
            self.orders.append({**result, "kind": kind})

    def _buildings(self, prices: Prices, amounts: Mapping[str, float]) -> Iterator[str]:
        for name, price in prices.buildings.items():
            ordered = sum(one.get("building") == name for one in self.orders)
            level = self.buildings.get(name, 0) + ordered + 1
            if level <= min(LEVEL_MAX, price.level_max) and self._may(
                price, level, amounts
            ):
                yield name

    def _may(self, price: Price, level: int, amounts: Mapping[str, float]) -> bool:
        met = price.is_met(self.buildings, self.known)
        return met and price.is_paid_by(amounts, level)

    def _move(self, name: str, /, **data: Any) -> Move:
        return Move(name, {"colony": self.colony, **data})
