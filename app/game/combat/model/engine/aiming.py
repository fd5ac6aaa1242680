"""Choose targets.

An entity chooses when it is about to fire, when its target is gone, and, while nothing
is in its range, as soon as something could be: so fewer looks miss no shot. Whoever
has nothing in range closes in on the nearest, as of its last look.
"""

from typing import NamedTuple

import numpy as np

from app.core.units import MILLI
from app.game.combat.model.engine.arrays import Flags, Ints, Small
from app.game.combat.model.engine.fight import SCORE_DISTANCE, Fight
from app.game.combat.model.engine.moving import TICKS_A_SECOND
from app.game.combat.model.engine.roots import SQUARES_MAX, roots

FOCUS_SCORE = 1_000_000
"""More than any target is worth without it."""
OUT_OF_RANGE = -(1 << 30)
"""Less than any target is worth."""
LOOK_TICKS = 10
"""The most ticks between two looks of who has nothing in range."""
ROUNDING = 3
"""Units by which distances between rounded places differ at most from true ones, twice:
when it looks, and when it would have seen more."""


class Shots(NamedTuple):
    """Pair entities that fire with their targets."""

    shooters: Ints
    targets: Ints


def aim(fight: Fight) -> Shots:
    """Choose for all who must; answer who fires at what."""
    field, side = fight.field, fight.roster.side
    must = (field.look <= fight.tick) | (field.target < 0)
    chooses = np.flatnonzero(fight.on & ~fight.flees & must)
    shooters = []
    for one in fight.sides:
        rows = chooses[side[chooses] == one]
        if len(rows):
            shooters.append(_choose(fight, rows, fight.enemies[one]))
    firing = np.concatenate(shooters) if shooters else chooses
    firing = firing[field.ready[firing] <= fight.tick]
    return Shots(firing, field.target[firing])


def _choose(fight: Fight, rows: Ints, enemies: Ints) -> Ints:
    """Choose a target among `enemies` for each of `rows`; give those in range."""
    field, reach = fight.field, fight.roster.far_square[rows]
    squares = _squares(fight.units[:, rows], fight.units[:, enemies])
    near = squares <= reach[:, None]
    engaged = near.any(axis=1)
    if engaged.all():
        field.target[rows] = enemies[_best(fight, rows, enemies, squares, near)]
        field.look[rows] = field.ready[rows]
        return rows
    close, lone = rows[engaged], rows[~engaged]
    if len(close):
        best = _best(fight, close, enemies, squares[engaged], near[engaged])
        field.target[close] = enemies[best]
        field.look[close] = field.ready[close]
    far = squares[~engaged]
    nearest = far.argmin(axis=1)
    field.target[lone] = enemies[nearest]
    square = np.take_along_axis(far, nearest[:, None], axis=1)[:, 0]
    field.look[lone] = fight.tick + _wait(fight, lone, square)
    return close


def _squares(of: Small, to: Small) -> Small:
    """Give the squares of all distances, in units: a row for each of `of`."""
    x: Small = to[0][None, :] - of[0][:, None]
    y: Small = to[1][None, :] - of[1][:, None]
    x *= x
    y *= y
    x += y
    return x


def _best(fight: Fight, rows: Ints, enemies: Ints, squares: Small, near: Flags) -> Ints:
    """Give the place in `enemies` of the highest score of each row, first one first."""
    score = roots(np.minimum(squares, SQUARES_MAX - 1))
    score *= -SCORE_DISTANCE
    score += fight.worth[enemies][None, :]
    force, focus = fight.roster.force, fight.standing.focus
    if (focus >= 0).any():
        prefers = focus[force[rows]][:, None] == force[enemies][None, :]
        score[prefers] += FOCUS_SCORE
    score[~near] = OUT_OF_RANGE
    best: Ints = score.argmax(axis=1)
    return best


def _wait(fight: Fight, rows: Ints, squares: Small) -> Ints:
    """Give the ticks before which no enemy can come into range of `rows`.

    Both sides' full speeds bound how fast a distance shrinks.
    """
    roster = fight.roster
    distance = roots(np.minimum(squares, SQUARES_MAX - 1)).astype(np.int64)
    free = (distance - roster.range[rows] - ROUNDING) * MILLI * TICKS_A_SECOND
    closing = roster.speed[rows] + max(int(roster.speed.max()), 1)
    wait: Ints = np.minimum(np.maximum(free // closing + 1, 1), LOOK_TICKS)
    return wait
