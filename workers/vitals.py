"""Ask the servers how they are, each time that the clock's metrics are scraped.

Every server is asked on a thread of its own, and what doesn't answer within a second is
told as down: a hung server neither fails nor holds up the scrape. The clocks do this,
since they run everywhere, are few, and use the broker anyhow; rules take the largest of
what several clocks tell.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from threading import Lock, Thread
from time import monotonic
from typing import Any

import redis
import sqlalchemy as sa
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import REGISTRY, Collector

from app.config import Settings
from app.core.units import SECOND_MS
from app.engine.keys import Keys
from app.engine.postgres import url
from app.engine.redis import connect
from app.engine.tail import Tail

WAIT_S = 1.0
"""How long a scrape waits for all servers together."""
STATEMENT_TIMEOUT = sa.text("SET LOCAL statement_timeout = 800")
QUEUES = ("settle", "combat", "default")

_REPLICA_LAG = sa.text(
    "SELECT CASE WHEN NOT pg_is_in_recovery() THEN 0"
    " WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0"
    " ELSE coalesce(extract(epoch FROM now() - pg_last_xact_replay_timestamp()), 0)"
    " END"
)
_CONNECTIONS = sa.text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname IS NOT NULL"
)
_CONNECTIONS_MAX = sa.text("SELECT current_setting('max_connections')::int")

Answer = dict[tuple[str, str], float]
"""(metric, value of its label) -> number."""

_SERVER = "server"
_TOLD: Mapping[str, tuple[str, str]] = {
    "gd_server_up": (_SERVER, "Whether a server answered within a second."),
    "gd_redis_memory_bytes": (_SERVER, "Memory that Redis uses."),
    "gd_redis_memory_limit_bytes": (_SERVER, "Its maxmemory, or else the machine's."),
    "gd_redis_commands_total": (_SERVER, "Commands that Redis ran."),
    "gd_redis_clients": (_SERVER, "Connections to Redis."),
    "gd_redis_writes_ok": (_SERVER, "Whether its last write to disk went well."),
    "gd_queue_depth": ("queue", "Tasks that wait for a worker."),
    "gd_journal_entries": ("galaxy", "Commits in Redis that are not trimmed yet."),
    "gd_journal_entries_max": ("galaxy", "How many there may be."),
    "gd_journal_age_seconds": ("galaxy", "Age of the oldest of them; 0 of none."),
    "gd_postgres_connections": (_SERVER, "Connections to Postgres."),
    "gd_postgres_connections_max": (_SERVER, "How many it allows."),
    "gd_replica_lag_seconds": (_SERVER, "How far reads are behind the primary."),
}
"""Metric -> the name of its one label, and its help."""


class Probe:
    """Ask one server, and wait no longer than one cares to."""

    def __init__(self, server: str, ask: Callable[[], Answer]) -> None:
        self.server = server
        self._ask = ask
        self._thread: Thread | None = None
        self._answer: Answer | None = None

    def start(self) -> None:
        """Ask, unless the last question still waits for its answer."""
        if self._thread is None or not self._thread.is_alive():
            self._answer = None
            self._thread = Thread(target=self._run, daemon=True)
            self._thread.start()

    def answer(self, deadline_s: float) -> Answer | None:
        """Give the answer; None where there is none by the deadline."""
        if self._thread is not None:
            self._thread.join(max(0.0, deadline_s - monotonic()))
        return self._answer

    def _run(self) -> None:
        with suppress(redis.RedisError, sa.exc.SQLAlchemyError, OSError):
            self._answer = self._ask()


class Vitals(Collector):
    """Tell how Redis, broker and Postgres are."""

    def __init__(self, settings: Settings) -> None:
        self._probes = _probes(settings)
        self._asking = Lock()

    def describe(self) -> Iterable[Metric]:
        """Name what is told, asking nobody."""
        return [_family(name) for name in _TOLD]

    def collect(self) -> Iterable[Metric]:
        """Ask every server at once, and tell what came in time."""
        with self._asking:
            for probe in self._probes:
                probe.start()
            deadline_s = monotonic() + WAIT_S
            found: Answer = {}
            for probe in self._probes:
                answer = probe.answer(deadline_s)
                found["gd_server_up", probe.server] = float(answer is not None)
                found |= answer or {}
        families = {name: _family(name) for name in _TOLD}
        for (name, label), number in found.items():
            families[name].add_metric([label], number)
        return families.values()


def watch(settings: Settings) -> None:
    """Tell of the servers beside this process' own metrics."""
    REGISTRY.register(Vitals(settings))


def _family(name: str) -> Any:
    label, text = _TOLD[name]
    made = CounterMetricFamily if name.endswith("_total") else GaugeMetricFamily
    return made(name, text, labels=[label])


def _probes(settings: Settings) -> list[Probe]:
    return [
        *(_state(settings, galaxy) for galaxy in settings.galaxies),
        Probe("bus", _redis("bus", connect(settings.redis_bus_url))),
        Probe("broker", _broker(settings.celery_broker_url)),
        Probe("postgres", _postgres(_engine(settings.database_url))),
        Probe("postgres-read", _replica(_engine(settings.database_read_url))),
    ]


def _engine(address: str) -> sa.Engine:
    return sa.create_engine(
        url(address),
        pool_size=1,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"connect_timeout": 2},  # libpq's least
    )


def _redis(server: str, client: redis.Redis) -> Callable[[], Answer]:
    def ask() -> Answer:
        info: Any = client.info()
        is_kept = info.get("aof_last_write_status", "ok") == "ok"
        limit = info.get("maxmemory") or info.get("total_system_memory", 0)
        return {
            ("gd_redis_memory_bytes", server): info["used_memory"],
            ("gd_redis_memory_limit_bytes", server): limit,
            ("gd_redis_commands_total", server): info["total_commands_processed"],
            ("gd_redis_clients", server): info["connected_clients"],
            ("gd_redis_writes_ok", server): float(is_kept),
        }

    return ask


def _state(settings: Settings, galaxy: str) -> Probe:
    """Ask the server of one galaxy: in a Redis Cluster, the node on which it lives."""
    keys = Keys(galaxy)
    server = "state" if len(settings.galaxies) == 1 else f"state-{galaxy}"
    client = connect(settings.redis_state_url, tag=keys.tag)
    ask_server = _redis(server, client)

    def ask() -> Answer:
        found = ask_server()
        length: Any = client.xlen(keys.journal)
        found["gd_journal_entries", galaxy] = length
        found["gd_journal_entries_max", galaxy] = settings.journal_max
        found["gd_journal_age_seconds", galaxy] = _age_s(client, keys)
        return found

    return Probe(server, ask)


def _age_s(client: redis.Redis, keys: Keys) -> float:
    """Tell how long the oldest commit has waited for Postgres.

    The journal is trimmed up to the last one that is written. The persister can't tell
    this of itself: it is what waits.
    """
    oldest: Any = client.xrange(keys.journal, count=1)
    if not oldest:
        return 0.0
    age_ms = Tail(client, keys).age_ms(oldest[0][0].decode())
    return max(0, age_ms) / SECOND_MS  # clocks differ after a failover


def _broker(address: str) -> Callable[[], Answer]:
    client = connect(address)
    ask_server = _redis("broker", client)

    def ask() -> Answer:
        found = ask_server()
        for queue in QUEUES:
            depth: Any = client.llen(queue)
            found["gd_queue_depth", queue] = depth
        return found

    return ask


def _postgres(engine: sa.Engine) -> Callable[[], Answer]:
    def ask() -> Answer:
        with engine.begin() as connection:
            connection.execute(STATEMENT_TIMEOUT)
            used = connection.execute(_CONNECTIONS).scalar_one()
            allowed = connection.execute(_CONNECTIONS_MAX).scalar_one()
        return {
            ("gd_postgres_connections", "postgres"): used,
            ("gd_postgres_connections_max", "postgres"): allowed,
        }

    return ask


def _replica(engine: sa.Engine) -> Callable[[], Answer]:
    """Ask what rankings and histories are read from; the primary is never behind."""

    def ask() -> Answer:
        with engine.begin() as connection:
            connection.execute(STATEMENT_TIMEOUT)
            lag_s = connection.execute(_REPLICA_LAG).scalar_one()
        return {("gd_replica_lag_seconds", "postgres-read"): float(lag_s)}

    return ask
