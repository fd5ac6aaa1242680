"""Follow a galaxy's journal through a consumer group, and trim what is persisted.

The group is where operators see what is read and not yet persisted. Where to go on is
never asked of it: the checkpoint in Postgres says, and `follow` sets the group to it.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import redis

from app.core.units import SECOND_MS
from app.engine import epoch
from app.engine.checkpoint import START, order
from app.engine.keys import Keys

GROUP = "persister"
CONSUMER = "persister"
ACK_MAX = 1_000
"""Ids in one XACK."""

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

    def follow(self, journal_id: str) -> None:
        """Go on after an entry, whatever the group had read or left unacknowledged."""
        pipe = self._client.pipeline()
        pipe.xgroup_destroy(self._keys.journal, GROUP)
        pipe.xgroup_create(self._keys.journal, GROUP, journal_id, mkstream=True)
        pipe.execute()

    def read(self, entries_max: int, wait_ms: int | None) -> Read:
        """Read new entries; `wait_ms` None doesn't wait, at most 2,000 does."""
        answer: Any = self._client.xreadgroup(
            GROUP, CONSUMER, {self._keys.journal: ">"}, count=entries_max, block=wait_ms
        )
        return answer[0][1] if answer else []

    def age_ms(self, journal_id: str) -> int:
        """Tell how long ago an entry was written, by the server's clock."""
        return self.now_ms() - order(journal_id)[0]

    def forget(self, ids: Sequence[bytes], journal_id: str) -> None:
        """Acknowledge entries, and trim the journal behind one of them."""
        pipe = self._client.pipeline(transaction=False)
        for start in range(0, len(ids), ACK_MAX):
            pipe.xack(self._keys.journal, GROUP, *ids[start : start + ACK_MAX])
        first_ms, number = order(journal_id)
        pipe.xtrim(
            self._keys.journal, minid=f"{first_ms}-{number + 1}", approximate=False
        )
        pipe.execute()
