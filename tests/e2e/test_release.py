"""Releases come and go under players: a broken one, one with a migration, and back."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import requests
import sqlalchemy as sa

from app.engine import postgres
from tests.load.swarm import Swarm
from tests.support import release
from tests.support.cluster import Cluster, wait_until
from tests.support.fire import assert_kept, play_on, swarm_on

BOTS = 10
BACK_S = 10.0


class Site:
    """Hold a cluster that runs a copy of the project, and change that copy."""

    def __init__(self, root: Path) -> None:
        self.root = release.copy(root)
        self.cluster = Cluster(self.root, web=1)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one of our modules from the copy."""
        return subprocess.run(
            [sys.executable, "-m", *words],
            cwd=self.root,
            env=dict(os.environ) | self.cluster.given,
            capture_output=True,
            text=True,
            check=False,
        )

    def deploy(self) -> str:
        """Replace everybody by what the copy holds now; give what was said."""
        done = self.run("deploy.local.ask", "deploy")
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refusal(self) -> str:
        """Deploy what can't be; give the reason."""
        done = self.run("deploy.local.ask", "deploy")
        assert done.returncode == 1
        return done.stderr

    def migrate(self, *words: str) -> None:
        done = self.run(
            "deploy.local.within", sys.executable, "-m", "deploy.migrate", *words
        )
        assert done.returncode == 0, done.stderr

    @property
    def version(self) -> str:
        """What an instance says that it runs."""
        answer = requests.get(f"{self.cluster.url}/readyz", timeout=10)
        return answer.json()["release"]

    @property
    def tables(self) -> set[str]:
        engine = postgres.connect(self.cluster.env["DATABASE_URL"])
        found = set(sa.inspect(engine).get_table_names())
        engine.dispose()
        return found


@pytest.fixture
def site(tmp_path):
    made = Site(tmp_path / "site")
    try:
        made.cluster.start()
        yield made
    finally:
        made.cluster.remove()


def come_and_go(site: Site, swarm: Swarm) -> None:
    """Bring a release with a migration, go back to the code before, then undo it."""
    first, migrations = site.version, site.root / "deploy/migrations"
    wsgi = site.root / "app/wsgi.py"
    code = wsgi.read_text()

    wsgi.write_text(f"{code}\n# the next release\n")
    version = release.add_migration(migrations)
    site.deploy()
    assert site.version != first
    assert "mottos" in site.tables
    play_on(swarm)

    newer = release.migration_of(migrations, version)
    migration = newer.read_text()
    newer.unlink()
    wsgi.write_text(code)
    assert f"{version}, newer than this code's" in site.deploy()
    assert site.version == first
    assert "mottos" in site.tables
    play_on(swarm)

    newer.write_text(migration)
    site.migrate("--down", "1")
    assert "mottos" not in site.tables


def fail(site: Site, swarm: Swarm) -> None:
    """Deploy what does not start: nobody leaves for it."""
    before = site.cluster.pids
    persister = site.root / "workers/persister.py"
    code = persister.read_text()
    persister.write_text("raise RuntimeError('broken release')\n")
    said = site.refusal()
    assert "persister.2 ended while starting: RuntimeError: broken" in said
    assert site.cluster.pids == before
    persister.write_text(code)
    play_on(swarm)
    assert swarm.tally.reconnects == 0


def test_play_goes_on_through_releases_and_back(site: Site) -> None:
    with swarm_on(site.cluster, bots=BOTS, rate=2.0) as swarm:
        swarm.start()
        swarm.begin()
        fail(site, swarm)
        come_and_go(site, swarm)
        wait_until(lambda: swarm.connected == BOTS, BACK_S)
        play_on(swarm)
        report = swarm.stop()

    assert report.tally.reconnects >= 2 * BOTS
    assert_kept(site.cluster, report, codes=())
