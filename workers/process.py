"""Hold the one `Cluster` of a worker process."""

from prometheus_client import start_http_server

from app.cluster import Cluster
from app.config import Settings
from app.engine import metrics

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
    return _open[0]


def cluster() -> Cluster:
    """Give this process' cluster."""
    return _open[0]


def close_cluster() -> None:
    """Close the connections."""
    for one in _open:
        one.postgres.dispose()
        one.state.close()
        one.bus.close()
    _open.clear()
