"""Name every metric of the cluster. Each process serves its own registry."""

import platform
from functools import cache

from prometheus_client import Counter, Gauge, Histogram

_FAST = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

COMMANDS = Counter(
    "gd_commands_total", "Commands by name and result.", ("command", "result")
)
COMMAND_SECONDS = Histogram(
    "gd_command_seconds", "Time from load to commit.", ("command",), buckets=_FAST
)
ACK_SECONDS = Histogram(
    "gd_ack_seconds", "Time from a message in to its ack out.", buckets=_FAST
)
COMMIT_RETRIES = Counter("gd_commit_retries_total", "Commits that lost a race.")
REPEATS = Counter("gd_repeats_total", "Commands answered from a remembered reply.")
BROADCAST_EVENTS = Counter(
    "gd_broadcast_events_total", "Events committed for rooms to hear."
)
CACHE = Counter("gd_cache_total", "Loads that Redis had in full, or not.", ("result",))
CACHE_HITS = CACHE.labels("hit")
TIMER_LATENESS_SECONDS = Histogram(
    "gd_timer_lateness_seconds",
    "How late a timer was settled, by the queue it waited in.",
    ("queue",),
    buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 60.0, 600.0),
)
TIMERS_CLAIMED = Counter("gd_timers_claimed_total", "Timers that a clock claimed.")
CONNECTIONS = Gauge("gd_connections", "Open Socket.IO connections.")
ROOM_FANOUT = Histogram(
    "gd_room_fanout_clients",
    "Clients of this instance that heard one batch of a room.",
    buckets=(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000),
)
CLIENTS_DROPPED = Counter(
    "gd_clients_dropped_total", "Clients dropped, by reason.", ("reason",)
)
REFUSALS = Counter(
    "gd_refusals_total", "Messages refused on sockets, by code.", ("code",)
)
BUS_RECONNECTS = Counter(
    "gd_bus_reconnects_total",
    "Times a subscription came back: at the bus, or at a galaxy's state.",
    ("server",),
)
POOL_IN_USE = Gauge("gd_pool_in_use", "Connections in use, by pool.", ("pool",))
HTTP_SECONDS = Histogram(
    "gd_http_seconds",
    "Time of HTTP requests.",
    ("method", "route", "status"),
    buckets=_FAST,
)
JOURNAL_LAG_ENTRIES = Gauge(
    "gd_journal_lag_entries", "Journal entries not yet in Postgres.", ("galaxy",)
)
JOURNAL_LAG_SECONDS = Gauge(
    "gd_journal_lag_seconds", "Age of the oldest entry of the last batch.", ("galaxy",)
)
PERSISTED_EVENTS = Counter("gd_persisted_events_total", "Events written to Postgres.")
PERSIST_SECONDS = Histogram(
    "gd_persist_seconds", "Time to write one batch.", buckets=_FAST
)
PERSISTER_WAITS = Counter(
    "gd_persister_waits_total", "Times the persister waited, by reason.", ("reason",)
)
PROJECTION_FAILURES = Counter(
    "gd_projection_failures_total", "Batches whose projections failed and are stale."
)
REBUILDS = Counter("gd_rebuilds_total", "Rebuilds of hot state from Postgres.")
FAILOVERS = Counter(
    "gd_failovers_total", "Hot states opened again after a replica took them over."
)
EVICTED = Counter("gd_evicted_total", "Aggregates that left Redis.")
WORLD_PROBLEMS = Gauge(
    "gd_world_problems", "Problems that the last check of the world found.", ("galaxy",)
)
CHEAT_FLAGS = Counter("gd_cheat_flags_total", "Flags raised.", ("detector",))
BANS = Counter("gd_bans_total", "Accounts that this process banned.")
REPLAYS = Counter(
    "gd_replays_total",
    "Battles fought again by the anti-cheat, by result.",
    ("result",),
)
"""A `mismatch` is an alarm: a record, or the engine, is not what it was."""
CHEAT_SCAN_LAG_COMMITS = Gauge(
    "gd_cheat_scan_lag_commits",
    "Persisted commits that the anti-cheat has not looked at.",
    ("galaxy", "reader"),
)

BUILD = Gauge("gd_build_info", "Always 1; names what runs.", ("release", "python"))


@cache
def command_seconds(name: str) -> Histogram:
    """Give the part of `COMMAND_SECONDS` that is one command's."""
    return COMMAND_SECONDS.labels(name)


@cache
def commands(name: str, result: str) -> Counter:
    """Give the part of `COMMANDS` that is one command's with one result."""
    return COMMANDS.labels(name, result)


def describe(release: str) -> None:
    """Tell which code this process runs."""
    BUILD.labels(release, platform.python_version()).set(1)


def _begin_at_zero() -> None:
    """Show counters before their first event: a rate can't see what appears at 1."""
    for result in ("hit", "miss"):
        CACHE.labels(result)
    for reason in ("redis", "postgres", "lock", "overtaken", "foreign", "failure"):
        PERSISTER_WAITS.labels(reason)
    for code in ("internal", "unavailable", "rate_limited"):
        REFUSALS.labels(code)
    for result in ("same", "other_engine", "mismatch"):
        REPLAYS.labels(result)
    for reason in ("slow", "gone", "flood", "unjoined"):
        CLIENTS_DROPPED.labels(reason)
    for queue in ("settle", "combat"):
        TIMER_LATENESS_SECONDS.labels(queue)


_begin_at_zero()
