"""Give each play a galaxy of its own on shared servers."""

from contextlib import closing

import redis
from sqlalchemy import Engine

from app.core.chance import Chance
from app.engine.codec import Codec
from app.engine.eviction import Eviction
from app.engine.keys import Keys
from app.engine.persister import Persister, Servers
from app.game import registry
from tests.simulation.crash import PER_MILLE, Crash
from tests.support.persistence import catch_up

PERSIST_CRASH_PER_MILLE = 60
EVICT_BUDGET_S = 5.0


class Galaxy:
    """Hold one play's galaxy, and what workers do to it."""

    def __init__(
        self, name: str, codec: Codec, servers: Servers, postgres: Engine
    ) -> None:
        self.id = name
        self.client = redis.Redis.from_url(servers.state_url)
        self.postgres = postgres
        self.keys = Keys(name)
        self._codec = codec
        self._servers = servers
        self.persist(None)

    def persist(self, chance: Chance | None) -> None:
        """Carry the journal to Postgres; a chance may end the persister on its way."""

        def reached(_step: str) -> None:
            if chance and chance.below(PER_MILLE) < PERSIST_CRASH_PER_MILLE:
                raise Crash

        persister = Persister(
            self._servers,
            self.id,
            self._codec,
            registry.PROJECTIONS,
            reached,
        )
        with closing(persister):
            catch_up(persister)

    def evict(self) -> None:
        """Let all aggregates that Postgres has leave Redis."""
        eviction = Eviction(self.client, self.keys, self.postgres, self.id)
        eviction.run(idle_s=0, budget_s=EVICT_BUDGET_S)

    def forget(self) -> None:
        """Remove all keys."""
        for key in self.client.scan_iter(match=self.keys.everything(), count=1_000):
            self.client.unlink(key)

    def due(self, now_ms: int) -> list[str]:
        """Name the timers that are due."""
        found = self.client.zrangebyscore(self.keys.timers, "-inf", now_ms)
        return [name.decode() for name in found]
