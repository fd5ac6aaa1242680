"""Bring the fleets of bots together, so that they fight at once."""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import Any

from app.core.units import MILLI
from app.game.colonies.model import state as colonies
from tests.load.benches.empires import GALAXY, engine_of
from tests.load.bot import Bot
from tests.load.swarm import Swarm
from tests.support.armament import arm, deploy
from tests.support.cluster import Cluster

TOGETHER = 5
"""Bots whose fleets meet at one place."""
FLEETS_EACH = 2
SHIPS = {"fighter": 6, "scout": 1}
APART = 70
"""How far from the middle of the meeting they stand, in units: all are in range."""
RESERVE = {"fighter": 12, "scout": 4}
"""What stands in every bot's colony, to be launched by itself."""


def bring_together(cluster: Cluster, swarm: Swarm) -> None:
    """Give every bot some fleets, near those of other bots, and ships for more."""
    galaxy = engine_of(cluster).galaxy(GALAXY)
    for first in range(0, len(swarm.bots), TOGETHER):
        bots = swarm.bots[first : first + TOGETHER]
        homes = {bot.player: arm(galaxy, bot.player, units=_units()) for bot in bots}
        _deploy(galaxy, bots, homes, _place(galaxy, homes[bots[0].player]))


def _units() -> dict[str, int]:
    return {
        unit: count + SHIPS.get(unit, 0) * FLEETS_EACH
        for unit, count in RESERVE.items()
    }


def _place(galaxy: Any, home: str) -> tuple[int, int]:
    ref = colonies.ref(home)
    found = galaxy.reads.states(ref)[1][ref]
    return found.x_milli // MILLI, found.y_milli // MILLI


def _deploy(
    galaxy: Any, bots: Sequence[Bot], homes: dict[str, str], middle: tuple[int, int]
) -> None:
    """Put the fleets on a circle around the middle, those of one bot far apart."""
    count = len(bots) * FLEETS_EACH
    for number in range(count):
        bot, angle = bots[number % len(bots)], 2 * pi * number / count
        x, y = (
            round(at + APART * turn, 3)
            for at, turn in zip(middle, (cos(angle), sin(angle)), strict=True)
        )
        deploy(galaxy, bot.player, SHIPS, (x, y), colony=homes[bot.player])
