"""Follow a galaxy's journal, and trim what is persisted.

A reader says after which entry it goes on; Redis knows of no readers. So of two at once
each sees every entry, and Postgres refuses one (docs/decisions/0034).
"""

from typing import Any, NamedTuple

import redis

from app.core.units import SECOND_MS
from app.engine import epoch
from app.engine.checkpoint import START, order
from app.engine.keys import Keys

Read = list[tuple[bytes, dict[bytes, bytes]]]


class Standing(NamedTuple):
    """Tell how a journal stands: `added` counts from the galaxy's beginning."""

    added: int
    length: int
    last_id: str

    @property
    def trimmed(self) -> int:
        """Count the entries that only Postgres has."""
        return self.added - self.length


class Tail:
    """Read one galaxy's journal in order. The client must allow reads that wait."""

    def __init__(self, client: redis.Redis, keys: Keys) -> None:
        self._client = client
        self._keys = keys

    def epoch(self) -> str:
        """Read the epoch of the hot state; empty where there is none."""
        value: Any = self._client.get(self._keys.epoch)
        return value.decode() if value else ""

    def node(self) -> str:
        """Name the node of a Redis Cluster that answers; empty for a single server."""
        try:
            ask: Any = self._client.execute_command
            return str(ask("CLUSTER", "MYID").decode())
        except redis.exceptions.ResponseError:
            return ""

    def opened(self) -> str:
        """Read the epoch; empty where no command may touch the state (epoch.lua)."""
        found = self.epoch()
        node = epoch.read(found).node
        return found if not node or node == self.node() else ""

    def now_ms(self) -> int:
        """Tell the server's time."""
        time: Any = self._client.time()
        return int(time[0]) * SECOND_MS + int(time[1]) // 1_000

    def standing(self) -> Standing:
        """Tell how the journal stands; one that is not there stands at nothing."""
        if not self._client.exists(self._keys.journal):
            return Standing(0, 0, START)
        info: Any = self._client.xinfo_stream(self._keys.journal)
        last_id = info["last-generated-id"].decode()
        return Standing(info["entries-added"], info["length"], last_id)

    def read(self, after: str, entries_max: int, wait_ms: int | None) -> Read:
        """Read what follows an entry; `wait_ms` None doesn't wait, at most 2,000 does.

        Where that one was trimmed, also behind it, it goes on with the next there is.
        """
        answer: Any = self._client.xread(
            {self._keys.journal: after}, count=entries_max, block=wait_ms
        )
        return answer[0][1] if answer else []

    def age_ms(self, journal_id: str) -> int:
        """Tell how long ago an entry was written, by the server's clock."""
        return self.now_ms() - order(journal_id)[0]

    def forget(self, journal_id: str) -> None:
        """Trim the journal behind an entry, and that one with it."""
        first_ms, number = order(journal_id)
        self._client.xtrim(
            self._keys.journal, minid=f"{first_ms}-{number + 1}", approximate=False
        )
