"""Read what was said, from the history: the events are the messages, and kept once.

A channel's state keeps its last messages only. All of them are rows of `events`, which
are found by the channel in the order of their numbers, and by who said them.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Index, text

from app.engine.postgres import events
from app.game.chat.model import KIND, MessageSaid

LIMIT_MAX = 100
EXPORTED_MAX = 10_000
"""The newest messages of a person are what an export holds."""

Index(
    "ix_events_said",
    events.c.player,
    events.c.at_ms,
    postgresql_where=events.c.name == MessageSaid.__name__,
)

_SAID = text(
    "SELECT body FROM events WHERE galaxy = :galaxy AND kind = :kind AND id = :channel"
    " AND version < :before AND name = 'MessageSaid'"
    " ORDER BY version DESC LIMIT :limit"
)
_SAID_BY = text(
    "SELECT galaxy, id AS channel, body ->> 'text' AS text, at_ms AS said_ms"
    " FROM events WHERE player = :player AND name = 'MessageSaid'"
    " ORDER BY at_ms DESC LIMIT :limit"
)


def said(
    connection: Connection, which: tuple[str, str], before: int, limit: int
) -> list[Mapping[str, Any]]:
    """Read what was said in `which` (galaxy, channel), newest first.

    That is what has a smaller number than `before`, at most `LIMIT_MAX` messages.
    """
    galaxy, channel = which
    values = {"galaxy": galaxy, "kind": KIND, "channel": channel, "before": before}
    rows = connection.execute(_SAID, values | {"limit": min(limit, LIMIT_MAX)})
    return [body for (body,) in rows]


def said_by(connection: Connection, player: str) -> list[dict[str, Any]]:
    """Read what a person said in any galaxy, newest first, for an export."""
    rows = connection.execute(_SAID_BY, {"player": player, "limit": EXPORTED_MAX})
    return [dict(row) for row in rows.mappings()]
