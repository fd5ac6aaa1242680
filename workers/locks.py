"""Let one worker at a time do a task in a galaxy."""

from sqlalchemy import Connection, text

SCAN, REPLAYS, WORLD = 1, 2, 3
"""The tasks, as their locks are numbered."""

_TAKE = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:galaxy, :task))")


def take(connection: Connection, galaxy: str, task: int) -> bool:
    """Try to be the one who does it, until the caller's transaction ends."""
    values = {"galaxy": galaxy, "task": task}
    return bool(connection.execute(_TAKE, values).scalar_one())
