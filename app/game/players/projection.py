"""Show players to rankings, search and operators."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, Table, Text

from app.engine import jsonb
from app.engine.history import Changed
from app.engine.postgres import Id, metadata
from app.game.players.model import KIND

KINDS: tuple[str, ...] = (KIND,)

table = Table(
    "players",
    metadata,
    Column("galaxy", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("username", Text, nullable=False),
    Column("colonies", Integer, nullable=False),
    Column("fleets", Integer, nullable=False),
    Column("credits_milli", BigInteger, nullable=False),
    Column("shield_until_ms", BigInteger, nullable=False),
    Column("joined_ms", BigInteger, nullable=False),
)


def project(connection: Connection, galaxy: str, changed: Sequence[Changed]) -> None:
    """Bring the players' rows up to date."""
    jsonb.upsert(connection, table, [_row(galaxy, one) for one in changed])


def _row(galaxy: str, changed: Changed) -> dict[str, Any]:
    player = changed.state
    return {
        "galaxy": galaxy,
        "id": player.id,
        "username": player.username,
        "colonies": len(player.colonies),
        "fleets": len(player.fleets),
        "credits_milli": player.credits_milli,
        "shield_until_ms": player.shield_until_ms,
        "joined_ms": player.joined_ms,
    }
