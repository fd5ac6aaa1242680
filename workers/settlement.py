"""Settle due timers: each is a command through the one write path."""

import structlog

from app.engine import logs
from app.engine.redis import Unavailable
from workers import process
from workers.celery import app

log = structlog.get_logger()


@app.task(name="workers.settlement.settle", ignore_result=True)
def settle(galaxy: str, timer_ids: list[str]) -> None:
    """Run claimed timers' commands. What fails is claimed again after its lease."""
    dispatcher = process.cluster().galaxy(galaxy).dispatcher
    for timer_id in timer_ids:
        logs.start(galaxy=galaxy, command_id=timer_id)
        try:
            dispatcher.settle(timer_id)
        except Unavailable as error:
            log.warning("timer left for its next lease", reason=str(error))
