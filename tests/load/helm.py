"""Choose where a bot's fleets sail: to strangers, to other colonies, away, and home."""

from collections.abc import Callable, Iterable
from itertools import pairwise
from math import dist
from random import Random
from typing import Any

from tests.load import ships
from tests.load.folding import View
from tests.load.moves import Move
from tests.load.sight import GALAXY, Contact, Point, Sight, position

SECOND_MS = 1_000
VISITED_MS = 60_000
"""How long a place that was visited is left out."""
OUT_MS = 120_000
"""How long a fleet stays out before it goes home to land."""
CHASE = 600.0
"""How far, in units, a warfleet follows what it sees."""
DANGER = 300.0
"""How near a scout lets others' warships come."""
FLED_MS = 20_000
SALVAGE = 45.0
"""How near, in units, a fleet must be to debris to take it aboard."""
STROLL = 250
"""How far, in units, a fleet goes that knows no better."""
PATROL, LOOP_MIN_S = 1_000, 90
"""How far a patrol's points lie, and how long its loop takes at least."""
CHANGE_SHARE = 0.1
"""How often a fleet on its way gets another order."""
MANOEUVRE_SHARE = 0.15
"""How often a fleet that stands does something else than to sail on."""
PLANNERS = 0.25
"""Part of the bots that fill their fleets' queues, and try one order too many."""
PLAN_SHARE = 0.6
POINTS_MAX = 5

Fleet = dict[str, Any]


class Helm:
    """Hold where one bot's fleets have been."""

    def __init__(self, draws: Random, sight: Sight) -> None:
        self._draws, self._sight = draws, sight
        self._plans = draws.random() < PLANNERS
        self._visited: dict[Point, int] = {}
        self._seen_first: dict[str, int] = {}
        self._fled: dict[str, int] = {}
        self._salvaged: set[str] = set()

    def next_move(
        self, fleets: list[Fleet], threats: list[Contact], own: View, now_ms: int
    ) -> Move | None:
        """Choose an order for one of the fleets that are at peace."""
        for fleet in self._draws.sample(fleets, len(fleets)):
            self._seen_first.setdefault(fleet["id"], now_ms)
            move = self._flight(fleet, threats, now_ms)
            if move is None and fleet["path"]:
                move = self._change(fleet, now_ms)
            elif move is None:
                move = self._next(fleet, threats, own, now_ms)
            if move is not None:
                return move
        return None

    def _flight(self, fleet: Fleet, threats: list[Contact], now_ms: int) -> Move | None:
        """Go home from what can't be fought."""
        if ships.is_armed(fleet["ships"]) or self._fled.get(fleet["id"], 0) > now_ms:
            return None
        at = position(fleet, now_ms)
        if all(dist(at, one.at) > DANGER for one in threats):
            return None
        self._fled[fleet["id"]] = now_ms + FLED_MS
        return _order("return", fleet)

    def _next(
        self, fleet: Fleet, threats: list[Contact], own: View, now_ms: int
    ) -> Move:
        if now_ms - self._seen_first[fleet["id"]] > OUT_MS:
            return _order("return", fleet)
        at = position(fleet, now_ms)
        debris = self._salvageable(fleet, at)
        if debris:
            self._salvaged.add(debris)
            return _order("salvage", fleet, debris=debris)
        if self._draws.random() < MANOEUVRE_SHARE:
            return self._manoeuvre(fleet, own, now_ms)
        if ships.is_armed(fleet["ships"]):
            near = [one.at for one in threats if dist(at, one.at) <= CHASE]
            if near:
                return self._sail(
                    fleet, min(near, key=lambda one: dist(at, one)), now_ms
                )
        return self._sail(fleet, self._unvisited(at, own, now_ms), now_ms)

    def _salvageable(self, fleet: Fleet, at: Point) -> str:
        """Name debris that is in reach, where there is room for it."""
        if sum(fleet["cargo"].values()) >= fleet["cargo_capacity"]:
            return ""
        for debris, place in self._sight.debris():
            if debris not in self._salvaged and dist(at, place) <= SALVAGE:
                return debris
        return ""

    def _unvisited(self, at: Point, own: View, now_ms: int) -> Point:
        """Choose the nearest colony that wasn't visited of late, else a stroll."""
        places = [
            place
            for place in self._sight.neighbours(own["colonies"]).values()
            if self._visited.get(place, 0) <= now_ms
        ]
        if not places:
            return self._stroll(at)
        found = min(places, key=lambda place: dist(at, place))
        self._visited[found] = now_ms + VISITED_MS
        return found

    def _stroll(self, at: Point, far: int = STROLL) -> Point:
        x, y = (
            min(GALAXY - 1, max(0, each + self._draws.randint(-far, far)))
            for each in at
        )
        return round(x, 3), round(y, 3)

    def _sail(self, fleet: Fleet, to: Point, now_ms: int) -> Move:
        travel_ms = dist(position(fleet, now_ms), to) / fleet["speed"] * SECOND_MS
        place = {"x": round(to[0], 3), "y": round(to[1], 3)}
        predicted = {"predicted_arrival_ms": int(now_ms + travel_ms)}
        return _order("move", fleet, to=place, **predicted)

    def _change(self, fleet: Fleet, now_ms: int) -> Move | None:
        """Now and then change a course in flight, stop, or add an order."""
        draw, at = self._draws.random(), self._stroll(position(fleet, now_ms))
        move = self._sail(fleet, at, now_ms)
        queued = _order("move", fleet, to=move.data["to"], queue=True)
        if self._plans and draw < PLAN_SHARE:
            return queued
        if draw > CHANGE_SHARE:
            return None
        changes = [move, queued, _order("stop", fleet)]
        if fleet["queue"]:
            changes.append(_order("clear", fleet))
        return self._draws.choice(changes)

    def _manoeuvre(self, fleet: Fleet, own: View, now_ms: int) -> Move:
        """Do one of the things that fleets can do where they stand."""
        choices = (self._split, self._merge, self._patrol, self._post, self._rename)
        chosen: Callable[[Fleet, View, int], Move | None] = self._draws.choice(choices)
        return chosen(fleet, own, now_ms) or self._rename(fleet, own, now_ms)

    def _split(self, fleet: Fleet, _own: View, _now_ms: int) -> Move | None:
        unit, count = max(fleet["ships"].items(), key=lambda one: one[1])
        if count < 2:
            return None
        return _order("split", fleet, ships={unit: count // 2})

    def _merge(self, fleet: Fleet, own: View, now_ms: int) -> Move | None:
        at = position(fleet, now_ms)
        into = [
            one["id"]
            for one in own["fleets"].values()
            if one["id"] != fleet["id"] and position(one, now_ms) == at
        ]
        return _order("merge", fleet, into=into[0]) if into else None

    def _patrol(self, fleet: Fleet, _own: View, now_ms: int) -> Move | None:
        at, count = position(fleet, now_ms), self._draws.randint(2, POINTS_MAX)
        points = [self._stroll(at, PATROL) for _ in range(count)]
        loop = sum(dist(*leg) for leg in pairwise((*points, points[0])))
        if loop / fleet["speed"] < LOOP_MIN_S:
            return None
        return _order("patrol", fleet, points=_places(points))

    def _post(self, fleet: Fleet, own: View, _now_ms: int) -> Move | None:
        """Defend the own colony."""
        if not ships.is_armed(fleet["ships"]):
            return None
        return _order("defend", fleet, colony=next(iter(own["colonies"])))

    def _rename(self, fleet: Fleet, _own: View, now_ms: int) -> Move:
        return _order("rename", fleet, name=f"Squadron {now_ms % 1_000}")


def _places(points: Iterable[Point]) -> list[dict[str, float]]:
    return [{"x": x, "y": y} for x, y in points]


def _order(kind: str, fleet: Fleet, /, **data: Any) -> Move:
    return Move(f"fleets.{kind}", {"fleet": fleet["id"], **data})
