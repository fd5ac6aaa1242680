"""Keep a bot's view of its empire, and choose what to do next.

The view starts from the player room's snapshot and follows its broadcasts, as a real
client's does: each event's `changes` are new values of fields of what it speaks of.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.load.prices import Amounts, Price, Prices
from tests.load.rooms import Event

HOUR_MS = 3_600_000
SYNC_EVERY_MS = 30_000
LEVEL_MAX = 12
"""Bots stop here: later levels take longer than any play lasts."""
CANCEL_SHARE = 0.08
RASH_SHARE = 0.02
"""How often a bot tries what it can't have, so that refusals are part of the load."""
RENAME_SHARE = 0.5
TRAIN_MAX = 5
OPENING = ("power_plant", "research_lab", "mine", "shipyard")
ORDERS_PER_MINUTE = 20
ORDERS_AT_ONCE = 6
"""Together under the 30 a minute that a player may place, joining and repeats included.
The other moves have a wider limit."""


@dataclass(frozen=True, slots=True)
class Move:
    """Hold a command to be sent, without its id."""

    name: str
    data: dict[str, Any]


class Pace:
    """Keep orders under the server's limit, as a bucket that refills."""

    def __init__(self) -> None:
        self._left, self._seen_ms = float(ORDERS_AT_ONCE), 0
        self.rests_until_ms = 0

    def allows(self, now_ms: int) -> bool:
        """Take one order out of the bucket, where one is left."""
        passed_ms = max(0, now_ms - self._seen_ms) if self._seen_ms else 0
        self._seen_ms = now_ms
        refill = passed_ms * ORDERS_PER_MINUTE / 60_000
        self._left = min(ORDERS_AT_ONCE, self._left + refill)
        if self._left < 1 or now_ms < self.rests_until_ms:
            return False
        self._left -= 1
        return True


class Empire:
    """Hold one bot's empire as its player room shows it."""

    def __init__(self, prices: Prices, draws: Random) -> None:
        self.view: dict[str, Any] = {}
        self._prices = prices
        self._draws = draws
        self.pace = Pace()
        self._synced_ms = 0
        self._renamed = 0

    def show(self, snapshot: dict[str, Any]) -> None:
        """Start over from a snapshot."""
        self.view = snapshot

    def apply(self, event: Event) -> None:
        """Follow one event of the player's room."""
        changes = event.get("changes")
        if not self.view or changes is None:
            return
        kind = event["type"].partition(".")[0]
        if kind == "colonies":
            self.view["colonies"].setdefault(event["colony"], {}).update(changes)
        elif kind == "players":
            self.view["player"] = {**(self.view["player"] or {}), **changes}
        elif kind == "research":
            self.view["research"].update(changes)

    @property
    def colony(self) -> dict[str, Any]:
        """Give the first colony."""
        found: dict[str, Any] = next(iter(self.view["colonies"].values()))
        return found

    def next_move(self, now_ms: int) -> Move:
        """Choose a command by what the empire can pay and needs."""
        if now_ms - self._synced_ms >= SYNC_EVERY_MS:
            return self._sync(now_ms)
        if self.pace.allows(now_ms):
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
        draw = self._draws.random()
        if draw < CANCEL_SHARE and self.colony["queue"]:
            return self._cancel()
        if draw > 1 - RASH_SHARE:
            return self._rash()
        kinds = [wishes for wishes in self._wishes(now_ms) if wishes]
        return self._draws.choice(self._draws.choice(kinds)) if kinds else None

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
        missing = [name for name in OPENING if name not in there]
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

    def _rash(self) -> Move:
        return self._move("colonies.train", unit="battleship", count=100)

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
