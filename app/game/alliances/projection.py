"""Show alliances to search and operators: who is a member of which."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, Index, Table, text

from app.engine import jsonb
from app.engine.history import Changed
from app.engine.postgres import Id, metadata
from app.game.alliances.model import KIND

KINDS: tuple[str, ...] = (KIND,)

table = Table(
    "alliance_members",
    metadata,
    Column("galaxy", Id, primary_key=True),
    Column("player", Id, primary_key=True),
    Column("alliance", Id, nullable=False),
    Index("ix_alliance_members_alliance", "galaxy", "alliance"),
)

_CLEAR = text(
    "DELETE FROM alliance_members WHERE galaxy = :galaxy AND alliance = ANY(:alliances)"
)


def project(connection: Connection, galaxy: str, changed: Sequence[Changed]) -> None:
    """Write the members of these alliances anew."""
    if not changed:
        return
    names = [one.ref.id for one in changed]
    connection.execute(_CLEAR, {"galaxy": galaxy, "alliances": names})
    rows = [row for one in changed for row in _rows(galaxy, one)]
    jsonb.upsert(connection, table, rows)


def _rows(galaxy: str, changed: Changed) -> list[dict[str, Any]]:
    return [
        {"galaxy": galaxy, "player": player, "alliance": changed.ref.id}
        for player in changed.state.members
    ]
