"""Keep the flags that detectors raise, for a person to confirm or to lift."""

from collections.abc import Iterable

from sqlalchemy import BigInteger, Boolean, Column, Connection, Integer, Table, Text
from sqlalchemy.dialects.postgresql import JSONB, insert

from app.engine.postgres import Id, metadata
from app.game.anticheat.model import Flag

table = Table(
    "flags",
    metadata,
    Column("galaxy", Id, primary_key=True),
    Column("player", Id, primary_key=True),
    Column("detector", Text, primary_key=True),
    Column("at_ms", BigInteger, primary_key=True),
    Column("confidence_percent", Integer, nullable=False),
    Column("evidence", JSONB, nullable=False),
    Column("shadow", Boolean, nullable=False),
    Column("confirmed", Boolean),
)
"""`confirmed` is empty until a person has looked; shadow flags lead to nothing."""


def keep(
    connection: Connection, galaxy: str, flags: Iterable[Flag], *, shadow: bool
) -> None:
    """Add flags, each once however often its evidence is read."""
    rows = [
        {
            "galaxy": galaxy,
            "player": flag.player,
            "detector": flag.detector,
            "at_ms": flag.at_ms,
            "confidence_percent": flag.confidence_percent,
            "evidence": flag.evidence,
            "shadow": shadow,
        }
        for flag in flags
    ]
    if rows:
        connection.execute(insert(table).on_conflict_do_nothing(), rows)
