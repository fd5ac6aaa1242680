"""Hold the Celery app: its queues, its schedule, and limits that fit the broker.

Nothing that players wait for relies on Celery's redelivery: a lost task's timer is
claimed again when its lease runs out. Workers run threads in one process
(`-P threads`): one set of metrics and connections each; more cores are used by more
workers.
"""

import sys

from celery import Celery
from celery.signals import beat_init, setup_logging, worker_init, worker_shutdown
from kombu import Queue

from app.config import Settings, load
from app.engine import logs
from workers import process

SWITCH_S = 0.001
"""How long a thread computes before another may. A timer waits for two answers of
Redis, and after each for whoever fights a battle again meanwhile.
"""
VISIBILITY_S = 120
"""Above what any task takes: each bounds its own work (see workers/maintenance.py)."""

TIMEOUTS = {"socket_timeout": 5, "socket_connect_timeout": 2}

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
        "evict": {"task": "workers.maintenance.evict", "schedule": 30.0},
        "check-world": {"task": "workers.maintenance.check_world", "schedule": 300.0},
        "prepare-partitions": {
            "task": "workers.maintenance.prepare_partitions",
            "schedule": 3_600.0,
        },
        "scan-for-cheats": {"task": "workers.anticheat.scan", "schedule": 30.0},
        "fight-again": {"task": "workers.replays.fight_again", "schedule": 60.0},
    },
)


@setup_logging.connect
def _log_as_json(**_kwargs: object) -> None:
    logs.configure(settings.instance, settings.log_level)


@worker_init.connect
def _open(**_kwargs: object) -> None:
    sys.setswitchinterval(SWITCH_S)
    process.open_cluster(settings)


@worker_shutdown.connect
def _close(**_kwargs: object) -> None:
    process.close_cluster()


@beat_init.connect
def _serve_metrics(**_kwargs: object) -> None:
    process.serve_metrics(settings)
