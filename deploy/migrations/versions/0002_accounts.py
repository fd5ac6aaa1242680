"""Make the tables of accounts and of their refresh tokens."""

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"

TABLES = ("accounts", "token_families")


def _time(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(13), nullable=False),
        sa.Column("username", sa.String(32), nullable=False),
        sa.Column("username_key", sa.Text, nullable=False),
        sa.Column("username_look", sa.Text, nullable=False),
        sa.Column("email", sa.String(254)),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("roles", sa.JSON, nullable=False),
        sa.Column("token_generation", sa.Integer, nullable=False),
        _time("created_at"),
        _time("banned_until", nullable=True),
        _time("deleted_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("username_key", name="uq_accounts_username_key"),
        sa.UniqueConstraint("username_look", name="uq_accounts_username_look"),
    )
    op.create_table(
        "token_families",
        sa.Column("id", sa.String(13), nullable=False),
        sa.Column("account_id", sa.String(13), nullable=False),
        sa.Column("token_id", sa.String(36), nullable=False),
        _time("created_at"),
        _time("expires_at"),
        sa.PrimaryKeyConstraint("id", name="pk_token_families"),
    )
    op.create_index("ix_token_families_account_id", "token_families", ["account_id"])


def downgrade() -> None:
    """Drop both tables."""
    for name in reversed(TABLES):
        op.drop_table(name)
