"""Draw replayable chance: a generator seeded by a text, the same on any machine.

SplitMix64 (Steele, Lea and Flood, 2014): integers only, no global state.
"""

from hashlib import blake2b

_MASK = (1 << 64) - 1
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def digest(*parts: object) -> int:
    """Fold `parts` into 64 bits."""
    text = "\x1f".join(map(str, parts)).encode()
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big")


def name(*parts: object) -> str:
    """Make an opaque id of 13 characters (Crockford base32 of 65 bits) from `parts`.

    Ids that follow from a command id are the same on every retry and don't count up.
    """
    text = "\x1f".join(map(str, parts)).encode()
    number = int.from_bytes(blake2b(text, digest_size=9).digest(), "big") >> 7
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(60, -1, -5))


class Chance:
    """Hand out draws that follow from a seed."""

    def __init__(self, *seed: object) -> None:
        self._state = digest(*seed)

    def bits(self) -> int:
        """Draw 64 bits."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        z = self._state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        return z ^ (z >> 31)

    def below(self, bound: int) -> int:
        """Draw an integer in [0, bound); the bias is below bound / 2**64."""
        return (self.bits() * bound) >> 64
