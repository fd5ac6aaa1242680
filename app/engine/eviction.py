"""Let aggregates that nobody reads leave Redis, once Postgres has their version."""

from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import Any

import redis
from sqlalchemy import Connection, Engine, bindparam, select, tuple_

from app.core.message import Ref
from app.engine.keys import Keys
from app.engine.postgres import aggregates
from app.engine.redis import Script

SCAN_MAX = 1_000
"""Keys looked at in one step; a step holds the server for some milliseconds."""
EVICT_MAX = 100
"""Aggregates in one call of the script."""

_VERSIONS = select(aggregates.c.kind, aggregates.c.id, aggregates.c.version).where(
    aggregates.c.galaxy == bindparam("galaxy"),
    tuple_(aggregates.c.kind, aggregates.c.id).in_(bindparam("refs", expanding=True)),
)


class Eviction:
    """Go round and round through one galaxy's aggregates."""

    def __init__(
        self, client: redis.Redis, keys: Keys, engine: Engine, galaxy: str
    ) -> None:
        self._client = client
        self._keys = keys
        self._engine = engine
        self._galaxy = galaxy
        self._cursor = 0
        self._script = Script(Path(__file__).parent / "evict.lua")

    def run(self, *, idle_s: int, budget_s: float) -> int:
        """Go on where the last run ended, one round at most; tell how many went."""
        deadline = monotonic() + budget_s
        gone = 0
        with self._engine.connect() as connection:
            while monotonic() < deadline:
                gone += self._step(connection, idle_s)
                if self._cursor == 0:
                    break
        return gone

    def _step(self, connection: Connection, idle_s: int) -> int:
        answer: Any = self._client.scan(
            self._cursor, match=self._keys.aggregates(), count=SCAN_MAX
        )
        self._cursor, found = answer
        idle = self._idle(found, idle_s)
        if not idle:
            return 0
        versions = self._versions(connection, [self._keys.ref(key) for key in idle])
        return sum(
            self._let_go(versions[start : start + EVICT_MAX], idle_s)
            for start in range(0, len(versions), EVICT_MAX)
        )

    def _idle(self, found: Sequence[bytes], idle_s: int) -> list[str]:
        pipe = self._client.pipeline(transaction=False)
        for key in found:
            pipe.object("IDLETIME", key)
        idle_for = pipe.execute(raise_on_error=False)
        return [
            key.decode()
            for key, seconds in zip(found, idle_for, strict=True)
            if isinstance(seconds, int) and seconds >= idle_s
        ]

    def _versions(
        self, connection: Connection, refs: Sequence[Ref]
    ) -> list[tuple[Ref, int]]:
        wanted = {"galaxy": self._galaxy, "refs": [tuple(ref) for ref in refs]}
        with connection.begin():
            rows = connection.execute(_VERSIONS, wanted)
            return [(Ref(kind, name), version) for kind, name, version in rows]

    def _let_go(self, versions: Sequence[tuple[Ref, int]], idle_s: int) -> int:
        keys = [self._keys.aggregate(ref) for ref, _version in versions]
        args: list[bytes | str | int] = [idle_s]
        args += [version for _ref, version in versions]
        return int(self._script(self._client.execute_command, keys, args))
