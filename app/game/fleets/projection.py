"""Show fleets to search, statistics and operators."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Index, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from app.engine import jsonb
from app.engine.history import Changed
from app.engine.postgres import UPDATED_IN_PLACE, Id, metadata
from app.game.fleets.model.state import KIND

KINDS: tuple[str, ...] = (KIND,)

table = Table(
    "fleets",
    metadata,
    Column("galaxy", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("player", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("ships", JSONB, nullable=False),
    Column("sector", Text, nullable=False),
    Column("battle", Id, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Index("ix_fleets_player", "galaxy", "player"),
    postgresql_with=UPDATED_IN_PLACE,
)
"""Fleets as their last event left them; a dissolved one has no ships."""

SHOWN_MAX = 100
_WITHOUT_PLAYER = text(
    "SELECT f.id, f.player FROM fleets f LEFT JOIN players p"
    " ON p.galaxy = f.galaxy AND p.id = f.player"
    " WHERE f.galaxy = :galaxy AND p.id IS NULL LIMIT :limit"
)


def project(connection: Connection, galaxy: str, changed: Sequence[Changed]) -> None:
    """Bring the fleets' rows up to date."""
    jsonb.upsert(connection, table, [_row(galaxy, one.state) for one in changed])


def _row(galaxy: str, fleet: Any) -> dict[str, Any]:
    names = (column.name for column in table.columns if column.name != "galaxy")
    return {"galaxy": galaxy, **{name: getattr(fleet, name) for name in names}}


def without_player(connection: Connection, galaxy: str) -> dict[str, str]:
    """Name fleets whose owner is not there."""
    values = {"galaxy": galaxy, "limit": SHOWN_MAX}
    found = connection.execute(_WITHOUT_PLAYER, values).all()
    return {row.id: f"its owner {row.player} is not there" for row in found}
