"""Settle due timers: each is a command through the one write path."""

from collections.abc import Sequence

import structlog
from celery import shared_task

from app.engine import logs
from app.engine.dispatch import Dispatcher
from app.engine.redis import Unavailable
from app.engine.timers import Timed
from workers import process
from workers.pace import players

log = structlog.get_logger()


@shared_task(name="workers.settlement.settle", ignore_result=True)
def settle(galaxy: str, timer_ids: list[str]) -> None:
    """Run claimed timers' commands. What fails is claimed again after its lease."""
    settle_each(process.cluster().galaxy(galaxy).dispatcher, galaxy, timer_ids)


def settle_each(dispatcher: Dispatcher, galaxy: str, timer_ids: Sequence[str]) -> None:
    """Settle timers one by one; a bad one doesn't hold up the rest of its batch.

    All are read at once. One that is settled meanwhile by who met it is gone by then.
    """
    logs.start(galaxy=galaxy)
    try:
        found = dispatcher.timed(timer_ids)
    except Unavailable as error:
        log.warning("timers left for their next lease", reason=str(error))
        return
    settled = [
        timer_id
        for timer_id, timed in found.items()
        if _settle_one(dispatcher, galaxy, timer_id, timed)
    ]
    logs.start(galaxy=galaxy)
    if settled:
        log.info("settled", command_ids=settled)


def _settle_one(
    dispatcher: Dispatcher, galaxy: str, timer_id: str, timed: Timed
) -> bool:
    logs.start(galaxy=galaxy, command_id=timer_id)
    try:
        if dispatcher.settle_timed(timer_id, timed):
            players.served(dispatcher.late_ms(timed))
            return True
    except Unavailable as error:
        log.warning("timer left for its next lease", reason=str(error))
    except Exception:
        log.exception("timer failed")
    return False
