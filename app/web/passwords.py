"""Hash and check passwords with Argon2id, off the hub of green threads."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.realtime.runtime import offload

LENGTH_MIN = 8
LENGTH_MAX = 128

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""OWASP's least for Argon2id: 19 MiB, two passes, one lane."""


def hashed(password: str) -> str:
    """Hash a new password."""
    return offload(_hasher.hash, _plain(password))


def is_right(password: str, stored: str | None) -> bool:
    """Check a password; `stored` is None for an unknown account.

    An unknown account costs the same time as a wrong password.
    """
    is_match = bool(offload(_verify, _plain(password), stored or _decoy()))
    return is_match and bool(stored)


def _verify(password: str, stored: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def _plain(password: str) -> str:
    return unicodedata.normalize("NFC", password)


@cache
def _decoy() -> str:
    return hashed("nobody's password")
