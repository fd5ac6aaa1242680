"""Hold what the laws are checked on: one galaxy's Redis, Postgres and rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import redis
from sqlalchemy import Engine

from app.core.decider import Game
from app.core.message import Event
from app.engine.codec import Codec
from app.engine.keys import Keys

BATCH_MAX = 500

Ledger = Callable[[Event], Mapping[str, Mapping[str, int]]]
"""What an event moves: cause -> {resource: amount}."""
Holdings = Callable[[Any], Mapping[str, int]]
"""What a state holds: {resource: amount}."""


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
