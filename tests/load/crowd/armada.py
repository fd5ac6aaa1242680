"""Remember of one player's fleets what it takes to send them about."""

from collections import deque
from collections.abc import Mapping
from math import cos, pi, sin
from random import Random
from typing import Any

from tests.load.moves import Move
from tests.load.ships import UNARMED, is_armed
from tests.load.sight import GALAXY

FLEETS_MAX = 2
LAUNCHED_MAX = 3
STROLL, STROLL_MIN = 300.0, 60.0
"""How far from home fleets are sent, in units."""
TARGETS_MAX = 4

Point = tuple[float, float]


class Armada:
    """Hold the fleets of one player, and strangers' fleets that it saw last."""

    __slots__ = ("fleets", "targets")

    def __init__(self, snapshot: Mapping[str, Any]) -> None:
        own = list(snapshot["fleets"].values())[:FLEETS_MAX]
        self.fleets = {fleet["id"]: is_armed(fleet["ships"]) for fleet in own}
        self.targets: deque[tuple[str, str]] = deque(maxlen=TARGETS_MAX)

    def launch(self, colony: str, units: Mapping[str, int]) -> Move | None:
        """Launch what the colony has, warships first."""
        if len(self.fleets) >= FLEETS_MAX:
            return None
        ready = sorted((unit in UNARMED, unit) for unit, n in units.items() if n)
        if not ready:
            return None
        unit = ready[0][1]
        ships = {unit: min(units[unit], LAUNCHED_MAX)}
        return Move("fleets.launch", {"colony": colony, "ships": ships})

    def move(self, home: Point, draws: Random) -> Move | None:
        """Send a fleet somewhere around home."""
        if not self.fleets:
            return None
        angle, far = draws.uniform(0, 2 * pi), draws.uniform(STROLL_MIN, STROLL)
        x, y = (
            round(min(GALAXY - 1.0, max(1.0, at + far * part(angle))), 3)
            for at, part in zip(home, (cos, sin), strict=True)
        )
        fleet = draws.choice(sorted(self.fleets))
        return Move("fleets.move", {"fleet": fleet, "to": {"x": x, "y": y}})

    def attack(self, draws: Random) -> Move | None:
        """Attack what was seen last, in reach or not."""
        armed = sorted(fleet for fleet, fights in self.fleets.items() if fights)
        if not armed or not self.targets:
            return None
        kind, id_ = self.targets.pop()
        target = {"kind": kind, "id": id_}
        return Move("fleets.attack", {"fleet": draws.choice(armed), "target": target})

    def saw(self, snapshots: Mapping[str, Mapping[str, Any]], player: str) -> None:
        """Take strangers' fleets and colonies out of what a new view showed."""
        for room, shown in snapshots.items():
            if not room.endswith(":full"):
                continue
            for kind, field in (("colony", "colonies"), ("fleet", "fleets")):
                for one in shown["snapshot"].get(field, {}).values():
                    if one.get("player", player) != player:
                        self.targets.append((kind, one["id"]))

    def done(self, move: Move, result: Mapping[str, Any]) -> None:
        """Take an accepted command's result."""
        if move.name == "fleets.launch":
            self.fleets[result["id"]] = is_armed(move.data["ships"])

    def lost(self, fleet: str) -> None:
        """Take that a fleet is no more."""
        self.fleets.pop(fleet, None)
