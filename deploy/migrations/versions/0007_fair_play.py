"""Make what fair play keeps: addresses, gifts, efforts, decisions on flags, bans."""

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"

TABLES = ("bans", "flag_decisions", "efforts", "gifts", "account_addresses")


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(collation="C"), nullable=False)


def _long(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, sa.Identity(always=True), nullable=False)


def _time(name: str, **more: object) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), **{"nullable": False} | more)


def upgrade() -> None:
    """Make the tables, and number the flags."""
    op.add_column("flags", _number("id"))
    spent = sa.Column(
        "is_spent", sa.Boolean, nullable=False, server_default=sa.text("false")
    )
    op.add_column("flags", spent)
    op.create_unique_constraint("uq_flags_id", "flags", ["id"])
    confirmed = sa.text("confirmed")
    op.create_index("ix_flags_counts", "flags", ["player"], postgresql_where=confirmed)
    _make_addresses()
    _make_flows()
    _make_decisions()


def _make_addresses() -> None:
    op.create_table(
        "account_addresses",
        sa.Column("account_id", sa.String(13), nullable=False),
        sa.Column("address", sa.String(32), nullable=False),
        *(_time("first_at"), _time("last_at")),
        sa.PrimaryKeyConstraint("account_id", "address", name="pk_account_addresses"),
    )
    for column in ("address", "last_at"):
        name = f"ix_account_addresses_{column}"
        op.create_index(name, "account_addresses", [column])


def _make_flows() -> None:
    op.create_table(
        "gifts",
        _id("galaxy"),
        sa.Column("source", sa.Text, nullable=False),
        *(_id("sender"), _id("receiver")),
        *(_long("at_ms"), _long("value_milli"), _long("stakes_milli")),
        sa.Column("is_flagged", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint(
            "galaxy", "source", "sender", "receiver", name="pk_gifts"
        ),
    )
    op.create_index("ix_gifts_sender", "gifts", ["galaxy", "sender", "at_ms"])
    op.create_index("ix_gifts_receiver", "gifts", ["galaxy", "receiver", "at_ms"])
    op.create_index("ix_gifts_at_ms", "gifts", ["galaxy", "at_ms"])
    op.create_table(
        "efforts",
        *(_id("galaxy"), _id("player")),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("actions", sa.Integer, nullable=False),
        sa.Column("arms", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("galaxy", "player", "day", name="pk_efforts"),
        postgresql_with={"fillfactor": 80},
    )
    op.create_index("ix_efforts_day", "efforts", ["galaxy", "day"])


def _make_decisions() -> None:
    op.create_table(
        "flag_decisions",
        *(_number("number"), _long("flag"), _id("player")),
        sa.Column("confirmed", sa.Boolean, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        _time("at", server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("number", name="pk_flag_decisions"),
    )
    op.create_index("ix_flag_decisions_flag", "flag_decisions", ["flag"])
    op.create_table(
        "bans",
        *(_number("number"), _id("account_id")),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        *(_time("at"), _time("until")),
        sa.Column("lifted_by", sa.Text),
        _time("lifted_at", nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_bans"),
    )
    op.create_index("ix_bans_account_id", "bans", ["account_id"])


def downgrade() -> None:
    """Drop the tables, and the numbers of the flags."""
    for table in TABLES:
        op.drop_table(table)
    op.drop_index("ix_flags_counts", "flags")
    op.drop_constraint("uq_flags_id", "flags")
    op.drop_column("flags", "is_spent")
    op.drop_column("flags", "id")
