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
    """Refuse where too many were wrong lately; count it if this one is, too.

    Raises:
        Rejected: `rate_limited`.
    """
    parts().limits.test(LIMIT, username_key)
    try:
        yield
    except Rejected as refusal:
        if refusal.code == "bad_credentials":
            parts().limits.hit(LIMIT, username_key)
        raise
