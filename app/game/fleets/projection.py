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
"""Fleets as their last event left them; one that is no more has no row."""

SHOWN_MAX = 100
_DELETE = text("DELETE FROM fleets WHERE galaxy = :galaxy AND id = ANY(:ids)")
_WITHOUT_PLAYER = text(
    "SELECT f.id, f.player FROM fleets f LEFT JOIN players p"
    " ON p.galaxy = f.galaxy AND p.id = f.player"
    " WHERE f.galaxy = :galaxy AND p.id IS NULL LIMIT :limit"
)
_DEAD = text(
    "SELECT p.id, p.fleets, count(f.id) AS alive FROM players p LEFT JOIN fleets f"
    " ON f.galaxy = p.galaxy AND f.player = p.id WHERE p.galaxy = :galaxy"
    " GROUP BY p.id, p.fleets HAVING count(f.id) <> p.fleets LIMIT :limit"
)


def project(connection: Connection, galaxy: str, changed: Sequence[Changed]) -> None:
    """Bring the fleets' rows up to date."""
    alive = [_row(galaxy, one.state) for one in changed if one.state.ships]
    jsonb.upsert(connection, table, alive)
    gone = [one.ref.id for one in changed if not one.state.ships]
    if gone:
        connection.execute(_DELETE, {"galaxy": galaxy, "ids": gone})


def _row(galaxy: str, fleet: Any) -> dict[str, Any]:
    names = (column.name for column in table.columns if column.name != "galaxy")
    return {"galaxy": galaxy, **{name: getattr(fleet, name) for name in names}}


def without_player(connection: Connection, galaxy: str) -> dict[str, str]:
    """Name fleets whose owner is not there."""
    values = {"galaxy": galaxy, "limit": SHOWN_MAX}
    found = connection.execute(_WITHOUT_PLAYER, values).all()
    return {row.id: f"its owner {row.player} is not there" for row in found}


def dead(connection: Connection, galaxy: str) -> dict[str, str]:
    """Name players who list fleets that are no more, or not all that are theirs."""
    values = {"galaxy": galaxy, "limit": SHOWN_MAX}
    found = connection.execute(_DEAD, values).all()
    return {row.id: f"lists {row.fleets} fleets, has {row.alive}" for row in found}
