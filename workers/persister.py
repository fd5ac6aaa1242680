"""Carry the journal to Postgres: `python -m workers.persister`, a thread a galaxy."""

import signal
import threading

from app.cluster import Cluster
from app.config import Settings, load
from app.engine import garbage, logs
from app.engine.codec import Codec
from app.engine.persister import Persister, Servers
from app.game import registry
from workers.process import serve_metrics


def _persister(settings: Settings) -> type[Persister]:
    if not settings.is_traced:
        return Persister
    from app.engine.traced import persister  # noqa: PLC0415 - OpenTelemetry

    return persister.Persister


def main() -> None:
    """Run until TERM; the batch in hand is finished first."""
    settings = load()
    logs.configure(settings.instance, settings.log_level)
    serve_metrics(settings)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_signal: stop.set())
    persister = _persister(settings)
    servers = Servers(
        settings.redis_state_url, settings.redis_bus_url, settings.database_url
    )
    codec = Codec(Cluster(settings).game)
    threads = [
        threading.Thread(
            target=persister(servers, galaxy, codec, registry.PROJECTIONS).run,
            args=(stop,),
        )
        for galaxy in settings.galaxies
    ]
    garbage.look_seldom()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
