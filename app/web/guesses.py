"""Count wrong passwords of each name, so that guessing ends after a few.

Names that nobody has are counted alike: the answers tell nothing of who has an account.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from app.core.message import Rejected
from app.web.parts import parts

LIMIT = "password"


@contextmanager
def counted(username_key: str) -> Iterator[None]:
    """Count a password as wrong until it proves right; refuse where too many were.

    Counting only afterwards would let in any number that come at once.

    Raises:
        Rejected: `rate_limited`.
    """
    parts().limits.take(LIMIT, username_key)
    is_wrong = False
    try:
        yield
    except Rejected as refusal:
        is_wrong = refusal.code == "bad_credentials"
        raise
    finally:
        if not is_wrong:
            parts().limits.give_back(LIMIT, username_key)
