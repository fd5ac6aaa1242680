"""Fetch aggregates that left Redis, from Postgres."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Engine, bindparam, select, tuple_
from sqlalchemy.exc import SQLAlchemyError

from app.core.message import Ref
from app.engine.postgres import aggregates
from app.engine.redis import Unavailable


class Frozen(NamedTuple):
    """Hold an aggregate as Postgres has it."""

    version: int
    data: bytes
    changed_ms: int


_FETCH = select(
    aggregates.c.kind,
    aggregates.c.id,
    aggregates.c.version,
    aggregates.c.state,
    aggregates.c.changed_ms,
).where(
    aggregates.c.galaxy == bindparam("galaxy"),
    tuple_(aggregates.c.kind, aggregates.c.id).in_(bindparam("refs", expanding=True)),
)


class Cold:
    """Read the cold aggregates of one galaxy.

    What Postgres has may be older than what Redis had: only an aggregate whose version
    is persisted leaves Redis, so what Redis lacks is never older here.
    """

    def __init__(self, engine: Engine, galaxy: str) -> None:
        # One statement needs no transaction around it: BEGIN and ROLLBACK are trips.
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._galaxy = galaxy

    def fetch(self, refs: Sequence[Ref]) -> dict[Ref, Frozen]:
        """Read aggregates in one query; those that don't exist are left out.

        Raises:
            Unavailable: Postgres doesn't answer.
        """
        wanted = {"galaxy": self._galaxy, "refs": [tuple(ref) for ref in refs]}
        try:
            with self._engine.connect() as connection:
                rows = connection.execute(_FETCH, wanted).all()
        except SQLAlchemyError as error:
            raise Unavailable("postgres") from error
        return {
            Ref(kind, name): Frozen(version, bytes(state), changed_ms)
            for kind, name, version, state, changed_ms in rows
        }
