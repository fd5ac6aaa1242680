"""Hold the one `Cluster` of a worker process."""

from collections.abc import Callable

import redis
import structlog
from prometheus_client import start_http_server

from app.cluster import Cluster
from app.config import Settings
from app.engine import garbage, logs, metrics
from app.engine.redis import Unavailable

log = structlog.get_logger()

_open: list[Cluster] = []


def serve_metrics(settings: Settings) -> None:
    """Serve this process' metrics where a port is set."""
    metrics.describe(settings.release)
    if settings.metrics_port:
        start_http_server(settings.metrics_port, addr="127.0.0.1")


def open_cluster(settings: Settings) -> Cluster:
    """Connect this process, and serve its metrics."""
    serve_metrics(settings)
    _open[:] = [Cluster(settings)]
    garbage.look_seldom()
    return _open[0]


def cluster() -> Cluster:
    """Give this process' cluster."""
    return _open[0]


def close_cluster() -> None:
    """Close the connections."""
    for one in _open:
        one.close()
    _open.clear()


def in_each_galaxy(work: Callable[[str], None]) -> None:
    """Work on every galaxy; one whose server is away is left for another time."""
    for name in cluster().settings.galaxies:
        logs.start(galaxy=name)
        try:
            work(name)
        except (Unavailable, redis.RedisError) as error:
            log.warning("galaxy left out", reason=str(error))
