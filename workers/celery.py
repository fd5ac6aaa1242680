"""Hold the Celery app: its queues, its schedule, and limits that fit the broker.

Nothing that players wait for relies on Celery's redelivery: a lost task's timer is
claimed again when its lease runs out. Workers run threads in one process
(`-P threads`): one set of metrics and connections each; more cores are used by more
workers.
"""

import sys
from typing import Any

from celery import Celery, bootsteps
from celery.signals import (
    beat_init,
    setup_logging,
    task_prerun,
    worker_init,
    worker_shutdown,
)
from kombu import Queue

from app.config import Settings, load
from app.engine import logs
from app.realtime import hugepages
from workers import process
from workers.pace import leaving

SWITCH_S = 0.001
"""How long a thread computes before another may. A timer waits for two answers of
Redis, and after each for whoever fights a battle again meanwhile.
"""
VISIBILITY_S = 120
"""Above what any task takes: each bounds its own work (see workers/maintenance.py)."""

TIMEOUTS = {"socket_timeout": 5, "socket_connect_timeout": 2}


def _every(seconds: float, task: str) -> dict[str, Any]:
    """Run a task again and again; one that no worker took by the next is dropped.

    They would wait in a row for the first worker that is back, before the timers.
    """
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


settings: Settings = load()

app = Celery("galactic_dominion", broker=settings.celery_broker_url)
app.conf.update(
    accept_content=["json"],
    task_serializer="json",
    result_serializer="json",
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_default_queue="default",
    task_queues=[Queue("settle"), Queue("combat"), Queue("default")],
    task_routes={"workers.settlement.settle": {"queue": "settle"}},
    broker_transport_options=TIMEOUTS | {"visibility_timeout": VISIBILITY_S},
    redbeat_redis_url=settings.celery_broker_url,
    redbeat_redis_options=TIMEOUTS,
    broker_connection_retry_on_startup=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_send_task_events=False,
    imports=(
        "workers.settlement",
        "workers.maintenance",
        "workers.anticheat",
        "workers.replays",
    ),
    beat_schedule={
        "evict": _every(30.0, "workers.maintenance.evict"),
        "check-world": _every(300.0, "workers.maintenance.check_world"),
        "prepare-partitions": _every(3_600.0, "workers.maintenance.prepare_partitions"),
        "scan-for-cheats": _every(30.0, "workers.anticheat.scan"),
        "fight-again": _every(60.0, "workers.replays.fight_again"),
    },
)


class Leaving(bootsteps.StartStopStep):
    """Tell tasks that this process ends, before it waits for those that run.

    It ends by itself, too, where the broker dies at a moment that kombu can't bear; the
    timers then wait for the process that follows.
    """

    requires = ("celery.worker.components:Pool",)

    def stop(self, _worker: object) -> None:
        """Tell them."""
        leaving.set()


app.steps["worker"].add(Leaving)


@setup_logging.connect
def _log_as_json(**_kwargs: object) -> None:
    logs.configure(settings.instance, settings.log_level)


@worker_init.connect
def _open(**_kwargs: object) -> None:
    sys.setswitchinterval(SWITCH_S)
    process.open_cluster(settings)
    hugepages.keep()


@task_prerun.connect
def _begin(**_kwargs: object) -> None:
    logs.start()  # what this thread's last task left is not this one's


@worker_shutdown.connect
def _close(**_kwargs: object) -> None:
    process.close_cluster()


@beat_init.connect
def _serve_metrics(**_kwargs: object) -> None:
    process.serve_metrics(settings)
