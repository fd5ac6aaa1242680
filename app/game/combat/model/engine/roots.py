"""Take square roots of integers, exactly, many at once.

A table gives the root for every small square, and for greater ones the root at the end
of a bucket of 64. From 32 on neighbouring squares lie more than 64 apart, so a bucket
holds at most one of them, and the root there is either the table's or one less.
"""

from functools import cache
from math import isqrt

import numpy as np

from app.game.combat.model.engine.arrays import Small

SQUARES_MAX = 1 << 23
"""Squares below this have a root: 2,896 by length, or 2,048 in both directions."""

_EXACT = 1 << 11
_BUCKET_BITS = 6
_SHIFT = _EXACT - (_EXACT >> _BUCKET_BITS)


@cache
def _table() -> Small:
    exact = [isqrt(square) for square in range(_EXACT)]
    first, last = _EXACT >> _BUCKET_BITS, SQUARES_MAX >> _BUCKET_BITS
    ends = (((bucket + 1) << _BUCKET_BITS) - 1 for bucket in range(first, last))
    return np.array([*exact, *map(isqrt, ends)], dtype=np.int32)


def roots(squares: Small) -> Small:
    """Give the greatest integers whose squares are not above `squares`."""
    buckets = (squares >> _BUCKET_BITS) + np.int32(_SHIFT)
    found: Small = _table().take(np.minimum(squares, buckets))
    found -= found * found > squares
    return found
