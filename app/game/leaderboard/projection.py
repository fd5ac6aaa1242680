"""Rank players by power: powers are kept up to date, ranks counted when asked for."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Index, Table, Text, text

from app.engine import jsonb
from app.engine.history import Changed
from app.engine.postgres import UPDATED_IN_PLACE, Id, metadata
from app.game.colonies.model.state import KIND as COLONY
from app.game.fleets.model.state import KIND as FLEET
from app.game.leaderboard import model
from app.game.players.model import KIND as PLAYER

KINDS: tuple[str, ...] = (PLAYER, COLONY, FLEET)
LIMIT_MAX = 100

parts = Table(
    "power_parts",
    metadata,
    Column("galaxy", Id, primary_key=True),
    Column("player", Id, primary_key=True),
    Column("part", Id, primary_key=True),
    Column("power", BigInteger, nullable=False),
    postgresql_with=UPDATED_IN_PLACE,
)
"""What each colony and fleet adds to a player's power, and what the player's own state
adds."""

powers = Table(
    "powers",
    metadata,
    Column("galaxy", Id, primary_key=True),
    Column("player", Id, primary_key=True),
    Column("username", Text, nullable=False),
    Column("power", BigInteger, nullable=False),
    Index("ix_powers_rank", "galaxy", text("power DESC"), "player"),
)

_OF: Mapping[str, Callable[[Any], int]] = {
    COLONY: model.of_colony,
    FLEET: model.of_fleet,
}
_SUM = text(
    "INSERT INTO powers (galaxy, player, username, power)"
    " SELECT s.galaxy, s.player, p.username, s.power FROM ("
    "  SELECT galaxy, player, sum(power) AS power FROM power_parts"
    "  WHERE galaxy = :galaxy AND player = ANY(:players) GROUP BY galaxy, player) s"
    " JOIN players p ON p.galaxy = s.galaxy AND p.id = s.player"
    " ON CONFLICT (galaxy, player)"
    " DO UPDATE SET username = excluded.username, power = excluded.power"
)
_DELETE = text(
    "DELETE FROM power_parts WHERE galaxy = :galaxy AND player = ANY(:players)"
    " AND part = ANY(:gone)"
)
_RANKED = (
    "SELECT player, username, power FROM powers WHERE galaxy = :galaxy"
    " ORDER BY power DESC, player LIMIT :limit OFFSET :offset"
)
_AHEAD = text(
    "SELECT count(*) FROM powers, (SELECT power, player FROM powers"
    "  WHERE galaxy = :galaxy AND player = :player) me"
    " WHERE galaxy = :galaxy AND (powers.power > me.power"
    "  OR (powers.power = me.power AND powers.player < me.player))"
    " HAVING EXISTS (SELECT FROM powers"
    "  WHERE galaxy = :galaxy AND player = :player)"
)


class Place(NamedTuple):
    """Hold one line of the ranking. Of equal power, the smaller id goes first."""

    rank: int
    player: str
    username: str
    power: int


def project(connection: Connection, galaxy: str, changed: Sequence[Changed]) -> None:
    """Bring the powers of these players, colonies and fleets up to date."""
    rows = [_part(galaxy, one) for one in changed]
    jsonb.upsert(connection, parts, rows)
    touched = sorted({row["player"] for row in rows})
    _forget(connection, galaxy, touched, changed)
    connection.execute(_SUM, {"galaxy": galaxy, "players": touched})


def _forget(
    connection: Connection, galaxy: str, players: list[str], changed: Sequence[Changed]
) -> None:
    """Take away the parts of fleets that are no more."""
    gone = [
        one.ref.id for one in changed if one.ref.kind == FLEET and not one.state.ships
    ]
    if gone:
        values = {"galaxy": galaxy, "players": players, "gone": gone}
        connection.execute(_DELETE, values)


def top(
    connection: Connection, galaxy: str, *, limit: int, offset: int = 0
) -> list[Place]:
    """Read the ranking from a place on, at most `LIMIT_MAX` lines."""
    bounds = {"limit": min(limit, LIMIT_MAX), "offset": offset}
    rows = connection.execute(text(_RANKED), {"galaxy": galaxy, **bounds})
    return [Place(offset + i, *row) for i, row in enumerate(rows, 1)]


def around(
    connection: Connection, galaxy: str, player: str, *, each_side: int
) -> list[Place]:
    """Read the ranking around a player; nothing where the player has no empire."""
    who = {"galaxy": galaxy, "player": player}
    ahead = connection.execute(_AHEAD, who).scalar()
    if ahead is None:
        return []
    offset = max(0, ahead - each_side)
    limit = ahead - offset + 1 + each_side
    return top(connection, galaxy, limit=limit, offset=offset)


def _part(galaxy: str, changed: Changed) -> dict[str, Any]:
    state = changed.state
    if changed.ref.kind == PLAYER:
        owner, part, power = state.id, "technologies", model.of_player(state)
    else:
        owner, part, power = state.player, changed.ref.id, _OF[changed.ref.kind](state)
    return {"galaxy": galaxy, "player": owner, "part": part, "power": power}
