"""Put HTTP and Socket.IO on a web instance: one cluster, the same limits and tokens."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Flask

from app.cluster import Cluster, Galaxy
from app.config import Settings
from app.core.message import Command
from app.engine import metrics
from app.game import registry
from app.game.players import model as players
from app.horizon import Horizon
from app.realtime import address
from app.realtime.attach import Extension, attach
from app.realtime.edge import Edge
from app.realtime.limits import Limits
from app.web import blueprints, people
from app.web.tokens import Tokens


class _Instance:
    """Hold the Socket.IO server, which the HTTP routes speak to once it is there."""

    sockets: Extension

    def disconnect(self, player_id: str, code: str) -> None:
        self.sockets.server.disconnect_player(player_id, code)

    def is_draining(self) -> bool:
        return self.sockets.server.is_draining

    def look(self, galaxy: Galaxy, player_id: str) -> int | None:
        at_ms = galaxy.reads.now_ms()
        return self.sockets.sights.look(galaxy, player_id, at_ms)


def create_app(settings: Settings) -> Flask:
    """Make the application of one instance."""
    app = Flask("galactic_dominion", static_folder=None)
    metrics.describe(settings.release)
    cluster = Cluster(settings)
    instance = _Instance()
    limits = Limits(
        cluster.bus,
        factor=settings.rate_limits_factor,
        free=address.networks(settings.address_limits_free),
    )
    tokens = blueprints.register(
        app,
        cluster=cluster,
        game=registry,
        limits=limits,
        instance=instance,
    )
    if settings.is_traced:
        from app.web import traced  # noqa: PLC0415 - OpenTelemetry

        traced.install(app)
    instance.sockets = attach(app, settings, _edge(cluster, limits, tokens))
    return app


def _edge(cluster: Cluster, limits: Limits, tokens: Tokens) -> Edge:
    return Edge(
        settings=cluster.settings,
        bus=cluster.bus,
        limits=limits,
        authenticate=tokens.authenticate,
        refusals=tokens.refusals,
        galaxy=cluster.galaxy,
        translate=_translate(cluster),
        limit_of=_limit_of,
        rooms_of=_rooms_of,
        horizon=Horizon(cluster.settings.galaxy_seed),
        config={"planets": cluster.settings.planets},
    )


def _translate(cluster: Cluster) -> Callable[..., Command]:
    def translate(
        name: str, data: Any, *, galaxy: Galaxy, count: Callable[[], None], **who: str
    ) -> Command:
        def find(names: Sequence[str]) -> Mapping[str, str]:
            count()
            return people.find(cluster.postgres, registry, galaxy, names)

        return registry.translate(name, data, find=find, **who)

    return translate


def _limit_of(name: str) -> str | None:
    wire = registry.WIRE.get(name)
    return wire.limit if wire else None


def _player(galaxy: Galaxy, player_id: str) -> Any:
    ref = players.ref(player_id)
    _at_ms, states = galaxy.reads.states(ref)
    return states[ref]


def _rooms_of(galaxy: Galaxy, player_id: str) -> Sequence[str] | None:
    player = _player(galaxy, player_id)
    return registry.rooms_of(player) if player else None
