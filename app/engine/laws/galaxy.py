"""Hold what the laws are checked on: one galaxy's Redis, Postgres and rules."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

import redis
from sqlalchemy import Connection, Engine

from app.core.decider import Game
from app.core.message import Event
from app.engine.codec import Codec
from app.engine.keys import Keys

BATCH_MAX = 500

Ledger = Callable[[Event], Mapping[str, Mapping[str, int]]]
"""What an event moves: cause -> {resource: amount}."""
Holdings = Callable[[Any], Mapping[str, int]]
"""What a state holds: {resource: amount}."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Checked:
    """Hold the parts of one galaxy that is checked."""

    id: str
    keys: Keys
    client: redis.Redis
    postgres: Engine
    game: Game
    codec: Codec
    ledgers: Mapping[str, Ledger]
    holdings: Mapping[str, Holdings]


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Cut what comes into lists of `BATCH_MAX`."""
    left = iter(items)
    while some := list(islice(left, BATCH_MAX)):
        yield some


def streamed(connection: Connection, statement: Any, **values: Any) -> Iterable[Any]:
    """Read rows as they are needed, not all at once."""
    options = {"stream_results": True, "yield_per": BATCH_MAX}
    return connection.execute(statement, values, execution_options=options)
