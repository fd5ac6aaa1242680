"""Place forces that join: in a block around their place, a little out of line.

Who reaches farthest stands in the middle. So where one fleet's place is in range of
another's, its first ship is in range of the other's first ship.
"""

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
    """Draw where new entities stand: two rows of milli-units.

    The first of each block stands exactly in its force's place.
    """
    places = np.zeros((2, len(entities)), dtype=np.int64)
    for index, force in enumerate(roster.forces):
        own = np.flatnonzero(roster.force[entities] == index)
        inward = own[np.argsort(-roster.range[entities[own]], kind="stable")]
        block = _block(len(own)) * SPACING_MILLI
        for axis, middle in enumerate((force.x_milli, force.y_milli)):
            stray = below(SPACING_MILLI, seed, tick, 2 * entities[inward] + axis)
            stray -= SPACING_MILLI // 2
            stray[:1] = 0
            places[axis, inward] = middle + block[axis] + stray
    return places


def _block(count: int) -> Ints:
    """Give the steps from the middle of a square to its first places, inner ones first.

    Two rows, x and y.
    """
    half = (isqrt(max(count - 1, 0)) + 1) // 2
    x, y = np.mgrid[-half : half + 1, -half : half + 1].reshape(2, -1)
    outward = np.lexsort((x, y, x * x + y * y))[:count]
    return np.stack((x[outward], y[outward])).astype(np.int64)
