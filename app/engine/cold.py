"""Fetch aggregates that left Redis, from Postgres."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Engine, bindparam, select, tuple_
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

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
        self._engine = engine
        self._galaxy = galaxy

    def fetch(self, refs: Sequence[Ref]) -> dict[Ref, Frozen]:
        """Read aggregates in one query; those that don't exist are left out.

        Raises:
            Unavailable: Postgres doesn't answer.
        """
        wanted = {"galaxy": self._galaxy, "refs": [tuple(ref) for ref in refs]}
        try:
            rows = self._rows(wanted)
        except SQLAlchemyError as error:
            raise Unavailable("postgres") from error
        return {
            Ref(kind, name): Frozen(version, bytes(state), changed_ms)
            for kind, name, version, state, changed_ms in rows
        }

    def _rows(self, wanted: dict[str, Any]) -> Sequence[Any]:
        """Ask, and once more where the connection had died since it was last used."""
        try:
            return self._ask(wanted)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        return self._ask(wanted)

    def _ask(self, wanted: dict[str, Any]) -> Sequence[Any]:
        with self._engine.connect() as connection:
            return connection.execute(_FETCH, wanted).all()
