"""Claim due timers and hand them to the queues of their commands.

Several clocks may run: a claim is a lease. A batch that nobody settles is claimed again
when its lease runs out. While the queues are full nothing is claimed.
"""

import signal
import threading
import time
from collections.abc import Mapping
from typing import Any

import redis
import structlog
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from app.cluster import Cluster, Galaxy
from app.config import Settings, load
from app.engine import garbage, logs, metrics
from app.engine.redis import Unavailable, connect
from app.engine.timers import Timed
from workers import vitals
from workers.celery import app as celery
from workers.process import serve_metrics
from workers.settlement import settle

POLL_S = 0.1
"""How late a timer may be claimed. Looking costs, whatever is found: twice as often it
took the clock of a cluster at war 4% of a core, not 2.5."""
LEASE_MS = 5_000
BATCH_MAX = 50
QUEUE_MAX = 200
"""Batches waiting for a worker, past which the clock holds back."""
QUEUES = ("settle", "combat")
DOWN_S = 0.5

log = structlog.get_logger()


class Clock:
    """Claim for every galaxy until told to stop, each in a thread of its own.

    So a galaxy whose server hangs holds up no other.
    """

    def __init__(self, settings: Settings) -> None:
        self._cluster = Cluster(settings)
        self._broker: redis.Redis = connect(settings.celery_broker_url)
        self._running = True

    def stop(self, *_signal: object) -> None:
        """Leave after the current round."""
        self._running = False

    def run(self) -> None:
        """Claim in all galaxies."""
        galaxies = map(self._cluster.galaxy, self._cluster.settings.galaxies)
        threads = [
            threading.Thread(target=self._claim, args=(galaxy,)) for galaxy in galaxies
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _claim(self, galaxy: Galaxy) -> None:
        """Claim in rounds, whatever fails; a server that is down is asked soon."""
        while self._running:
            try:
                is_full = self._round(galaxy)
                time.sleep(0 if is_full else POLL_S)
            except (Unavailable, RedisError, OperationalError, OSError) as error:
                log.warning(
                    "clock waits for a server", galaxy=galaxy.id, reason=str(error)
                )
                time.sleep(DOWN_S)
            except Exception:  # nobody would start this galaxy's thread again
                log.exception("clock failed", galaxy=galaxy.id)
                time.sleep(DOWN_S)

    def _round(self, galaxy: Galaxy) -> bool:
        """Claim one batch; True when there may be more."""
        if self._queued() >= QUEUE_MAX:
            return False
        claimed = galaxy.store.claim(batch_max=BATCH_MAX, lease_ms=LEASE_MS)
        if not claimed:
            return False
        metrics.TIMERS_CLAIMED.inc(len(claimed))
        log.info("claimed", galaxy=galaxy.id, command_ids=list(claimed))
        for queue, timer_ids in self._by_queue(galaxy, claimed).items():
            celery.send_task(
                settle.name,
                (galaxy.id, timer_ids),
                queue=queue,
                expires=LEASE_MS / 1_000,
                retry=False,
            )
        return len(claimed) == BATCH_MAX

    def _by_queue(
        self, galaxy: Galaxy, claimed: Mapping[str, Timed]
    ) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for timer_id, timed in claimed.items():
            queue = galaxy.dispatcher.queue_of(timed)
            found.setdefault(queue, []).append(timer_id)
        return found

    def _queued(self) -> int:
        waiting: Any = [self._broker.llen(queue) for queue in QUEUES]
        return int(sum(waiting))


def main() -> None:
    """Run a clock until TERM."""
    settings = load()
    logs.configure(settings.instance, settings.log_level)
    vitals.watch(settings)
    serve_metrics(settings)
    clock = Clock(settings)
    signal.signal(signal.SIGTERM, clock.stop)
    signal.signal(signal.SIGINT, clock.stop)
    garbage.look_seldom()
    clock.run()


if __name__ == "__main__":
    main()
