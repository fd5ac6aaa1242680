"""Keep what flows between accounts, and how much each does, for some weeks."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    Table,
    Text,
    text,
)

from app.core.units import DAY_MS
from app.engine import jsonb
from app.engine.postgres import UPDATED_IN_PLACE, Id, metadata
from app.game.anticheat.model.traces import Effort, Gift
from app.game.anticheat.rules.transfers import WINDOW_MS

gifts = Table(
    "gifts",
    metadata,
    Column("galaxy", Id, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("sender", Id, primary_key=True),
    Column("receiver", Id, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("value_milli", BigInteger, nullable=False),
    Column("stakes_milli", BigInteger, nullable=False),
    Column("is_flagged", Boolean, nullable=False),
    Index("ix_gifts_sender", "galaxy", "sender", "at_ms"),
    Index("ix_gifts_receiver", "galaxy", "receiver", "at_ms"),
    Index("ix_gifts_at_ms", "galaxy", "at_ms"),
)
"""What went from one account to another. What a flag counted counts in no other."""

efforts = Table(
    "efforts",
    metadata,
    Column("galaxy", Id, primary_key=True),
    Column("player", Id, primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("actions", Integer, nullable=False),
    Column("arms", Integer, nullable=False),
    Index("ix_efforts_day", "galaxy", "day"),
    postgresql_with=UPDATED_IN_PLACE,
)
"""How many commands each player sent on a day (UTC), and how many of them for war."""

_ADD_GIFTS = text(
    "INSERT INTO gifts (galaxy, source, sender, receiver, at_ms, value_milli,"
    " stakes_milli, is_flagged) SELECT :galaxy, source, sender, receiver, at_ms,"
    " value_milli, stakes_milli, false FROM jsonb_to_recordset(CAST(:rows AS jsonb))"
    " AS r(source text, sender text, receiver text, at_ms bigint, value_milli bigint,"
    " stakes_milli bigint) ON CONFLICT DO NOTHING"
)
_ADD_EFFORTS = text(
    "INSERT INTO efforts AS e (galaxy, player, day, actions, arms)"
    " SELECT :galaxy, player, day, actions, arms"
    " FROM jsonb_to_recordset(CAST(:rows AS jsonb))"
    " AS r(player text, day integer, actions integer, arms integer)"
    " ON CONFLICT (galaxy, player, day) DO UPDATE SET"
    " actions = e.actions + excluded.actions, arms = e.arms + excluded.arms"
)
_GIFTS = text(
    "SELECT source, sender, receiver, at_ms, value_milli, stakes_milli FROM gifts"
    " WHERE galaxy = :galaxy AND at_ms > :since_ms AND NOT is_flagged"
    " AND (sender = ANY(:senders) OR receiver = ANY(:senders)) ORDER BY at_ms, source"
)
_EFFORTS = text(
    "SELECT player, sum(actions) AS actions, sum(arms) AS arms FROM efforts"
    " WHERE galaxy = :galaxy AND day > :after AND player = ANY(:players)"
    " GROUP BY player"
)
_SPEND = text(
    "UPDATE gifts SET is_flagged = true WHERE galaxy = :galaxy"
    " AND (sender, receiver) IN (SELECT * FROM unnest("
    " CAST(:senders AS text[]), CAST(:receivers AS text[]))) AND NOT is_flagged"
)
_PRUNE = (
    text("DELETE FROM gifts WHERE galaxy = :galaxy AND at_ms <= :since_ms"),
    text("DELETE FROM efforts WHERE galaxy = :galaxy AND day <= :after"),
)


def add_gifts(connection: Connection, galaxy: str, found: Sequence[Gift]) -> None:
    """Add gifts, each once."""
    if found:
        rows = jsonb.encode(found).decode()
        connection.execute(_ADD_GIFTS, {"galaxy": galaxy, "rows": rows})


def add_efforts(
    connection: Connection, galaxy: str, did: Mapping[tuple[str, int], Effort]
) -> None:
    """Add what players did, by player and day, to what they did before."""
    rows = [
        {"player": player, "day": day, "actions": one.actions, "arms": one.arms}
        for (player, day), one in sorted(did.items())
    ]
    if rows:
        values = {"galaxy": galaxy, "rows": jsonb.encode(rows).decode()}
        connection.execute(_ADD_EFFORTS, values)


def gifts_around(
    connection: Connection, galaxy: str, senders: Iterable[str], now_ms: int
) -> list[Gift]:
    """Read the gifts from and to some senders that no flag counts yet."""
    values = _window(galaxy, now_ms) | {"senders": list(senders)}
    return [Gift(**row) for row in connection.execute(_GIFTS, values).mappings()]


def efforts_of(
    connection: Connection, galaxy: str, players: Iterable[str], now_ms: int
) -> dict[str, Effort]:
    """Read how much players did lately."""
    values = _window(galaxy, now_ms) | {"players": list(players)}
    found = connection.execute(_EFFORTS, values)
    return {row.player: Effort(row.actions, row.arms) for row in found}


def spend(
    connection: Connection, galaxy: str, pairs: Sequence[tuple[str, str]]
) -> None:
    """Let the gifts of pairs (sender, receiver) count no more: a flag counts them."""
    if pairs:
        senders, receivers = zip(*pairs, strict=True)
        values = {"senders": list(senders), "receivers": list(receivers)}
        connection.execute(_SPEND, values | {"galaxy": galaxy})


def prune(connection: Connection, galaxy: str, now_ms: int) -> None:
    """Forget what no detector looks at any more."""
    for statement in _PRUNE:
        connection.execute(statement, _window(galaxy, now_ms))


def _window(galaxy: str, now_ms: int) -> dict[str, object]:
    since_ms = now_ms - WINDOW_MS
    return {"galaxy": galaxy, "since_ms": since_ms, "after": since_ms // DAY_MS}
