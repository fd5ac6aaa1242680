"""Check the laws on the running cluster: `python -m workers.verify`, `make verify`.

Compares history, states, timers and sets of every galaxy in Redis and Postgres, while
the cluster runs. The exit code is 1 when a law doesn't hold.
"""

import sys
from collections import Counter

from app.cluster import Cluster
from app.config import Settings, load
from app.core.units import whole
from app.engine.laws.audit import Finding, audit
from app.engine.laws.galaxy import Checked
from app.engine.laws.states import Sums
from app.game import registry

SHOWN_MAX = 10
"""Problems of one law that are printed."""


def checked(cluster: Cluster, galaxy: str) -> Checked:
    """Take the parts of a galaxy that the laws are checked on."""
    parts = cluster.galaxy(galaxy)
    return Checked(
        id=galaxy,
        keys=parts.keys,
        client=parts.store.client,
        postgres=cluster.postgres,
        game=cluster.game,
        codec=parts.codec,
        ledgers=registry.LEDGERS,
        holdings=registry.HOLDINGS,
    )


def verify(settings: Settings) -> bool:
    """Check every galaxy and print what was found; tell whether all laws hold."""
    cluster = Cluster(settings)
    holds = True
    for galaxy in settings.galaxies:
        sums: Sums = Counter()
        print(f"galaxy {galaxy}")
        for finding in audit(checked(cluster, galaxy), sums):
            _print(finding)
            holds = holds and not finding.wrong
        _print_sums(sums)
    print("all laws hold" if holds else "laws are broken")
    return holds


def _print(finding: Finding) -> None:
    state = f"{len(finding.wrong)} WRONG" if finding.wrong else "ok"
    print(f"  {finding.law:<24}{finding.subjects:>10} checked  {state}", flush=True)
    for subject, what in list(finding.wrong.items())[:SHOWN_MAX]:
        print(f"      {subject}: {what}")


def _print_sums(sums: Sums) -> None:
    """Show what entered and left the economy, in whole units."""
    for (cause, resource), amount in sorted(sums.items()):
        print(f"  {cause:<12}{resource:<16}{whole(amount):>20}")


def main() -> None:
    """Check, and say by the exit code whether all laws hold."""
    sys.exit(0 if verify(load()) else 1)


if __name__ == "__main__":
    main()
