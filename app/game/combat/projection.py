"""Show battles to reports, rankings and the check of the world."""

from collections.abc import Sequence
from typing import Any, NamedTuple

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

from app.core.units import MINUTE_MS, whole
from app.engine import jsonb
from app.engine.history import Changed
from app.engine.postgres import Id, metadata
from app.game.combat.model.engine.spec import TICK_MS, TICKS_MAX
from app.game.combat.model.scores import scores
from app.game.combat.model.state import KIND, Battle

KINDS: tuple[str, ...] = (KIND,)
LIMIT_MAX = 100
SHOWN_MAX = 100
GRACE_MS = 5 * MINUTE_MS
"""How late an end may be before it is reported as missing."""

BATTLES, ARENAS, SKIRMISHES = "battles", "arenas", "skirmishes"
"""What battles count as: apart from those with something at stake are arenas, where
nothing is, and skirmishes, which are for practice and count in no ranking."""
RANKED = [BATTLES, ARENAS]

table = Table(
    "battles",
    metadata,
    Column("galaxy", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("board", Text, nullable=False),
    Column("colony", Id, nullable=False),
    Column("sector", Text, nullable=False),
    Column("began_ms", BigInteger, nullable=False),
    Column("ended_ms", BigInteger, nullable=False),
    Column("winner", Integer, nullable=False),
)
"""Every battle; `ended_ms` is 0 and `winner` -1 while it goes on."""

battle_scores = Table(
    "battle_scores",
    metadata,
    Column("galaxy", Id, primary_key=True),
    Column("battle", Id, primary_key=True),
    Column("player", Id, primary_key=True),
    Column("username", Text, nullable=False),
    Column("board", Text, nullable=False),
    Column("points", BigInteger, nullable=False),
    Column("won", Boolean, nullable=False),
    Column("destroyed", BigInteger, nullable=False),
    Column("lost", BigInteger, nullable=False),
    Column("ended_ms", BigInteger, nullable=False),
    Index("ix_battle_scores_player", "galaxy", "player", "ended_ms", "battle"),
)
"""What each player got out of a finished battle; worths are in units."""

battle_ranks = Table(
    "battle_ranks",
    metadata,
    Column("galaxy", Id, primary_key=True),
    Column("board", Text, primary_key=True),
    Column("player", Id, primary_key=True),
    Column("username", Text, nullable=False),
    Column("points", BigInteger, nullable=False),
    Column("battles", Integer, nullable=False),
    Column("victories", Integer, nullable=False),
    Index("ix_battle_ranks", "galaxy", "board", text("points DESC"), "player"),
)

_SUM = text(
    "INSERT INTO battle_ranks"
    " (galaxy, board, player, username, points, battles, victories)"
    " SELECT galaxy, board, player, max(username), sum(points), count(*),"
    "  count(*) FILTER (WHERE won)"
    " FROM battle_scores WHERE galaxy = :galaxy AND player = ANY(:players)"
    "  AND board = ANY(:boards)"
    " GROUP BY galaxy, board, player"
    " ON CONFLICT (galaxy, board, player) DO UPDATE SET"
    " username = excluded.username, points = excluded.points,"
    " battles = excluded.battles, victories = excluded.victories"
)
_RANKING = text(
    "SELECT player, username, points, battles, victories FROM battle_ranks"
    " WHERE galaxy = :galaxy AND board = :board"
    " ORDER BY points DESC, player LIMIT :limit OFFSET :offset"
)
_AHEAD = text(
    "SELECT count(*) FROM battle_ranks r, (SELECT points, player FROM battle_ranks"
    "  WHERE galaxy = :galaxy AND board = :board AND player = :player) me"
    " WHERE galaxy = :galaxy AND board = :board AND (r.points > me.points"
    "  OR (r.points = me.points AND r.player < me.player))"
    " HAVING EXISTS (SELECT FROM battle_ranks"
    "  WHERE galaxy = :galaxy AND board = :board AND player = :player)"
)
_REPORTS = text(
    "SELECT s.battle, s.board, b.sector, b.colony, b.began_ms, s.ended_ms, s.points,"
    " s.won, s.destroyed, s.lost FROM battle_scores s"
    " JOIN battles b ON b.galaxy = s.galaxy AND b.id = s.battle"
    " WHERE s.galaxy = :galaxy AND s.player = :player"
    " AND (s.ended_ms, s.battle) < (:before_ms, :before)"
    " ORDER BY s.ended_ms DESC, s.battle DESC LIMIT :limit"
)
_ENDLESS = text(
    "SELECT id, began_ms FROM battles WHERE galaxy = :galaxy AND ended_ms = 0"
    " AND began_ms < :began_ms LIMIT :limit"
)
_STUCK = text(
    "SELECT f.id, f.battle FROM fleets f JOIN battles b"
    " ON b.galaxy = f.galaxy AND b.id = f.battle"
    " WHERE f.galaxy = :galaxy AND b.ended_ms BETWEEN 1 AND :ended_ms LIMIT :limit"
)


class Place(NamedTuple):
    """Hold one line of a ranking. Of equal points, the smaller id goes first."""

    rank: int
    player: str
    username: str
    points: int
    battles: int
    victories: int


class Board(NamedTuple):
    """Read one of the rankings."""

    name: str

    def top(
        self, connection: Connection, galaxy: str, *, limit: int, offset: int = 0
    ) -> list[Place]:
        """Read the ranking from a place on, at most `LIMIT_MAX` lines."""
        bounds = {"limit": min(limit, LIMIT_MAX), "offset": offset}
        which = {"galaxy": galaxy, "board": self.name}
        rows = connection.execute(_RANKING, which | bounds)
        return [Place(offset + i, *row) for i, row in enumerate(rows, 1)]

    def around(
        self, connection: Connection, galaxy: str, player: str, *, each_side: int
    ) -> list[Place]:
        """Read the ranking around a player; nothing where the player is in none."""
        who = {"galaxy": galaxy, "board": self.name, "player": player}
        ahead = connection.execute(_AHEAD, who).scalar()
        if ahead is None:
            return []
        offset = max(0, ahead - each_side)
        limit = ahead - offset + 1 + each_side
        return self.top(connection, galaxy, limit=limit, offset=offset)


def project(connection: Connection, galaxy: str, changed: Sequence[Changed]) -> None:
    """Bring battles, scores and the rankings that follow up to date."""
    battles = [one.state for one in changed]
    jsonb.upsert(connection, table, [_row(galaxy, one) for one in battles])
    ended = [one for one in battles if one.is_over]
    rows = [row for one in ended for row in _scores(galaxy, one)]
    jsonb.upsert(connection, battle_scores, rows)
    touched = sorted({row["player"] for row in rows})
    values = {"galaxy": galaxy, "players": touched, "boards": RANKED}
    connection.execute(_SUM, values)


def _row(galaxy: str, battle: Battle) -> dict[str, Any]:
    return {
        "galaxy": galaxy,
        "id": battle.id,
        "board": _board(battle),
        "colony": battle.colony,
        "sector": battle.sector,
        "began_ms": battle.began_ms,
        "ended_ms": battle.ended_ms,
        "winner": battle.winner,
    }


def _board(battle: Battle) -> str:
    if battle.is_skirmish:
        return SKIRMISHES
    return ARENAS if battle.arena else BATTLES


def _scores(galaxy: str, battle: Battle) -> list[dict[str, Any]]:
    return [
        {
            "galaxy": galaxy,
            "battle": battle.id,
            "player": one.player,
            "username": one.username,
            "board": _board(battle),
            "points": one.points,
            "won": one.won,
            "destroyed": whole(one.destroyed_milli),
            "lost": whole(one.lost_milli),
            "ended_ms": battle.ended_ms,
        }
        for one in scores(battle)
    ]


def reports(
    connection: Connection, who: tuple[str, str], before: tuple[int, str], limit: int
) -> list[dict[str, Any]]:
    """List finished battles of `who` (galaxy, player), newest first.

    Those that ended before `before`: a time in ms and a battle.
    """
    values = {
        "galaxy": who[0],
        "player": who[1],
        "before_ms": before[0],
        "before": before[1],
        "limit": min(limit, LIMIT_MAX),
    }
    return [dict(row) for row in connection.execute(_REPORTS, values).mappings()]


def endless(connection: Connection, galaxy: str, now_ms: int) -> dict[str, str]:
    """Name battles that should have ended long ago."""
    began_ms = now_ms - TICKS_MAX * TICK_MS - GRACE_MS
    values = {"galaxy": galaxy, "began_ms": began_ms, "limit": SHOWN_MAX}
    found = connection.execute(_ENDLESS, values).all()
    return {row.id: f"it goes on since {row.began_ms}" for row in found}


def stuck(connection: Connection, galaxy: str, now_ms: int) -> dict[str, str]:
    """Name fleets that are in battles which are over."""
    values = {"galaxy": galaxy, "ended_ms": now_ms - GRACE_MS, "limit": SHOWN_MAX}
    found = connection.execute(_STUCK, values).all()
    return {row.id: f"its battle {row.battle} is over" for row in found}
