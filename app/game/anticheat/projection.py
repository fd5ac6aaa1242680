"""Read what players did from the history, and keep the flags that this raises."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Integer,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, insert

from app.engine.postgres import Id, metadata
from app.game.anticheat.model import Flag

ROWS_MAX = 20_000
"""Commits that one step reads."""

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

_ACTIONS = text(
    "SELECT position, player, at_ms, name, fingerprint <> '' AS is_sent FROM commands"
    " WHERE galaxy = :galaxy AND position > :after ORDER BY position LIMIT :limit"
)
_CLAIMS = text(
    "SELECT e.player, e.id AS colony, e.body, a.state FROM events e"
    " JOIN aggregates a ON a.galaxy = e.galaxy AND a.kind = e.kind AND a.id = e.id"
    " WHERE e.galaxy = :galaxy AND e.position > :after AND e.position <= :last"
    " AND e.name = 'ClaimNoted' ORDER BY e.position"
)


def commands_after(connection: Connection, galaxy: str, position: int) -> list[Any]:
    """Read the next commits: `is_sent` where a player sent the command."""
    values = {"galaxy": galaxy, "after": position, "limit": ROWS_MAX}
    return list(connection.execute(_ACTIONS, values))


def claims_between(
    connection: Connection, galaxy: str, *, after: int, last: int
) -> list[Any]:
    """Read the claims noted in these commits, with the state of the colony."""
    values = {"galaxy": galaxy, "after": after, "last": last}
    return list(connection.execute(_CLAIMS, values))


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
