"""Fetch aggregates that left Redis, from Postgres."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app.core.message import Ref
from app.engine.redis import Unavailable


class Frozen(NamedTuple):
    """Hold an aggregate as Postgres has it."""

    version: int
    data: bytes
    changed_ms: int


_FETCH = (
    "SELECT kind, id, version, state, changed_ms FROM aggregates"
    " WHERE galaxy = %s AND (kind, id) IN %s"
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
        wanted = tuple(tuple(ref) for ref in refs)
        try:
            rows = self._rows((self._galaxy, wanted))
        except SQLAlchemyError as error:
            raise Unavailable("postgres") from error
        return {
            Ref(kind, name): Frozen(version, bytes(state), changed_ms)
            for kind, name, version, state, changed_ms in rows
        }

    def _rows(self, wanted: tuple[Any, ...]) -> Sequence[Any]:
        """Ask, and once more where the connection had died since it was last used."""
        try:
            return self._ask(wanted)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        return self._ask(wanted)

    def _ask(self, wanted: tuple[Any, ...]) -> Sequence[Any]:
        with self._engine.connect() as connection:
            return connection.exec_driver_sql(_FETCH, wanted).all()
