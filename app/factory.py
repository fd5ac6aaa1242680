"""Put the parts together, for web instances and workers alike."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import redis
from flask import Flask
from sqlalchemy import Engine

from app.config import Settings
from app.core.decider import Game
from app.core.message import Ref
from app.engine.codec import Codec
from app.engine.cold import Cold
from app.engine.dispatch import Dispatcher
from app.engine.keys import Keys
from app.engine.postgres import connect as connect_postgres
from app.engine.reads import Reads
from app.engine.redis import connect as connect_redis
from app.engine.store import Store
from app.game import registry
from app.realtime import address
from app.realtime.edge import Edge
from app.realtime.limits import Limits

if TYPE_CHECKING:
    from app.realtime.attach import Extension
    from app.web.parts import Parts


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
        self.state: redis.Redis = connect_redis(settings.redis_state_url)
        self.bus: redis.Redis = connect_redis(settings.redis_bus_url)
        self.postgres: Engine = connect_postgres(settings.database_url)
        self._galaxies: dict[str, Galaxy] = {}

    @cached_property
    def game(self) -> Game:
        """The rules, the same in every galaxy."""
        return registry.build_game(self.settings.galaxy_seed, self.settings.planets)

    @cached_property
    def postgres_read(self) -> Engine:
        """The replica for rankings and histories, or else the primary."""
        if self.settings.database_read_url == self.settings.database_url:
            return self.postgres
        return connect_postgres(self.settings.database_read_url)

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

    def _build(self, name: str) -> Galaxy:
        keys = Keys(name)
        codec = Codec(self.game)
        store = Store(self.state, keys, journal_max=self.settings.journal_max)
        cold = Cold(self.postgres, name)
        dispatcher = Dispatcher(self.game, store, codec, cold)
        reads = Reads(
            views=registry, store=store, codec=codec, cold=cold, dispatcher=dispatcher
        )
        return Galaxy(name, keys, store, codec, cold, dispatcher, reads)


def create_app(settings: Settings) -> Flask:
    """Make a web instance: HTTP routes and the Socket.IO edge over the same parts.

    What only a web instance needs is imported here: workers do without it.
    """
    from app.realtime.attach import attach  # noqa: PLC0415
    from app.web import blueprints  # noqa: PLC0415

    cluster = Cluster(settings)
    app = Flask("galactic_dominion", static_folder=None)
    limits = _limits(cluster)
    sockets: list["Extension"] = []
    web = blueprints.register(
        app,
        cluster=cluster,
        game=registry,
        limits=limits,
        disconnect=lambda *whom: sockets[0].server.disconnect_player(*whom),
        is_draining=lambda: sockets[0].server.is_draining,
    )
    sockets.append(attach(app, settings, _edge(cluster, limits, web)))
    return app


def _limits(cluster: Cluster) -> Limits:
    free = address.networks(cluster.settings.address_limits_free)
    factor = cluster.settings.rate_limits_factor
    return Limits(cluster.bus, factor=factor, free=free)


def _edge(cluster: Cluster, limits: Limits, web: "Parts") -> Edge:
    return Edge(
        settings=cluster.settings,
        bus=cluster.bus,
        limits=limits,
        authenticate=web.tokens.authenticate,
        recheck=web.tokens.recheck,
        galaxy=cluster.galaxy,
        translate=registry.translate,
        limit_of=_limit_of,
        rooms_of=_rooms_of,
        may_hear=_may_hear,
    )


def _limit_of(name: str) -> str | None:
    wire = registry.WIRE.get(name)
    return wire.limit if wire else None


def _rooms_of(galaxy: Galaxy, player_id: str) -> tuple[str, ...] | None:
    player = _player(galaxy, player_id)
    return registry.rooms_of(player) if player else None


def _may_hear(
    galaxy: Galaxy, player_id: str, rooms: Sequence[str]
) -> Collection[str]:
    player = _player(galaxy, player_id)
    return {room for room in rooms if registry.may_hear(room, player_id, player)}


def _player(galaxy: Galaxy, player_id: str) -> Any:
    ref = Ref("player", player_id)
    _at_ms, states = galaxy.reads.states(ref)
    return states[ref]
