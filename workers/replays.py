"""Fight finished battles again, and compare: is the record what was fought?

Battles are taken in the order in which they ended. One that takes longer than it may is
taken up again after a rest, or by the next task, where this one left it.
"""

from time import monotonic

import structlog
from celery import shared_task
from msgspec import convert, to_builtins
from sqlalchemy import Connection

from app.cluster import Cluster
from app.engine import checkpoint, metrics
from app.game.anticheat.model.flag import Flag
from app.game.anticheat.model.fought import Again, Fought
from app.game.anticheat.projection import flags, history
from app.game.anticheat.projection.history import Reader
from app.game.anticheat.rules.record import RECORD, fought
from app.game.anticheat.rules.replays import (
    can_fight_again,
    fight_on,
    is_done,
    replay_mismatch,
)
from app.game.combat.model import state as battles
from workers import locks, process
from workers.anticheat import tell
from workers.pace import Pace, leaving

READER = "replays"
BUDGET_S = 40.0
SHARE = 1 / 6
"""Of that time, which all galaxies share, it works; the rest is the players'."""
STRETCH_S = 0.5
"""How long it fights at a stretch, before it rests."""
COMMITS_MAX = 50_000
"""Commits among which one step looks for a battle that ended."""

log = structlog.get_logger()


@shared_task(name="workers.replays.fight_again", ignore_result=True)
def fight_again() -> None:
    """Fight again, in every galaxy, what ended since the last time."""
    cluster = process.cluster()
    galaxies = cluster.settings.galaxies
    for name in galaxies:
        fight_galaxy(cluster, name, BUDGET_S / len(galaxies))


def fight_galaxy(cluster: Cluster, galaxy: str, budget_s: float) -> None:
    """Fight one galaxy's battles again, until all are or the time is up."""
    deadline_s = monotonic() + budget_s
    replays, pace, behind = _Replays(cluster, galaxy, deadline_s), Pace(SHARE), 1
    while behind and monotonic() < deadline_s:
        with cluster.postgres.begin() as connection:
            if not locks.take(connection, galaxy, locks.REPLAYS):
                return
            found, behind = replays.step(connection)
        tell(galaxy, found, shadow=cluster.settings.anticheat_shadow)
        metrics.CHEAT_SCAN_LAG_COMMITS.labels(galaxy, READER).set(behind)
        if behind:
            pace.rest()


class _Replays:
    """Go through the battles of a galaxy until a moment."""

    def __init__(self, cluster: Cluster, galaxy: str, deadline_s: float) -> None:
        self._codec = cluster.galaxy(galaxy).codec
        self._shadow = cluster.settings.anticheat_shadow
        self._galaxy = galaxy
        self._deadline_s = deadline_s

    def step(self, connection: Connection) -> tuple[list[Flag], int]:
        """Look at the next battle; give new flags, and how many commits wait."""
        after, carry = checkpoint.carried(connection, self._galaxy, READER)
        stretch = history.next_stretch(connection, self._galaxy, after, COMMITS_MAX)
        if stretch is None:
            return [], 0
        reader = Reader(connection, self._galaxy, self._codec)
        ended = reader.ended(stretch)
        if ended is None:
            self._move(connection, stretch.last, None)
            return [], stretch.behind
        behind = stretch.behind + stretch.last - ended.position
        try:
            battle = fought(reader.history(battles.KIND, ended.battle, RECORD))
        except ValueError as error:
            self._move(connection, ended.position, None)
            _alarm(ended.battle, str(error))
            return [], behind
        again = self._fight(battle, convert(carry, Again) if carry else None)
        if not is_done(battle, again):
            self._move(connection, after, again)
            return [], behind + 1
        self._move(connection, ended.position, None)
        found = self._judged(connection, battle, again)
        return found, behind

    def _judged(
        self, connection: Connection, battle: Fought, again: Again
    ) -> list[Flag]:
        """Count the battle, and flag who fought where it isn't what was recorded."""
        if again.reason:
            _alarm(battle.battle, again.reason)
        else:
            result = "same" if can_fight_again(battle) else "other_engine"
            metrics.REPLAYS.labels(result).inc()
        found = replay_mismatch(battle, again)
        return flags.keep(connection, self._galaxy, found, shadow=self._shadow)

    def _fight(self, battle: Fought, left: Again | None) -> Again:
        again = left or Again(battle=battle.battle)
        if not can_fight_again(battle):
            return Again(battle=battle.battle, steps=len(battle.steps))
        until_s = min(self._deadline_s, monotonic() + STRETCH_S)
        while not is_done(battle, again):
            again = fight_on(battle, again)  # one step at the least: it gets on
            if self._must_stop(until_s):
                break
        return again

    def _must_stop(self, until_s: float) -> bool:
        return monotonic() >= until_s or leaving.is_set()

    def _move(self, connection: Connection, position: int, again: Again | None) -> None:
        carry = to_builtins(again) if again else {}
        checkpoint.carry(
            connection, self._galaxy, READER, position=position, carry=carry
        )


def _alarm(battle: str, reason: str) -> None:
    metrics.REPLAYS.labels("mismatch").inc()
    log.error("a battle is not what was fought", battle=battle, reason=reason)
