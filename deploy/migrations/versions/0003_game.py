"""Make the tables of the slices: players, colonies, research, rankings, flags."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision: str = "0003"
down_revision: str | None = "0002"

TABLES = ("players", "colonies", "research", "power_parts", "powers", "flags")


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(collation="C"), nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _long(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)


def _json(name: str) -> sa.Column[object]:
    return sa.Column(name, pg.JSONB, nullable=False)


def upgrade() -> None:
    """Make the tables."""
    _make_players()
    _make_colonies()
    _make_rankings()
    _make_flags()


def _make_players() -> None:
    op.create_table(
        "players",
        *(_id("galaxy"), _id("id"), _text("username")),
        sa.Column("colonies", sa.Integer, nullable=False),
        *(_long("credits_milli"), _long("shield_until_ms"), _long("joined_ms")),
        sa.PrimaryKeyConstraint("galaxy", "id", name="pk_players"),
    )
    op.create_table(
        "research",
        *(_id("galaxy"), _id("player"), _json("projects")),
        sa.PrimaryKeyConstraint("galaxy", "player", name="pk_research"),
        postgresql_with={"fillfactor": 80},
    )


def _make_colonies() -> None:
    op.create_table(
        "colonies",
        *(_id("galaxy"), _id("id"), _id("player"), _text("name")),
        *(_long("x_milli"), _long("y_milli"), _text("region"), _text("planet_type")),
        *(_long("founded_ms"), _long("awake_until_ms")),
        *(_json("buildings"), _json("units")),
        sa.PrimaryKeyConstraint("galaxy", "id", name="pk_colonies"),
        postgresql_with={"fillfactor": 80},
    )
    op.create_index("ix_colonies_player", "colonies", ["galaxy", "player"])


def _make_rankings() -> None:
    op.create_table(
        "power_parts",
        *(_id("galaxy"), _id("player"), _id("part"), _long("power")),
        sa.PrimaryKeyConstraint("galaxy", "player", "part", name="pk_power_parts"),
        postgresql_with={"fillfactor": 80},
    )
    op.create_table(
        "powers",
        *(_id("galaxy"), _id("player"), _text("username"), _long("power")),
        sa.PrimaryKeyConstraint("galaxy", "player", name="pk_powers"),
    )
    rank = ["galaxy", sa.text("power DESC"), "player"]
    op.create_index("ix_powers_rank", "powers", rank)


def _make_flags() -> None:
    op.create_table(
        "flags",
        *(_id("galaxy"), _id("player"), _text("detector"), _long("at_ms")),
        sa.Column("confidence_percent", sa.Integer, nullable=False),
        _json("evidence"),
        sa.Column("shadow", sa.Boolean, nullable=False),
        sa.Column("confirmed", sa.Boolean),
        sa.PrimaryKeyConstraint(
            "galaxy", "player", "detector", "at_ms", name="pk_flags"
        ),
    )


def downgrade() -> None:
    """Drop the tables; they can be projected again."""
    for table in TABLES:
        op.drop_table(table)
