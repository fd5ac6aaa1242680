"""Make the table of the fleets, and count them with their players."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision: str = "0004"
down_revision: str | None = "0003"


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(collation="C"), nullable=False)


def upgrade() -> None:
    """Make the table and the column."""
    op.create_table(
        "fleets",
        *(_id("galaxy"), _id("id"), _id("player")),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("ships", pg.JSONB, nullable=False),
        sa.Column("sector", sa.Text, nullable=False),
        _id("battle"),
        sa.Column("created_ms", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("galaxy", "id", name="pk_fleets"),
        postgresql_with={"fillfactor": 80},
    )
    op.create_index("ix_fleets_player", "fleets", ["galaxy", "player"])
    none = sa.Column("fleets", sa.Integer, nullable=False, server_default="0")
    op.add_column("players", none)
    op.alter_column("players", "fleets", server_default=None)


def downgrade() -> None:
    """Drop what was made; it can be projected again."""
    op.drop_column("players", "fleets")
    op.drop_table("fleets")
