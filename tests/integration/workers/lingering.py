"""Be a worker with a task that works on and on, until its process ends."""

import os

from redis import Redis

from workers.celery import app
from workers.pace import Pace

BEGUN = "lingering:begun"


@app.task(name="linger", ignore_result=True)
def linger() -> None:
    """Work a hundredth of the time, until the process ends."""
    with Redis.from_url(os.environ["REDIS_STATE_URL"]) as client:
        client.set(BEGUN, "1")
    pace = Pace(1 / 100)
    while True:
        sum(range(1_000_000))
        pace.rest()
