"""Name battles of many kinds, and print how they end: the same wherever they run.

`python -m tests.support.fights` prints versions and chains as JSON.
"""

import json
import platform
import sys
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from app.game.colonies.model.units import UNITS
from app.game.combat.model.engine.run import fight
from app.game.combat.model.engine.spec import (
    FORCES_MAX,
    MODIFIER_MAX,
    MODIFIERS,
    Force,
    Order,
)

MILLION = 10**6


class Battle(NamedTuple):
    """Hold what a battle is made of."""

    seed: int
    forces: tuple[Force, ...]
    orders: tuple[Order, ...] = ()


def mixed(ships: int) -> dict[str, int]:
    """Give about so many ships, of nearly all kinds, as a player might have them."""
    shares = {
        "fighter": 60,
        "interceptor": 14,
        "bomber": 8,
        "frigate": 8,
        "cruiser": 5,
        "battleship": 2,
        "carrier": 1,
        "scout": 2,
    }
    return {unit: ships * share // 100 for unit, share in shares.items()}


def force(
    name: str, side: int, at: tuple[int, int], ships: dict[str, int], **rest: Any
) -> Force:
    """Make a force at a place in units."""
    x, y = at
    place = {"x_milli": x * 1_000, "y_milli": y * 1_000}
    return Force(id=name, side=side, ships=ships, **place, **rest)


def duel(seed: int, a: dict[str, int], b: dict[str, int], apart: int) -> Battle:
    """Let two fleets meet."""
    left, right = force("a", 0, (0, 0), a), force("b", 1, (apart, apart // 3), b)
    return Battle(seed, (left, right))


def _crowd() -> Battle:
    units = list(UNITS)
    forces = tuple(
        force(
            f"f{n}",
            n % 7,
            (97 * n % 700, 41 * n % 600),
            {units[n % len(units)]: 30 + n, units[(3 * n + 1) % len(units)]: 5},
            modifiers={MODIFIERS[n % len(MODIFIERS)]: 10 * n},
        )
        for n in range(FORCES_MAX)
    )
    return Battle(77, forces)


def _orders() -> Battle:
    forces = (
        force("a", 0, (0, 0), mixed(200)),
        force("b", 1, (400, 0), mixed(200)),
        force("c", 1, (400, 250), {"cruiser": 20, "bomber": 30}),
        force("d", 0, (-300, 50), {"frigate": 60}, modifiers={"speed": 40}, tick=55),
    )
    orders = (
        Order(tick=0, force="a", kind="focus", value="c"),
        Order(tick=0, force="b", kind="formation", value="defensive"),
        Order(tick=40, force="c", kind="formation", value="assault"),
        Order(tick=55, force="d", kind="focus", value="b"),
        Order(tick=90, force="a", kind="focus"),
        Order(tick=120, force="c", kind="retreat"),
    )
    return Battle(4_242, forces, orders)


def _siege() -> Battle:
    return Battle(
        9,
        (
            force("colony", 0, (0, 0), {"fighter": 40}, modifiers={"hp": 15}, grid=6),
            force("guard", 0, (20, 20), {"frigate": 12, "cruiser": 3}),
            force("fleet", 1, (-450, -80), {"bomber": 50, "battleship": 9}),
        ),
    )


def _utmost() -> Battle:
    most = dict.fromkeys(MODIFIERS, MODIFIER_MAX)
    many = dict.fromkeys(UNITS, 10**8)
    a = force("a", 0, (0, 0), many, modifiers=most, grid=30)
    return Battle(2**64 - 1, (a, force("b", 1, (900, 0), many, modifiers=most)))


def _all_sides() -> Battle:
    forces = tuple(
        force(f"f{n}", n, (300 * (n % 3), 300 * (n // 3)), mixed(90 + 10 * n))
        for n in range(6)
    )
    return Battle(31, forces)


def _waves() -> Battle:
    waves = (
        force(f"w{n}", 1, (300, 40 * n), {"fighter": 25, "bomber": 4}, tick=30 * n)
        for n in range(8)
    )
    return Battle(8, (force("a", 0, (0, 0), mixed(150)), *waves))


BATTLES: Mapping[str, Battle] = {
    "one on one": duel(1, {"fighter": 1}, {"fighter": 1}, 300),
    "on the same spot": duel(2, {"cruiser": 2}, {"cruiser": 2}, 0),
    "nobody at home": duel(3, {"cruiser": 2}, {}, 0),
    "fighters": duel(4, {"fighter": 60}, {"fighter": 70}, 180),
    "interceptors hunt bombers": duel(5, {"interceptor": 40}, {"bomber": 30}, 240),
    "frigates against a swarm": duel(6, {"frigate": 15}, {"fighter": 90}, 330),
    "capital ships": duel(7, {"battleship": 12}, {"carrier": 11}, 650),
    "scouts run into range": duel(8, {"scout": 25}, {"cruiser": 2}, 900),
    "freighters without hope": duel(9, {"freighter": 9}, {"battleship": 2}, 500),
    "time runs out": duel(10, {"colony_ship": 97}, {"frigate": 1}, 200),
    "200 against 200": duel(11, mixed(200), mixed(200), 420),
    "500 against 500": duel(12, mixed(500), mixed(500), 300),
    "squadrons against few": duel(13, mixed(100_000), {"carrier": 40}, 600),
    "millions": duel(14, mixed(15 * MILLION), mixed(28 * MILLION), 400),
    "the utmost": _utmost(),
    "siege": _siege(),
    "orders": _orders(),
    "waves": _waves(),
    "six sides": _all_sides(),
    "a crowd": _crowd(),
}


def ends() -> dict[str, str]:
    """Fight them all: the chain, tick and winner of each."""
    frames = {name: fight(*battle) for name, battle in BATTLES.items()}
    return {
        name: f"{frame.chain} {frame.tick} {frame.winner}"
        for name, frame in frames.items()
    }


def main() -> int:
    """Print it all."""
    versions = {"python": platform.python_version(), "numpy": np.__version__}
    json.dump({**versions, "ends": ends()}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
