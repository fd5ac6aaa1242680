"""Choose orders for fleets that fight: retreat when losing, aim, stand, bring more."""

from collections.abc import Iterator, Mapping
from math import dist
from random import Random
from typing import Any

from tests.load import ships
from tests.load.folding import View
from tests.load.moves import Move
from tests.load.ships import Table
from tests.load.sight import position

LOSING = 0.5
"""How much of the others' power a side may fall to before it retreats."""
FIGHTING = "fighting"
FORMATIONS = ("line", "assault", "defensive")
FANCY_SHARE = 0.3
"""How often a fleet in battle gets an order that it needn't have."""
JOINS_WITHIN = 250.0
"""How near to a battle a fleet must be to be brought to it, in units."""

Forces = Mapping[str, Any]


class Tactics:
    """Hold what one bot ordered in battles."""

    def __init__(self, table: Table, draws: Random) -> None:
        self._table, self._draws = table, draws
        self._brought: set[tuple[str, str]] = set()

    def next_move(
        self, own: View, battles: Mapping[str, View], now_ms: int
    ) -> Move | None:
        """Choose an order for a fleet that fights, or bring one that doesn't yet."""
        for fleet in own["fleets"].values():
            battle = battles.get(fleet["battle"])
            forces = battle["forces"] if battle else {}
            if fleet["id"] in forces:
                move = self._in_battle(fleet, forces)
                if move is not None:
                    return move
        return next(self._reinforcing(own, battles, now_ms), None)

    def _in_battle(self, fleet: View, forces: Forces) -> Move | None:
        force = forces[fleet["id"]]
        if force["state"] != FIGHTING or force["retreats"]:
            return None
        others = {
            name: one
            for name, one in forces.items()
            if one["side"] != force["side"] and one["state"] == FIGHTING
        }
        if self._is_losing(force, others):
            return _order("retreat", fleet)
        if self._draws.random() > FANCY_SHARE:
            return None
        if others and force["focus"] not in others:
            weakest = min(others, key=lambda name: self._power(others[name]))
            return _order("focus", fleet, target=weakest)
        wanted = self._draws.choice(FORMATIONS)
        if force["formation"] == wanted:
            return None
        return _order("formation", fleet, formation=wanted)

    def _is_losing(self, force: View, others: Forces) -> bool:
        theirs = sum(self._power(one) for one in others.values())
        return self._power(force) < theirs * LOSING

    def _power(self, force: View) -> int:
        return ships.power(self._table, force["ships"])

    def _reinforcing(
        self, own: View, battles: Mapping[str, View], now_ms: int
    ) -> Iterator[Move]:
        """Bring a fleet that is near to a battle that another own one fights."""
        fought = {fleet["battle"] for fleet in own["fleets"].values()} & battles.keys()
        for fleet in own["fleets"].values():
            if fleet["battle"] or not ships.is_armed(fleet["ships"]):
                continue
            for name in fought:
                battle, wish = battles[name], (fleet["id"], name)
                place = battle["x"], battle["y"]
                is_near = dist(position(fleet, now_ms), place) <= JOINS_WITHIN
                if is_near and wish not in self._brought:
                    self._brought.add(wish)
                    data = {"fleet": fleet["id"], "battle": name}
                    yield Move("combat.reinforce", data)


def _order(kind: str, fleet: View, /, **data: Any) -> Move:
    about = {"battle": fleet["battle"], "fleet": fleet["id"], **data}
    return Move(f"combat.{kind}", about)
