"""Draw what a battle leaves to chance, by counting: no draw depends on another.

The draw of an entity in a tick is the same however a run is split into steps. It is
number `tick * 2**20 + entity` of SplitMix64 (Steele, Lea and Flood, 2014) for the seed.
"""

import numpy as np

from app.game.combat.model.engine.arrays import Bits, Ints

SEED_BITS = 64

_MASK = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15
_ENTITY_BITS = 20


def below(bound: int, seed: int, tick: int, entities: Ints) -> Ints:
    """Draw an integer in [0, bound) for each of `entities`.

    `bound` is at most 2**31: the upper 32 bits of each draw are scaled.
    """
    upper = _bits(seed, tick, entities) >> np.uint64(32)
    return ((upper * np.uint64(bound)) >> np.uint64(32)).astype(np.int64)


def _bits(seed: int, tick: int, entities: Ints) -> Bits:
    start = (seed + ((tick << _ENTITY_BITS) + 1) * _GOLDEN) & _MASK
    z = entities.astype(np.uint64) * np.uint64(_GOLDEN) + np.uint64(start)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))
