"""Keep how far a reader of a galaxy's history has come, in Postgres."""

from typing import Any, NamedTuple

from sqlalchemy import Connection, select, text, update
from sqlalchemy.dialects.postgresql import insert

from app.engine.postgres import checkpoints as table

PERSISTER = "persister"
START = "0-0"
"""Journal id before the first entry."""


class Checkpoint(NamedTuple):
    """Tell how far a reader is.

    `position` counts the galaxy's commits from its beginning, `journal_id` names the
    last one in Redis, `epoch` the life of Redis' state that it belongs to.
    """

    position: int = 0
    journal_id: str = START
    epoch: str = ""

    @property
    def order(self) -> tuple[int, int]:
        """Order journal ids as Redis does."""
        return order(self.journal_id)


class Overtaken(Exception):
    """Tell that another process moved the checkpoint."""


def order(journal_id: str) -> tuple[int, int]:
    """Read a journal id so that ids compare as Redis compares them."""
    first_ms, number = journal_id.split("-")
    return int(first_ms), int(number)


def read(connection: Connection, galaxy: str) -> Checkpoint:
    """Read the persister's checkpoint; the first one where there is none."""
    columns = (table.c.position, table.c.journal_id, table.c.epoch)
    row = connection.execute(select(*columns).where(*_is(galaxy, PERSISTER))).first()
    return Checkpoint(*row) if row else Checkpoint()


def move(
    connection: Connection, galaxy: str, *, begin: Checkpoint, end: Checkpoint
) -> None:
    """Move the persister's checkpoint, in the caller's transaction.

    Raises:
        Overtaken: it is not at `begin`.
    """
    moved = connection.execute(
        update(table)
        .where(*_is(galaxy, PERSISTER), table.c.position == begin.position)
        .where(table.c.epoch == begin.epoch)
        .values(end._asdict())
    )
    if moved.rowcount != 1:
        raise Overtaken(galaxy)


def hold(connection: Connection, galaxy: str) -> None:
    """Keep the persister from writing until the caller's transaction ends."""
    held = select(table.c.position).where(*_is(galaxy, PERSISTER)).with_for_update()
    connection.execute(held)


def confirm(connection: Connection, galaxy: str, begin: Checkpoint) -> None:
    """See that the persister's checkpoint is at `begin`, and hold it there.

    Raises:
        Overtaken: it is not.
    """
    hold(connection, galaxy)
    if read(connection, galaxy) != begin:
        raise Overtaken(galaxy)


def begin_epoch(connection: Connection, galaxy: str, end: Checkpoint) -> None:
    """Set the persister's checkpoint whatever it was, in the caller's transaction."""
    _put(connection, galaxy, PERSISTER, end._asdict() | {"carry": {}})


def carried(
    connection: Connection, galaxy: str, reader: str
) -> tuple[int, dict[str, Any]]:
    """Read how far another reader is, and what it carries along."""
    columns = (table.c.position, table.c.carry)
    row = connection.execute(select(*columns).where(*_is(galaxy, reader))).first()
    return (row.position, row.carry) if row else (0, {})


def carry(
    connection: Connection, galaxy: str, reader: str, *, position: int, carry: Any
) -> None:
    """Keep how far another reader is, in the caller's transaction."""
    values = {"position": position, "carry": carry, "journal_id": START, "epoch": ""}
    _put(connection, galaxy, reader, values)


def _put(
    connection: Connection, galaxy: str, reader: str, values: dict[str, Any]
) -> None:
    statement = insert(table).values(galaxy=galaxy, reader=reader, **values)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[table.c.galaxy, table.c.reader], set_=values
        )
    )


def _is(galaxy: str, reader: str) -> tuple[Any, Any]:
    return table.c.galaxy == galaxy, table.c.reader == reader


def lock(connection: Connection, galaxy: str, reader: str) -> bool:
    """Try to be the one reader of a galaxy until this connection closes.

    A hint that spares work, not the guarantee: that is `move`.
    """
    name = f"{reader}:{galaxy}"
    with connection.begin():
        got = connection.execute(
            text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))"),
            {"name": name},
        )
        return bool(got.scalar_one())
