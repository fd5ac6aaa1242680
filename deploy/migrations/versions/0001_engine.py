"""Make the engine's tables: cold state, history, timers, checkpoints."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision: str = "0001"
down_revision: str | None = None

TABLES = ("aggregates", "events", "commands", "timers", "checkpoints", "world_checks")


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(collation="C"), nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _long(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)


def upgrade() -> None:
    """Make the tables; partitions come as months come."""
    _make_state()
    _make_history()
    _make_checks()


def _make_state() -> None:
    op.create_table(
        "aggregates",
        *(_id("galaxy"), _id("kind"), _id("id"), _long("version")),
        sa.Column("state", sa.LargeBinary, nullable=False),
        sa.Column("place", sa.Text),
        _long("changed_ms"),
        sa.PrimaryKeyConstraint("galaxy", "kind", "id", name="pk_aggregates"),
        postgresql_with={"fillfactor": 80},
    )
    op.create_table(
        "timers",
        *(_id("galaxy"), _id("id"), _long("at_ms")),
        sa.Column("command", sa.LargeBinary, nullable=False),
        sa.Column("refs", pg.ARRAY(sa.Text), nullable=False),
        sa.PrimaryKeyConstraint("galaxy", "id", name="pk_timers"),
    )
    op.create_table(
        "checkpoints",
        *(_id("galaxy"), _text("reader"), _long("position")),
        *(_text("journal_id"), _text("epoch")),
        sa.Column("carry", pg.JSONB, nullable=False),
        sa.PrimaryKeyConstraint("galaxy", "reader", name="pk_checkpoints"),
        postgresql_with={"fillfactor": 80},
    )


def _make_history() -> None:
    op.create_table(
        "events",
        *(_id("galaxy"), _id("kind"), _id("id"), _long("version")),
        sa.Column("number", sa.SmallInteger, nullable=False),
        *(_long("at_ms"), _long("position"), _text("name")),
        sa.Column("layout", sa.SmallInteger, nullable=False),
        *(_text("player"), _id("command_id")),
        sa.Column("body", pg.JSONB, nullable=False),
        sa.PrimaryKeyConstraint(
            "galaxy", "kind", "id", "version", "number", "at_ms", name="pk_events"
        ),
        postgresql_partition_by="RANGE (at_ms)",
    )
    op.create_index("ix_events_position", "events", ["galaxy", "position"])
    op.create_table(
        "commands",
        *(_id("galaxy"), _long("position"), _long("at_ms"), _id("command_id")),
        *(_text("name"), _text("player"), _text("fingerprint"), _text("reply")),
        sa.PrimaryKeyConstraint("galaxy", "position", "at_ms", name="pk_commands"),
        postgresql_partition_by="RANGE (at_ms)",
    )
    op.create_index("ix_commands_command_id", "commands", ["galaxy", "command_id"])


def _make_checks() -> None:
    op.create_table(
        "world_checks",
        sa.Column("id", sa.Integer, primary_key=True),
        *(_id("galaxy"), _long("at_ms")),
        sa.Column("problems", sa.Integer, nullable=False),
        sa.Column("report", pg.JSONB, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_world_checks"),
    )
    op.create_index("ix_world_checks_at_ms", "world_checks", ["galaxy", "at_ms"])


def downgrade() -> None:
    """Drop the tables, with all that was played."""
    for table in TABLES:
        op.drop_table(table)
