"""Connect a process to the servers and put each galaxy's parts together.

Web instances and workers alike start from here.
"""

from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import redis
from sqlalchemy import Engine

from app.config import Settings
from app.core.decider import Game
from app.engine import metrics
from app.engine.codec import Codec
from app.engine.cold import Cold
from app.engine.dispatch import Dispatcher
from app.engine.keys import Keys
from app.engine.postgres import connect as connect_postgres
from app.engine.postgres import connect_for_single
from app.engine.reads import Reads
from app.engine.redis import connect as connect_redis
from app.engine.store import Store
from app.game import registry
from app.realtime.pipe import lines_to


@dataclass(frozen=True, slots=True)
class Galaxy:
    """Hold the parts that serve one galaxy."""

    id: str
    keys: Keys
    store: Store
    codec: Codec
    cold: Cold
    dispatcher: Dispatcher
    reads: Reads


class Cluster:
    """Hold the connections of one process, and its galaxies."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.bus: redis.Redis = connect_redis(settings.redis_bus_url)
        self.postgres: Engine = connect_postgres(settings.database_url)
        self._single: Engine = connect_for_single(settings.database_url)
        self._galaxies: dict[str, Galaxy] = {}
        self._store, self._dispatcher = Store, Dispatcher
        if settings.is_traced:
            self._trace()
        metrics.POOL_IN_USE.labels("redis-state").set_function(self._lines_in_use)
        self._watch("postgres", self.postgres)
        self._watch("single", self._single)

    @cached_property
    def game(self) -> Game:
        """The rules, the same in every galaxy."""
        settings = self.settings
        return registry.build_game(
            settings.galaxy_seed, settings.planets, settings.derived("battles")
        )

    @cached_property
    def postgres_read(self) -> Engine:
        """The replica for rankings and histories, or else the primary."""
        if self.settings.database_read_url == self.settings.database_url:
            return self.postgres
        replica = connect_postgres(self.settings.database_read_url)
        self._watch("postgres-read", replica)
        return replica

    def galaxy(self, name: str) -> Galaxy:
        """Give the parts of one galaxy.

        Raises:
            KeyError: this cluster doesn't carry it.
        """
        if name not in self.settings.galaxies:
            raise KeyError(name)
        if name not in self._galaxies:
            self._galaxies[name] = self._build(name)
        return self._galaxies[name]

    def close(self) -> None:
        """Close the connections."""
        for galaxy in self._galaxies.values():
            galaxy.store.close()
        self.bus.close()
        self.postgres_read.dispose()
        self.postgres.dispose()
        self._single.dispose()

    def _trace(self) -> None:
        """Take parts that trace what they do; the plain ones know nothing of it."""
        from app.engine.traced import (  # noqa: PLC0415 - they import OpenTelemetry
            dispatch,
            provider,
            store,
        )

        provider.start(self.settings)
        self._store, self._dispatcher = store.Store, dispatch.Dispatcher

    def _watch(self, pool: str, engine: Engine) -> None:
        """Tell how many connections of a pool are in use, and trace its statements."""
        metrics.POOL_IN_USE.labels(pool).set_function(partial(_in_use, engine))
        if self.settings.is_traced:
            from app.engine.traced import postgres  # noqa: PLC0415 - OpenTelemetry

            postgres.watch(engine)

    def _lines_in_use(self) -> int:
        return sum(galaxy.store.lines.in_use for galaxy in self._galaxies.values())

    def _build(self, name: str) -> Galaxy:
        keys = Keys(name)
        state = connect_redis(self.settings.redis_state_url, tag=keys.tag)
        codec = Codec(self.game)
        store = self._store(
            state,
            keys,
            lines=lines_to(state),
            journal_max=self.settings.journal_max,
            replicas_min=self.settings.redis_state_replicas_min,
        )
        cold = Cold(self._single, name)
        dispatcher = self._dispatcher(self.game, store, codec, cold)
        reads = Reads(
            views=registry, store=store, codec=codec, cold=cold, dispatcher=dispatcher
        )
        return Galaxy(name, keys, store, codec, cold, dispatcher, reads)


def _in_use(engine: Engine) -> int:
    pool: Any = engine.pool
    return int(pool.checkedout())
