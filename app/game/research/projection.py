"""Show running research to statistics and operators."""

from collections.abc import Sequence

from sqlalchemy import Column, Connection, Table
from sqlalchemy.dialects.postgresql import JSONB

from app.engine import jsonb
from app.engine.history import Changed
from app.engine.postgres import UPDATED_IN_PLACE, Id, metadata
from app.game.research.model import KIND

KINDS: tuple[str, ...] = (KIND,)

table = Table(
    "research",
    metadata,
    Column("galaxy", Id, primary_key=True),
    Column("player", Id, primary_key=True),
    Column("projects", JSONB, nullable=False),
    postgresql_with=UPDATED_IN_PLACE,
)
"""What a player has learned stands in the player's own state."""


def project(connection: Connection, galaxy: str, changed: Sequence[Changed]) -> None:
    """Bring the rows of running projects up to date."""
    rows = [
        {"galaxy": galaxy, "player": one.ref.id, "projects": one.state.projects}
        for one in changed
    ]
    jsonb.upsert(connection, table, rows)
