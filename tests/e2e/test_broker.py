"""The broker is no way in: what isn't JSON is never run."""

import os
from pathlib import Path

from kombu import Connection, Producer

from tests.support.cluster import Cluster
from tests.support.guest import Guest


class Bomb:
    """Run a program as soon as somebody unpickles it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple:
        return os.mkdir, (str(self.path),)


def test_a_pickled_task_is_not_run(cluster: Cluster, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    with Connection(cluster.env["CELERY_BROKER_URL"]) as broker:
        for queue in ("settle", "combat", "default"):
            Producer(broker).publish(
                ((Bomb(trace),), {}, {}),
                routing_key=queue,
                serializer="pickle",
                headers={"task": "workers.settlement.settle", "id": "x"},
            )

    guest = Guest(cluster.url).connect()
    guest.do("colonies.build", colony=guest.colony, building="mine")
    guest.wait_until(lambda: len(guest.events(guest.room)) == 2)

    assert not trace.exists()
    assert "Refusing to deserialize" in cluster.log("worker.1")
    guest.leave()
