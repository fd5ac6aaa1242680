"""Bring fleets of players together in tests, where attacks are allowed, and fight."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.core.message import Ref
from app.game.combat.model.state import Battle
from app.game.galaxy.model.map import SECTOR, SECTORS, Galaxy
from tests.support.armament import arm, deploy

APART = 40
"""Units between two fleets that meet: within the range of all warships."""


class Met(NamedTuple):
    """Hold two fleets that can attack each other."""

    ours: str
    theirs: str


def open_space(map_: Galaxy, *, skip: int = 0) -> tuple[float, float]:
    """Give the middle of a sector that is neither protected nor dangerous.

    `skip` gives another one for each number, far from the last.
    """
    for number in range(37 * skip + 1, SECTORS * SECTORS):
        x, y = number * 61 % SECTORS, number * 7 % SECTORS
        if f"{x}:{y}" not in map_.hazards and f"{x}:{y}" not in map_.protected:
            return (x * SECTOR + SECTOR / 2, y * SECTOR + SECTOR / 2)
    raise AssertionError("no open space")


def meet(
    galaxy: Any,
    at: tuple[float, float],
    one: tuple[str, Mapping[str, int]],
    other: tuple[str, Mapping[str, int]],
) -> Met:
    """Give a fleet of each player, near one another: (player, ships) each."""
    x, y = at
    places = ((x - APART / 2, y), (x + APART / 2, y))
    fleets = [
        _deployed(galaxy, player, ships, place)
        for (player, ships), place in zip((one, other), places, strict=True)
    ]
    return Met(*fleets)


def _deployed(
    galaxy: Any, player: str, ships: Mapping[str, int], at: tuple[float, float]
) -> str:
    colony = arm(galaxy, player, units=ships)
    return deploy(galaxy, player, ships, at, colony=colony)


def fight_out(galaxy: Any, name: str) -> Battle:
    """Fight all steps of a battle, ahead of their times."""
    ref = Ref("battle", name)
    for _step in range(700):
        _at_ms, states = galaxy.reads.states(ref)
        battle: Battle = states[ref]
        if battle.is_over:
            return battle
        timers = galaxy.store.client.zrange(galaxy.keys.timers, 0, -1)
        for timer in (one.decode() for one in timers):
            if timer.startswith(name):
                galaxy.dispatcher.settle(timer)
    raise AssertionError("it doesn't end")
