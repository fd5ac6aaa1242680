"""Connect to Postgres, and hold the one `metadata` of every table of the project.

The engine's own tables are the durable side of a galaxy: what Redis holds hot can be
made again from them. Only the persister writes them, one transaction a batch.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    URL,
    BigInteger,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    create_engine,
    make_url,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

OPTIONS = {
    "pool_size": 20,
    "max_overflow": 40,
    "pool_timeout": 3,
    "pool_recycle": 1800,
    "pool_pre_ping": True,
    "hide_parameters": True,  # errors are logged, and parameters are people's data
    "connect_args": {"connect_timeout": 2},
}
"""A process' pool. PgBouncer in transaction mode takes all of it; but the persister
needs Postgres itself, since its lock lasts as long as a session (`checkpoint.lock`)."""
SINGLE = {
    "pool_size": 4,
    "max_overflow": 12,
    "pool_pre_ping": False,
    "pool_reset_on_return": None,
    "isolation_level": "AUTOCOMMIT",
}
"""What differs for single statements, which need neither BEGIN nor ROLLBACK nor a ping
before them: three trips for one."""

Id = Text(collation="C")
"""Ids and kinds compare by bytes, the same on every server."""

UPDATED_IN_PLACE = {"fillfactor": 80}
"""Room on every page, so that an update mostly needs no new index entry."""


def url(text: str) -> URL:
    """Read a database URL, `postgres://` and `postgresql://` alike, for psycopg2."""
    parsed = make_url(text.replace("postgres://", "postgresql://", 1))
    return parsed.set(drivername="postgresql+psycopg2")


def connect(text: str) -> Engine:
    """Make an engine with the process' pool; it connects on first use."""
    return create_engine(url(text), **OPTIONS)


def connect_for_single(text: str) -> Engine:
    """Make an engine for single statements; one that finds a dead connection fails."""
    return create_engine(url(text), **OPTIONS | SINGLE)


def streamed(
    connection: Connection, statement: Any, rows_max: int, **values: Any
) -> Iterable[Any]:
    """Read rows as they are needed, at most `rows_max` at a time."""
    options = {"stream_results": True, "yield_per": rows_max}
    return connection.execute(statement, values, execution_options=options)


aggregates = Table(
    "aggregates",
    metadata,
    Column("galaxy", Id, primary_key=True),
    Column("kind", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("state", LargeBinary, nullable=False),
    Column("place", Text),
    Column("changed_ms", BigInteger, nullable=False),
    postgresql_with=UPDATED_IN_PLACE,
)
"""The last persisted state of every aggregate: what is cold comes back from here."""

events = Table(
    "events",
    metadata,
    Column("galaxy", Id, primary_key=True),
    Column("kind", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("version", BigInteger, primary_key=True),
    Column("number", SmallInteger, primary_key=True),
    Column("at_ms", BigInteger, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("layout", SmallInteger, nullable=False),
    Column("player", Text, nullable=False),
    Column("command_id", Id, nullable=False),
    Column("body", JSONB, nullable=False),
    Index("ix_events_position", "galaxy", "position"),
    postgresql_partition_by="RANGE (at_ms)",
)
"""All that ever happened, a partition a month.

`version` is the aggregate's after the commit, `number` counts the events of that commit
on that aggregate, `position` is the commit's place in the galaxy's history.
"""

commands = Table(
    "commands",
    metadata,
    Column("galaxy", Id, primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("at_ms", BigInteger, primary_key=True),
    Column("command_id", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("player", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("reply", Text, nullable=False),
    Index("ix_commands_command_id", "galaxy", "command_id"),
    postgresql_partition_by="RANGE (at_ms)",
)
"""Every command that changed something, a partition a month; `position` has no gaps.

`fingerprint` and `reply` are empty where a timer's command ran.
"""

PARTITIONED = (events, commands)

timers = Table(
    "timers",
    metadata,
    Column("galaxy", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("command", LargeBinary, nullable=False),
    Column("refs", ARRAY(Text), nullable=False),
)
"""The timers that are still to fire; `refs` are `<kind>:<id>`."""

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("galaxy", Id, primary_key=True),
    Column("reader", Text, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("journal_id", Text, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("carry", JSONB, nullable=False),
    postgresql_with=UPDATED_IN_PLACE,
)
"""How far a reader of a galaxy's history has come.

`carry` is what a reader takes along to its next batch, within its own bounds.
"""

world_checks = Table(
    "world_checks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("galaxy", Id, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("problems", Integer, nullable=False),
    Column("report", JSONB, nullable=False),
    Index("ix_world_checks_at_ms", "galaxy", "at_ms"),
)
"""What each check of the world found."""
