"""A cluster grows, shrinks and is replaced while all play, and nobody loses a thing."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from deploy.local.folders import ROOT
from tests.load.swarm import Swarm
from tests.load.tally import quantiles
from tests.support.cluster import Cluster, wait_until
from tests.support.fire import assert_kept, play_on, swarm_on
from tests.support.guest import Guest
from tests.support.prober import Prober

pytestmark = pytest.mark.long

BOTS = 30
"""Of each of two swarms: one from before there are more instances, one from after."""
BACK_S = 10.0
ANSWERS_MIN = 100
TRIES = 20
SERVERS = ("nginx", "valkey", "postgres")
"""A deployment leaves them alone."""


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Run a cluster of its own: a deployment gives everybody other names."""
    with Cluster() as whole:
        yield whole


def ask(cluster: Cluster, *words: str) -> subprocess.CompletedProcess[str]:
    """Ask the cluster to change, as `make scale` and `make deploy` do."""
    return subprocess.run(
        [sys.executable, "-m", "deploy.local.ask", *words],
        cwd=ROOT,
        env=dict(os.environ) | cluster.given,
        capture_output=True,
        text=True,
        check=False,
    )


def change(cluster: Cluster, *words: str) -> str:
    done = ask(cluster, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def running(cluster: Cluster, kind: str) -> list[str]:
    return sorted(name for name in cluster.pids if name.startswith(f"{kind}."))


def test_play_goes_on_through_scaling_and_a_deployment(cluster: Cluster) -> None:
    with (
        swarm_on(cluster, bots=BOTS, rate=1.0) as old,
        swarm_on(cluster, bots=BOTS, rate=1.0, seed=2) as new,
        Prober(cluster.url) as prober,
    ):
        enter(old)
        before = cluster.pids
        grow(cluster)
        enter(new)
        assert set(new.tally.instances) == set(running(cluster, "web"))
        guest = polling_at(cluster, {"web.3", "web.4"})

        change(cluster, "scale", "web=2", "worker=1")
        assert cluster.pids.items() == before.items()
        guest.wait_until(lambda: guest.welcome["instance"] in before)
        guest.do("colonies.build", colony=guest.colony, building="mine")
        guest.leave()
        play_on(new)
        assert old.tally.reconnects == 0
        assert 0 < new.tally.reconnects < BOTS

        change(cluster, "deploy")
        stayed = {(name, before[name]) for name in SERVERS}
        assert cluster.pids.items() & before.items() == stayed
        wait_until(lambda: old.connected + new.connected == 2 * BOTS, BACK_S)
        reports = [swarm.stop() for swarm in (old, new)]

    assert prober.wrongs == []
    assert prober.answers > ANSWERS_MIN
    for report in reports:
        assert report.tally.reconnects >= BOTS
        assert quantiles(report.tally.back_s)["p99"] < BACK_S * 1_000
        assert_kept(cluster, report, codes=())


def enter(swarm: Swarm) -> None:
    swarm.start()
    swarm.begin()
    play_on(swarm)


def grow(cluster: Cluster) -> None:
    """Start two instances and a worker beside those that run."""
    change(cluster, "scale", "web=4", "worker=2")
    assert running(cluster, "web") == ["web.1", "web.2", "web.3", "web.4"]
    assert running(cluster, "worker") == ["worker.1", "worker.2"]


def polling_at(cluster: Cluster, instances: set[str]) -> Guest:
    """Connect somebody who polls, and comes back, to one of some instances.

    nginx leads to whoever has the fewest connections: who was led elsewhere stays there
    until somebody is where they are wanted.
    """
    elsewhere: list[Guest] = []
    try:
        for _ in range(TRIES):
            guest = Guest(cluster.url)
            guest.socket.reconnection = True
            if guest.connect(["polling"]).welcome["instance"] in instances:
                return guest
            elsewhere.append(guest)
    finally:
        for guest in elsewhere:
            guest.leave()
    raise AssertionError(f"nginx leads nobody to {instances}")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), "nothing_asked"),
        (("web=0",), "bad_count"),
        (("web=many",), "bad_count"),
        (("beat=2",), "bad_count"),
        (("postgres=2",), "unknown_kind"),
    ],
)
def test_what_can_not_be_is_refused_by_its_code(
    cluster: Cluster, words: tuple[str, ...], code: str
) -> None:
    before = cluster.pids
    refused = ask(cluster, "scale", *words)
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"error: {code}: ")
    assert refused.stderr.count("\n") == 1
    assert cluster.pids == before
