"""Make the table of the alliances' members."""

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(collation="C"), nullable=False)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "alliance_members",
        *(_id("galaxy"), _id("player"), _id("alliance")),
        sa.PrimaryKeyConstraint("galaxy", "player", name="pk_alliance_members"),
    )
    columns = ["galaxy", "alliance"]
    op.create_index("ix_alliance_members_alliance", "alliance_members", columns)


def downgrade() -> None:
    """Drop the table; it can be projected again."""
    op.drop_table("alliance_members")
