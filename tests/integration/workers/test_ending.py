"""A worker that ends doesn't wait for what can wait: timers wait for its successor."""

import os
import subprocess
import sys

import redis
from celery import Celery

from deploy.local.folders import ROOT
from tests.support.waiting import wait_for

BEGUN = "lingering:begun"
"""What the task sets."""
END_S = 15.0
"""Well below what the task would take, which is for ever."""


def test_a_worker_ends_while_something_rests(redis_url, database_url, tmp_path):
    env = dict(os.environ) | {
        "DATABASE_URL": database_url,
        "REDIS_STATE_URL": redis_url,
        "INSTANCE": "worker.1",
    }
    module = "tests.integration.workers.lingering"
    command = ["worker", "-P", "threads", "-c", "2", "-Q", "default", "-n", "w@%h"]
    with (tmp_path / "log").open("wb") as log:
        worker = subprocess.Popen(
            [sys.executable, "-m", "celery", "--quiet", "-A", module, *command],
            cwd=ROOT,
            env=env,
            stdout=log,
            stderr=log,
        )
    try:
        with Celery(broker=redis_url) as app, redis.Redis.from_url(redis_url) as client:
            app.send_task("linger", queue="default")
            wait_for(lambda: client.get(BEGUN), "the task", 30.0)
        worker.terminate()
        assert worker.wait(END_S) == 0
    finally:
        worker.kill()
        worker.wait()
    assert "linger" in (tmp_path / "log").read_text().rpartition(" ignored")[0]
