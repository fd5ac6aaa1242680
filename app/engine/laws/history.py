"""Check the history as a whole: every command once (L4), and none missing."""

from typing import Any

from sqlalchemy import text

from app.engine.laws.galaxy import BATCH_MAX, Checked

_TWICE = text(
    "SELECT command_id, count(*) FROM commands WHERE galaxy = :galaxy"
    " GROUP BY command_id HAVING count(*) > 1 LIMIT :limit"
)
_POSITIONS = text(
    "SELECT count(*) AS count, coalesce(min(position), 1) AS first,"
    " coalesce(max(position), 0) AS last, (SELECT coalesce(sum(position), 0)"
    "  FROM checkpoints WHERE galaxy = :galaxy AND reader = 'persister') AS checkpoint"
    " FROM commands WHERE galaxy = :galaxy"
)
"""One statement, so that the persister can't move in between."""
_STRAYS = text(
    "SELECT e.kind, e.id FROM (SELECT DISTINCT kind, id FROM events"
    " WHERE galaxy = :galaxy) e WHERE NOT EXISTS (SELECT FROM aggregates a"
    " WHERE a.galaxy = :galaxy AND a.kind = e.kind AND a.id = e.id) LIMIT :limit"
)


def twice(checked: Checked) -> dict[str, str]:
    """Name commands that were taken more than once."""
    return {row[0]: f"{row[1]} times" for row in _rows(checked, _TWICE)}


def gaps(checked: Checked) -> tuple[int, dict[str, str]]:
    """Count the commands, and say whether positions have a gap or stop short."""
    count, first, last, end = _rows(checked, _POSITIONS)[0]
    wrong: dict[str, str] = {}
    if last - first + 1 != count:
        wrong["positions"] = f"{count} commands between {first} and {last}"
    if end != last:
        wrong["checkpoint"] = f"at {end}, the last command at {last}"
    return count, wrong


def strays(checked: Checked) -> dict[str, str]:
    """Name aggregates that have a history and no state."""
    return {f"{row[0]}:{row[1]}": "has no state" for row in _rows(checked, _STRAYS)}


def _rows(checked: Checked, statement: Any) -> list[Any]:
    values = {"galaxy": checked.id, "limit": BATCH_MAX}
    with checked.postgres.connect() as connection:
        return list(connection.execute(statement, values))
