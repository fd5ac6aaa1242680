"""Choose what a bot's fleets do: fight, attack, launch, salvage, and sail on."""

from collections.abc import Iterator
from math import dist
from random import Random
from typing import Any

from tests.load import ships
from tests.load.folding import View
from tests.load.helm import Helm
from tests.load.moves import Move, Paces
from tests.load.ships import SCOUT, Table
from tests.load.sight import Contact, Sight, position
from tests.load.tactics import Tactics

OWN_FLEETS_MAX = 3
SQUADRON = 3
"""Warships that a bot waits for before its second fleet; the first flies alone."""
SQUADRON_MAX = 8
"""Warships that it launches together at most."""
IN_REACH = 0.9
"""Part of its range at which a fleet attacks: the other may fly away meanwhile."""
DARE = 0.6
"""How much of the other's power a fleet needs to attack it."""
SPARED_MS = 15_000
"""How long a bot leaves alone what it just attacked."""
SKIRMISH_SHARE = 0.02
"""How often a bot with nothing to attack fights pirates."""
SKIRMISH_MS = 60_000
"""How long that takes at most; there is one at a time."""

Fleet = dict[str, Any]


class Navy:
    """Hold what one bot remembers of its fleets and of others'."""

    def __init__(self, table: Table, draws: Random, paces: Paces, sight: Sight) -> None:
        self._table, self._paces, self._sight = table, paces, sight
        self._draws = draws
        self._helm = Helm(draws, sight)
        self._tactics = Tactics(table, draws)
        self._spared: dict[str, int] = {}
        self._skirmish_until_ms = 0

    def next_move(self, own: View, now_ms: int) -> Move | None:
        """Choose a command, where there is something to do and the pace allows it."""
        contacts = list(self._sight.strangers(own["player"]["id"], now_ms))
        if self._paces.has_one("attack", now_ms):
            order = self._tactics.next_move(own, self._sight.battles(), now_ms)
            order = order or self._attack(own, contacts, now_ms)
            order = order or self._skirmish(now_ms)
            if order is not None:
                self._paces.take("attack")
                return order
        if not self._paces.has_one("move", now_ms):
            return None
        move = self._launch(own) or self._helm.next_move(
            [*_at_peace(own)], _threats(contacts), own, now_ms
        )
        if move is not None:
            self._paces.take("move")
        return move

    def _skirmish(self, now_ms: int) -> Move | None:
        if now_ms < self._skirmish_until_ms or self._draws.random() > SKIRMISH_SHARE:
            return None
        self._skirmish_until_ms = now_ms + SKIRMISH_MS
        return Move("skirmish:begin", {})

    def _attack(self, own: View, contacts: list[Contact], now_ms: int) -> Move | None:
        for move in self._attacks(own, contacts, now_ms):
            self._spared[move.data["target"]["id"]] = now_ms + SPARED_MS
            return move
        return None

    def _attacks(
        self, own: View, contacts: list[Contact], now_ms: int
    ) -> Iterator[Move]:
        """Give attacks on the nearest that is in range and not too strong."""
        for fleet in _at_peace(own):
            if not ships.is_armed(fleet["ships"]):
                continue
            at = position(fleet, now_ms)
            reach = min(fleet["range"], fleet["sensor"]) * IN_REACH
            for contact in sorted(contacts, key=lambda one: dist(at, one.at)):
                is_spared = self._spared.get(contact.id, 0) > now_ms
                if dist(at, contact.at) > reach:
                    break
                if not is_spared and self._dares(fleet, contact):
                    target = {"kind": "fleet", "id": contact.id}
                    yield Move(
                        "fleets.attack", {"fleet": fleet["id"], "target": target}
                    )

    def _dares(self, fleet: Fleet, contact: Contact) -> bool:
        own, other = (
            ships.power(self._table, one) for one in (fleet["ships"], contact.ships)
        )
        return own >= other * DARE

    def _launch(self, own: View) -> Move | None:
        fleets = own["fleets"].values()
        if len(fleets) >= OWN_FLEETS_MAX:
            return None
        colony = next(iter(own["colonies"].values()))
        units = {name: count for name, count in colony["units"].items() if count}
        armed = {name: n for name, n in units.items() if name not in ships.UNARMED}
        least = SQUADRON if any(map(_is_warfleet, fleets)) else 1
        has_scout = not all(map(_is_warfleet, fleets))
        if sum(armed.values()) >= least:
            return _launching(colony, _squadron(units, armed, has_scout=has_scout))
        if units.get(SCOUT) and not has_scout:
            return _launching(colony, {SCOUT: 1})
        return None


def _at_peace(own: View) -> Iterator[Fleet]:
    return (fleet for fleet in own["fleets"].values() if not fleet["battle"])


def _threats(contacts: list[Contact]) -> list[Contact]:
    return [one for one in contacts if ships.is_armed(one.ships)]


def _squadron(
    units: ships.Ships, armed: ships.Ships, *, has_scout: bool
) -> dict[str, int]:
    """Send a scout along, whose sensors find targets, where another scouts already."""
    squadron: dict[str, int] = {}
    for unit, count in armed.items():
        left = SQUADRON_MAX - sum(squadron.values())
        squadron |= {unit: min(count, left)} if left else {}
    return squadron | ({SCOUT: 1} if has_scout and units.get(SCOUT) else {})


def _launching(colony: View, units: dict[str, int]) -> Move:
    return Move("fleets.launch", {"colony": colony["id"], "ships": units})


def _is_warfleet(fleet: Fleet) -> bool:
    return ships.is_armed(fleet["ships"])
