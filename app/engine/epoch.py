"""Name the life of a galaxy's hot state: `<life>.<floor>@<node>`, in one key.

Without that key the state is empty or not to be trusted, and no script touches it. The
same goes where it names another node of a Redis Cluster than the one that is asked: a
replica took over. The persister then looks what was lost, and opens it again.

`floor` is a number that no room may give again: clients may have heard it before state
was lost. Both `life` and `floor` change with a rebuild, only `floor` with a failover.
"""

import re
import secrets
from typing import NamedTuple

_FORM = re.compile(r"([^.@]*)(?:\.(\d+))?(?:@(\w+))?")


class Epoch(NamedTuple):
    """Hold an epoch; an empty life means that there is none."""

    life: str = ""
    floor: int = 0
    node: str = ""

    def __str__(self) -> str:
        """Write it as Redis and Postgres keep it."""
        return f"{self.life}.{self.floor}" + (f"@{self.node}" if self.node else "")

    def next(self, now_ms: int, node: str) -> "Epoch":
        """Give the one after this where nothing was lost that Postgres has."""
        return Epoch(self.life, max(now_ms, self.floor + 1), node)

    def reborn(self, now_ms: int, node: str) -> "Epoch":
        """Give the one after this where the state is made anew."""
        return self.next(now_ms, node)._replace(life=secrets.token_hex(8))


def read(text: str) -> Epoch:
    """Read an epoch; one of an older release has no floor and no node."""
    found = _FORM.fullmatch(text)
    if found is None:
        return Epoch(text)
    life, floor, node = found.groups()
    return Epoch(life, int(floor or 0), node or "")
