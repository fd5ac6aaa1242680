"""Name the arrays of the engine, and round as it rounds.

Only integers: what NumPy does with them is exact, and the same on every machine and in
every version. Scalars of NumPy are kept out of expressions, since versions disagree on
the type that comes out; constants beside 32-bit arrays fit into 32 bits.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
Bits = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]


def ints(values: Sequence[int] | Sequence[Sequence[int]]) -> Ints:
    """Make an array of a list."""
    return np.array(values, dtype=np.int64)


def toward_zero(amounts: Ints, divisor: Ints | int) -> Ints:
    """Divide, dropping the rest: left and right are rounded alike.

    `//` rounds down, which would push every ship a little towards the lower left.
    """
    quotients: Ints = np.floor_divide(np.abs(amounts), divisor)
    quotients *= np.sign(amounts)
    return quotients


def rounded_up(amounts: Ints, divisor: Ints) -> Ints:
    """Divide, rounding up: how many ships share so much hp."""
    quotients: Ints = -np.floor_divide(-amounts, divisor)
    return quotients
