"""Put the Socket.IO edge on a Flask app."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from flask_socketio import SocketIO

from app.config import SettingError, Settings
from app.engine import logs
from app.realtime.admission import Admission
from app.realtime.edge import Edge
from app.realtime.healing import Healing
from app.realtime.leaving import on_leaving
from app.realtime.manager import Manager
from app.realtime.namespace import Namespace
from app.realtime.presence import Presence
from app.realtime.server import Server
from app.realtime.sessions import Sessions
from app.realtime.sights import Sights
from app.realtime.sweep import Sweep
from app.realtime.verbs import Verbs
from app.realtime.viewing import Viewing
from app.realtime.watch import Watch
from app.realtime.wire import JsonWire, PackedWire, Wire

PATH = "/socket.io/"
WIRES: dict[str, Callable[[], Wire]] = {"default": JsonWire, "msgpack": PackedWire}

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Extension(SocketIO):
    """Be Flask-SocketIO's extension, around a server of our own."""

    server: Server
    sights: Sights

    def init_app(self, app: Flask, **options: Any) -> None:
        """Take the requests of our path; all others stay with the app."""
        self.server, self.sights = options["server"], options["sights"]
        self.async_mode = self.server.async_mode
        app.extensions["socketio"] = self
        app.wsgi_app = _routed(self.server, app.wsgi_app)  # type: ignore[method-assign]


def attach(app: Flask, settings: Settings, edge: Edge) -> Extension:
    """Serve Socket.IO on `app`.

    Raises:
        SettingError: a setting of the edge is wrong.
    """
    if "*" in settings.allowed_origins:
        raise SettingError("ALLOWED_ORIGINS: name the origins; * would be everyone's")
    if settings.socketio_serializer not in WIRES:
        raise SettingError(f"SOCKETIO_SERIALIZER: one of {', '.join(WIRES)}")
    extension = Extension(app, **_parts(settings, edge))
    on_leaving(lambda: extension.server.drain(settings.drain_s))
    return extension


def _parts(settings: Settings, edge: Edge) -> dict[str, Any]:
    wire = WIRES[settings.socketio_serializer]()
    sessions = Sessions()
    manager = Manager(
        state_url=settings.redis_state_url,
        galaxies=settings.galaxies,
        bus=edge.bus,
        bus_url=settings.redis_bus_url,
    )
    presence = Presence(
        edge.bus,
        settings.instance,
        player_max=settings.connections_per_player,
        address_max=settings.connections_per_address,
    )
    sights = Sights(edge.horizon, manager.overhear, manager.ignore, manager.hears)
    server = Server(edge, wire, manager, sessions)
    admission = Admission(edge, sessions, manager.interest, presence, sights)
    viewing = Viewing(edge, manager.interest, manager.shots, wire, sights)
    verbs = Verbs(edge, viewing, Healing(edge, wire, sights, viewing))
    answering = _traced(edge, verbs) if edge.settings.is_traced else verbs
    server.register_namespace(Namespace(admission, answering))
    watch = Watch(edge, server, sessions, presence)
    sweep = Sweep(server, manager, sessions, sights, viewing)
    manager.on_told(sights.told, sweep.doubt)
    manager.on_start(watch.keep_slots, watch.keep_rights, sweep.run)
    return {"server": server, "sights": sights}


def _traced(edge: Edge, verbs: Verbs) -> Any:
    from app.realtime.traced import TracedVerbs  # noqa: PLC0415 - OpenTelemetry

    return TracedVerbs(
        verbs, lambda name: verbs.knows(name) or edge.limit_of(name) is not None
    )


def _routed(server: Server, other: Wsgi) -> Wsgi:
    def serve(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").startswith(PATH):
            logs.start()  # what the connection's last request left is not this one's
            answer: Iterable[bytes] = server.handle_request(environ, start_response)
            return answer
        return other(environ, start_response)

    return serve
