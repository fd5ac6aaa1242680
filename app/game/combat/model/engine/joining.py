"""Place forces that join: in a block around their place, a little out of line."""

from math import isqrt

import numpy as np

from app.game.combat.model.engine.arrays import Ints
from app.game.combat.model.engine.dice import below
from app.game.combat.model.engine.field import NONE, Field
from app.game.combat.model.engine.roster import Roster

SPACING_MILLI = 12_000
"""From one entity to the next (tune)."""

_EMPTY = np.zeros(0, dtype=np.int64)


def empty() -> Field:
    """Give a field that nobody has joined."""
    return Field(
        places=np.zeros((2, 0), dtype=np.int64),
        velocity=np.zeros((2, 0), dtype=np.int64),
        hp=_EMPTY,
        target=_EMPTY,
        look=_EMPTY,
        ready=_EMPTY,
        dealt=_EMPTY,
        destroyed=_EMPTY,
        fled=_EMPTY,
    )


def join(field: Field, roster: Roster, seed: int, tick: int) -> Field:
    """Add the entities and forces that the roster has beyond those of the field.

    Everyone looks around anew: those who join may stand in anybody's range.
    """
    old, more = len(field.hp), roster.size - len(field.hp)
    forces = np.zeros(len(roster.forces) - len(field.fled), dtype=np.int64)
    still = np.zeros(more, dtype=np.int64)
    places = _places(roster, np.arange(old, roster.size), seed, tick)
    full = roster.count[old:] * roster.hp_each[old:]
    return Field(
        places=np.concatenate((field.places, places), axis=1),
        velocity=np.concatenate((field.velocity, np.stack((still, still))), axis=1),
        hp=np.concatenate((field.hp, full)),
        target=np.concatenate((field.target, still + NONE)),
        look=np.zeros(roster.size, dtype=np.int64),
        ready=np.concatenate((field.ready, still)),
        dealt=np.concatenate((field.dealt, forces)),
        destroyed=np.concatenate((field.destroyed, forces)),
        fled=np.concatenate((field.fled, forces)),
    )


def _places(roster: Roster, entities: Ints, seed: int, tick: int) -> Ints:
    """Draw where new entities stand: two rows of milli-units."""
    x, y = np.zeros((2, len(entities)), dtype=np.int64)
    for index, force in enumerate(roster.forces):
        own = roster.force[entities] == index
        number = np.arange(own.sum())
        width = isqrt(max(len(number) - 1, 0)) + 1
        middle = (width - 1) * SPACING_MILLI // 2
        x[own] = force.x_milli + number % width * SPACING_MILLI - middle
        y[own] = force.y_milli + number // width * SPACING_MILLI - middle
    x += below(SPACING_MILLI, seed, tick, 2 * entities) - SPACING_MILLI // 2
    y += below(SPACING_MILLI, seed, tick, 2 * entities + 1) - SPACING_MILLI // 2
    return np.stack((x, y))
