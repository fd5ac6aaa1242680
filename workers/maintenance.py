"""Keep the world in order: evict, check, and prepare for the next month.

Each task bounds its own time, well below the broker's visibility timeout.
"""

from time import time
from typing import Any

import redis
import structlog
from celery import shared_task

from app.core.units import SECOND_MS
from app.engine import metrics, partitions
from app.engine.eviction import Eviction
from app.engine.laws.galaxy import Checked
from app.engine.laws.world import Wrong, problems
from app.engine.laws.world import check_world as check_galaxy
from app.game.colonies import projection as colonies
from app.game.combat import projection as combat
from app.game.fleets import projection as fleets
from workers import locks, process
from workers.pace import Pace
from workers.verify import checked

EVICT_BUDGET_S = 5.0
CHECK_BUDGET_S = 60.0
CHECK_SHARE = 1 / 16
"""Of that time, which all galaxies share, it works; the rest is the players'."""
MONTHS_AHEAD = 2

log = structlog.get_logger()
_evictions: dict[str, Eviction] = {}
"""One a galaxy: each goes on where its last run ended."""


@shared_task(name="workers.maintenance.evict", ignore_result=True)
def evict() -> None:
    """Let idle aggregates leave Redis."""
    process.in_each_galaxy(_evict)


def _evict(name: str) -> None:
    cluster = process.cluster()
    galaxy = cluster.galaxy(name)
    eviction = _evictions.setdefault(
        name, Eviction(galaxy.store.client, galaxy.keys, cluster.postgres, name)
    )
    gone = eviction.run(idle_s=cluster.settings.evict_after_s, budget_s=EVICT_BUDGET_S)
    if gone:
        metrics.EVICTED.inc(gone)
        log.info("evicted", galaxy=name, aggregates=gone)


@shared_task(name="workers.maintenance.check_world", ignore_result=True)
def check_world() -> None:
    """Check every galaxy, and report; one that is being checked is left out."""
    process.in_each_galaxy(_check_alone)


def _check_alone(name: str) -> None:
    with process.cluster().postgres.begin() as connection:
        if locks.take(connection, name, locks.WORLD):
            _check(name)


def _check(name: str) -> None:
    galaxy = checked(process.cluster(), name)
    report = check_galaxy(
        galaxy,
        _orphans,
        now_ms=_now_ms(galaxy.client),
        budget_s=CHECK_BUDGET_S / len(process.cluster().settings.galaxies),
        rest=Pace(CHECK_SHARE).rest,
    )
    wrong = problems(report)
    metrics.WORLD_PROBLEMS.labels(name).set(wrong)
    say = log.error if wrong else log.info
    say("world checked", galaxy=name, problems=wrong, report=report)


def _now_ms(client: redis.Redis) -> int:
    seconds: Any = client.time()[0]  # type: ignore[index]
    return int(seconds) * SECOND_MS


@shared_task(name="workers.maintenance.prepare_partitions", ignore_result=True)
def prepare_partitions() -> None:
    """Make this month's partitions and the next ones'."""
    months = [partitions.month_of(int(time()) * SECOND_MS)]
    for _month in range(MONTHS_AHEAD):
        months.append(partitions.following(months[-1]))
    with process.cluster().postgres.connect() as connection:
        partitions.ensure(connection, months)


def _orphans(galaxy: Checked) -> Wrong:
    now_ms = _now_ms(galaxy.client)
    with galaxy.postgres.connect() as connection:
        return {
            **colonies.without_player(connection, galaxy.id),
            **fleets.without_player(connection, galaxy.id),
            **fleets.dead(connection, galaxy.id),
            **combat.endless(connection, galaxy.id, now_ms),
            **combat.stuck(connection, galaxy.id, now_ms),
        }
