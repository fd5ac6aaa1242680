"""Show colonies to search, statistics and operators."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Index, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from app.engine import jsonb
from app.engine.history import Changed
from app.engine.postgres import UPDATED_IN_PLACE, Id, metadata
from app.game.colonies.model.state import KIND

KINDS: tuple[str, ...] = (KIND,)

table = Table(
    "colonies",
    metadata,
    Column("galaxy", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("player", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("x_milli", BigInteger, nullable=False),
    Column("y_milli", BigInteger, nullable=False),
    Column("region", Text, nullable=False),
    Column("planet_type", Text, nullable=False),
    Column("founded_ms", BigInteger, nullable=False),
    Column("awake_until_ms", BigInteger, nullable=False),
    Column("buildings", JSONB, nullable=False),
    Column("units", JSONB, nullable=False),
    Index("ix_colonies_player", "galaxy", "player"),
    postgresql_with=UPDATED_IN_PLACE,
)

SHOWN_MAX = 100
_WITHOUT_PLAYER = text(
    "SELECT c.id, c.player FROM colonies c LEFT JOIN players p"
    " ON p.galaxy = c.galaxy AND p.id = c.player"
    " WHERE c.galaxy = :galaxy AND p.id IS NULL LIMIT :limit"
)
_PLACES = text(
    "SELECT json_build_object("
    "'id', coalesce(json_agg(id), '[]'),"
    " 'x', coalesce(json_agg(trim_scale(x_milli * 0.001)), '[]'),"
    " 'y', coalesce(json_agg(trim_scale(y_milli * 0.001)), '[]'))::text"
    " FROM (SELECT id, x_milli, y_milli FROM colonies WHERE galaxy = :galaxy"
    " ORDER BY id LIMIT :limit) c"
)


def project(connection: Connection, galaxy: str, changed: Sequence[Changed]) -> None:
    """Bring the colonies' rows up to date."""
    jsonb.upsert(connection, table, [_row(galaxy, one.state) for one in changed])


def _row(galaxy: str, colony: Any) -> dict[str, Any]:
    names = (column.name for column in table.columns if column.name != "galaxy")
    return {"galaxy": galaxy, **{name: getattr(colony, name) for name in names}}


def without_player(connection: Connection, galaxy: str) -> dict[str, str]:
    """Name colonies whose owner is not there."""
    values = {"galaxy": galaxy, "limit": SHOWN_MAX}
    found = connection.execute(_WITHOUT_PLAYER, values).all()
    return {row.id: f"its owner {row.player} is not there" for row in found}


def places(connection: Connection, galaxy: str, limit: int) -> str:
    """Say where a galaxy's colonies lie, at most `limit`, as columns `id`, `x`, `y`.

    It is JSON as Postgres writes it: 20,000 rows would hold up an instance for 50 ms.
    """
    values = {"galaxy": galaxy, "limit": limit}
    found: str = connection.execute(_PLACES, values).scalar_one()
    return found
