"""Keep flags, and what was decided of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    DateTime,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from app.core.units import DAY_MS
from app.engine import jsonb
from app.engine.postgres import Id, metadata
from app.game.anticheat.model.flag import CONFIDENCE_MAX, Flag
from app.game.anticheat.rules.claims import CLAIMS

CONFIRMED_MAX = 5
"""More confirmed flags than that ban an account (decision 16)."""
SHOWN_MAX = 100

SURE = (CLAIMS,)
"""Detectors whose surest flags need no person: the client sent what can't be."""
REVIEW_MS = DAY_MS
"""How long persons have to reject a flag before it is confirmed without them."""
MACHINE = "anti-cheat"
"""Who decided, where no person did."""

table = Table(
    "flags",
    metadata,
    Column("galaxy", Id, primary_key=True),
    Column("player", Id, primary_key=True),
    Column("detector", Text, primary_key=True),
    Column("at_ms", BigInteger, primary_key=True),
    Column("id", BigInteger, Identity(always=True), nullable=False),
    Column("confidence_percent", Integer, nullable=False),
    Column("evidence", JSONB, nullable=False),
    Column("shadow", Boolean, nullable=False),
    Column("confirmed", Boolean),
    Column("is_spent", Boolean, nullable=False, server_default=text("false")),
    UniqueConstraint("id", name="uq_flags_id"),
    Index("ix_flags_counts", "player", postgresql_where=text("confirmed")),
)
"""`confirmed` is empty until it is decided on. Shadow flags lead to nothing, and spent
ones to nothing more: they led to a ban, or to one that was lifted."""

decisions = Table(
    "flag_decisions",
    metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("flag", BigInteger, nullable=False),
    Column("player", Id, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("ix_flag_decisions_flag", "flag"),
)
"""Every decision ever made on a flag, also those that a later one replaced."""

_KEEP = text(
    "INSERT INTO flags AS f (galaxy, player, detector, at_ms, confidence_percent,"
    " evidence, shadow) SELECT :galaxy, player, detector, at_ms, confidence_percent,"
    " evidence, :shadow FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(player text,"
    " detector text, at_ms bigint, confidence_percent integer, evidence jsonb)"
    " ON CONFLICT (galaxy, player, detector, at_ms) DO UPDATE SET"
    " confidence_percent = excluded.confidence_percent, evidence = excluded.evidence"
    " WHERE f.confirmed IS NULL"
    " AND excluded.confidence_percent >= f.confidence_percent"
    " RETURNING player, detector, at_ms, xmax = 0 AS is_new"
)
_DECIDE = text(
    "UPDATE flags SET confirmed = :confirmed WHERE id = ANY(:ids)"
    " AND confirmed IS DISTINCT FROM :confirmed RETURNING id, player"
)
_SURE = text(
    "SELECT DISTINCT ON (player, detector, at_ms / :day_ms) id FROM flags f"
    " WHERE confirmed IS NULL AND NOT shadow AND at_ms < :before_ms"
    " AND detector = ANY(:detectors) AND confidence_percent >= :least"
    " AND NOT EXISTS (SELECT FROM flags g WHERE g.player = f.player"
    " AND g.detector = f.detector AND g.at_ms / :day_ms = f.at_ms / :day_ms"
    " AND g.confirmed IS NOT NULL)"
    " ORDER BY player, detector, at_ms / :day_ms, at_ms"
)
_COUNTS = "confirmed AND NOT shadow AND NOT is_spent"
_TOO_MANY = text(
    f"SELECT player FROM flags WHERE {_COUNTS}"  # noqa: S608 - a constant
    " GROUP BY player HAVING count(*) > :most ORDER BY player"
)
_SPEND = text(
    f"UPDATE flags SET is_spent = true WHERE player = :player AND {_COUNTS}"  # noqa: S608
)
_LISTED = text(
    "SELECT id, galaxy, player, detector, at_ms, confidence_percent, evidence, shadow,"
    " confirmed, is_spent FROM flags WHERE (:is_all OR confirmed IS NULL)"
    " AND (CAST(:player AS text) IS NULL OR player = :player)"
    " ORDER BY confidence_percent DESC, id DESC LIMIT :limit"
)


def keep(
    connection: Connection, galaxy: str, flags: Iterable[Flag], *, shadow: bool
) -> list[Flag]:
    """Keep flags, and give those that were not known before.

    One that is raised again for the same episode takes the place of the first, where it
    is as sure and nobody decided on it.
    """
    by_key = {
        (one.player, one.detector, one.at_ms): one
        for one in sorted(flags, key=lambda one: one.confidence_percent)
    }
    if not by_key:
        return []
    rows = jsonb.encode(list(by_key.values())).decode()
    values = {"galaxy": galaxy, "shadow": shadow, "rows": rows}
    found = connection.execute(_KEEP, values)
    return [by_key[row.player, row.detector, row.at_ms] for row in found if row.is_new]


def listed(
    connection: Connection, player: str | None = None, *, is_all: bool = False
) -> list[Any]:
    """Read the flags that wait for a decision, or all, surest first."""
    values = {"player": player, "is_all": is_all, "limit": SHOWN_MAX}
    return list(connection.execute(_LISTED, values))


def decide(
    connection: Connection, ids: Sequence[int], *, confirmed: bool, who: str
) -> list[Any]:
    """Decide on flags, and note who did; give those whose state this changed."""
    values = {"ids": list(ids), "confirmed": confirmed}
    changed = connection.execute(_DECIDE, values).all()
    if changed:
        rows = [
            {"flag": row.id, "player": row.player, "confirmed": confirmed, "who": who}
            for row in changed
        ]
        connection.execute(decisions.insert(), rows)
    return list(changed)


def confirm_sure(connection: Connection, now_ms: int) -> list[Any]:
    """Confirm what arithmetic proves and nobody rejected in time.

    At most one flag of a player, detector and day: a mistake of ours, or of a client's
    author, shows for days before it bans anybody.
    """
    values = {
        "day_ms": DAY_MS,
        "before_ms": now_ms - REVIEW_MS,
        "detectors": list(SURE),
        "least": CONFIDENCE_MAX,
    }
    ids = connection.execute(_SURE, values).scalars().all()
    return decide(connection, ids, confirmed=True, who=MACHINE) if ids else []


def too_many(connection: Connection) -> list[str]:
    """Name the players with so many confirmed flags that they are to be banned."""
    found = connection.execute(_TOO_MANY, {"most": CONFIRMED_MAX})
    return list(found.scalars())


def spend(connection: Connection, player: str) -> None:
    """Let a player's confirmed flags count no more."""
    connection.execute(_SPEND, {"player": player})
