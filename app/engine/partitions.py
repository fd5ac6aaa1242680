"""Make the monthly partitions of the history tables before rows need them."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection, text

from app.core.units import SECOND_MS
from app.engine.postgres import PARTITIONED

LOCK = 7_206_002
"""Two processes that make the same partition at once would refuse each other."""


def month_of(at_ms: int) -> str:
    """Name the month (UTC) of a time: `2026_11`."""
    return datetime.fromtimestamp(at_ms / SECOND_MS, UTC).strftime("%Y_%m")


def bounds(month: str) -> tuple[int, int]:
    """Tell the first ms of a month and of the next one."""
    year, number = map(int, month.split("_"))
    following = (year + number // 12, number % 12 + 1)
    return _first_ms(year, number), _first_ms(*following)


def following(month: str) -> str:
    """Name the month after a month."""
    return month_of(bounds(month)[1])


def ensure(connection: Connection, months: Iterable[str]) -> None:
    """Make the partitions of `months` where they are missing, in one transaction."""
    with connection.begin():
        connection.execute(text("SELECT pg_advisory_xact_lock(:id)"), {"id": LOCK})
        for month in sorted(months):
            first, end = bounds(month)
            for table in PARTITIONED:
                connection.execute(text(_statement(table.name, month, first, end)))


def _statement(table: str, month: str, first_ms: int, end_ms: int) -> str:
    return (
        f"CREATE TABLE IF NOT EXISTS {table}_{month} PARTITION OF {table}"
        f" FOR VALUES FROM ({first_ms}) TO ({end_ms})"
    )


def _first_ms(year: int, month: int) -> int:
    return int(datetime(year, month, 1, tzinfo=UTC).timestamp()) * SECOND_MS
