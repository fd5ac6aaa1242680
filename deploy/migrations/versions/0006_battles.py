"""Make the tables of battles: which there were, what they were worth, who leads."""

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(collation="C"), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "battles",
        *(_id("galaxy"), _id("id"), _text("board"), _id("colony"), _text("sector")),
        *(_number("began_ms"), _number("ended_ms")),
        sa.Column("winner", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("galaxy", "id", name="pk_battles"),
    )
    op.create_table(
        "battle_scores",
        *(_id("galaxy"), _id("battle"), _id("player"), _text("username")),
        *(_text("board"), _number("points")),
        sa.Column("won", sa.Boolean, nullable=False),
        *(_number("destroyed"), _number("lost"), _number("ended_ms")),
        sa.PrimaryKeyConstraint("galaxy", "battle", "player", name="pk_battle_scores"),
    )
    columns = ["galaxy", "player", "ended_ms", "battle"]
    op.create_index("ix_battle_scores_player", "battle_scores", columns)
    op.create_table(
        "battle_ranks",
        *(_id("galaxy"), _text("board"), _id("player"), _text("username")),
        _number("points"),
        sa.Column("battles", sa.Integer, nullable=False),
        sa.Column("victories", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("galaxy", "board", "player", name="pk_battle_ranks"),
    )
    ranked = ["galaxy", "board", sa.text("points DESC"), "player"]
    op.create_index("ix_battle_ranks", "battle_ranks", ranked)


def downgrade() -> None:
    """Drop the tables; they can be projected again."""
    for name in ("battle_ranks", "battle_scores", "battles"):
        op.drop_table(name)
