"""Scan the history for cheats, behind the persister and at its own pace.

How far it is, and what one scan hands to the next, moves in the transaction that keeps
the flags: a scan that dies is done again and raises the same flags.
"""

from collections import defaultdict
from collections.abc import Sequence
from time import monotonic
from typing import Any

import structlog
from celery import shared_task
from msgspec import convert, to_builtins
from sqlalchemy import Connection, Engine, text

from app.engine import checkpoint, metrics
from app.engine.codec import Codec
from app.game.anticheat import projection
from app.game.anticheat.model import Action, Claim, Flag, Watch
from app.game.anticheat.rules import watch
from workers import process

READER = "anticheat"
BUDGET_S = 20.0
_LOCK = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:name, 1))")

log = structlog.get_logger()


@shared_task(name="workers.anticheat.scan", ignore_result=True)
def scan() -> None:
    """Scan every galaxy up to where the persister is."""
    cluster = process.cluster()
    for name in cluster.settings.galaxies:
        scan_galaxy(
            cluster.postgres,
            name,
            cluster.galaxy(name).codec,
            shadow=cluster.settings.anticheat_shadow,
        )


def scan_galaxy(engine: Engine, galaxy: str, codec: Codec, *, shadow: bool) -> None:
    """Scan one galaxy, in steps, until it is through or its time is up."""
    deadline = monotonic() + BUDGET_S
    while monotonic() < deadline:
        with engine.begin() as connection:
            if not connection.execute(_LOCK, {"name": galaxy}).scalar_one():
                return
            flags, is_through = _step(connection, galaxy, codec)
            projection.keep(connection, galaxy, flags, shadow=shadow)
        _tell(galaxy, flags, shadow=shadow)
        if is_through:
            return


def _step(
    connection: Connection, galaxy: str, codec: Codec
) -> tuple[Sequence[Flag], bool]:
    position, carry = checkpoint.carried(connection, galaxy, READER)
    rows = projection.commands_after(connection, galaxy, position)
    if not rows:
        return (), True
    last = rows[-1].position
    actions: dict[str, list[Action]] = defaultdict(list)
    for row in rows:
        if row.is_sent:
            actions[row.player].append(Action(row.at_ms, row.name))
    claims = _claims(connection, galaxy, codec, position, last)
    kept, flags = watch(convert(carry, Watch), actions, claims)
    checkpoint.carry(connection, galaxy, READER, position=last, carry=to_builtins(kept))
    return flags, len(rows) < projection.ROWS_MAX


def _claims(
    connection: Connection, galaxy: str, codec: Codec, after: int, last: int
) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    rows = projection.claims_between(connection, galaxy, after=after, last=last)
    for row in rows:
        found[row.player].append(_claim(codec, row))
    return found


def _claim(codec: Codec, row: Any) -> Claim:
    colony = codec.decode(bytes(row.state))
    return Claim(
        at_ms=row.body["at_ms"],
        colony=row.colony,
        claimed=row.body["claimed"],
        held=row.body["held"],
        capacity=colony.stock.production.capacities_milli,
    )


def _tell(galaxy: str, flags: Sequence[Flag], *, shadow: bool) -> None:
    for flag in flags:
        metrics.CHEAT_FLAGS.labels(flag.detector).inc()
        log.warning(
            "cheat flagged",
            galaxy=galaxy,
            player_id=flag.player,
            detector=flag.detector,
            confidence_percent=flag.confidence_percent,
            shadow=shadow,
        )
