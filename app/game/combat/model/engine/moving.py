"""Move the entities: close in, hold off, circle, or flee."""

import numpy as np

from app.game.combat.model.engine.arrays import Ints, ints, toward_zero
from app.game.combat.model.engine.field import SPACE_MILLI
from app.game.combat.model.engine.fight import Fight
from app.game.combat.model.engine.roots import roots

TICKS_A_SECOND = 10
TURN = 10
"""A tenth of the way to what an entity wishes is what its velocity moves in a tick."""

CLOSE_IN_SQUARE = 49
HOLD_OFF_SQUARE = 16
"""Squares of 0.7 and 0.4 of the range, in hundredths of its square."""
CLOSE_IN, CIRCLE, HOLD_OFF = 100, 70, -50
"""Percent of the full speed, towards the target or, circling, across."""

_STEPS = ints([1 << bits for bits in (11, 14, 17, 20, 23)])


def move(fight: Fight) -> None:
    """Turn each entity's velocity towards its wish, and go on by a tick."""
    field = fight.field
    field.velocity += toward_zero(_wish(fight) - field.velocity, TURN)
    field.places += toward_zero(field.velocity, TICKS_A_SECOND)
    np.minimum(field.places, SPACE_MILLI, out=field.places)
    np.maximum(field.places, -SPACE_MILLI, out=field.places)
    fight.units = field.units()


def _wish(fight: Fight) -> Ints:
    """Give the velocity that each entity would like: none without a target."""
    field, roster = fight.field, fight.roster
    way = field.places[:, field.target] - field.places
    gap = fight.units[:, field.target] - fight.units
    square = 100 * (gap[0] * gap[0] + gap[1] * gap[1]).astype(np.int64)
    is_far = square > CLOSE_IN_SQUARE * roster.far_square.astype(np.int64)
    is_near = square < HOLD_OFF_SQUARE * roster.far_square.astype(np.int64)
    pace = np.where(is_far, CLOSE_IN, np.where(is_near, HOLD_OFF, CIRCLE))
    across = ~(is_far | is_near)
    way[:, across] = np.stack((-way[1, across], way[0, across]))
    pace[field.target < 0] = 0
    if fight.flees.any():
        way[:, fight.flees] = _away(fight)
        pace[fight.flees] = CLOSE_IN
    short = _shortened(way)
    square = np.maximum(short[0] * short[0] + short[1] * short[1], 1)
    # Rounded up, so that nobody is faster than their speed.
    length = roots((square - 1).astype(np.int32)).astype(np.int64) + 1
    speed = roster.speed * pace // 100
    return toward_zero(short * speed, length)


def _away(fight: Fight) -> Ints:
    """Give the way from the centre of the enemies for those who flee."""
    places, side = fight.field.places, fight.roster.side
    way = places[:, fight.flees]
    of = side[fight.flees]
    for one in fight.sides:
        enemies = fight.enemies[one]
        centre = places[:, enemies].sum(axis=1) // len(enemies)
        way[:, of == one] -= centre[:, None]
    return way


def _shortened(way: Ints) -> Ints:
    """Scale ways down, by powers of two, to where their squares have roots.

    They keep at least eight bits of the longer direction, so an angle is off by 0.4%
    at most.
    """
    longest = np.abs(way).max(axis=0)
    bits = 3 * np.searchsorted(_STEPS, longest, side="right")
    short: Ints = np.sign(way) * (np.abs(way) >> bits)
    return short
