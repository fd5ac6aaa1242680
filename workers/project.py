"""Make all projections again from the states: `python -m workers.project`.

Needed after a projection failed or its formula changed. Safe while the cluster runs:
the persister waits for each batch, and writes later states after it.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, text

from app.cluster import Cluster
from app.config import load
from app.core.message import Ref
from app.engine import checkpoint
from app.engine.batch import Stored
from app.engine.history import project
from app.game import registry

BATCH_MAX = 1_000

_NEXT = text(
    "SELECT kind, id, version, state, place, changed_ms FROM aggregates"
    " WHERE galaxy = :galaxy AND (kind, id) > (:kind, :id)"
    " ORDER BY kind, id LIMIT :limit"
)


def project_again(cluster: Cluster, galaxy: str) -> int:
    """Project every aggregate of a galaxy; tell how many there were."""
    codec = cluster.galaxy(galaxy).codec
    count, after = 0, Ref("", "")
    while True:
        with cluster.postgres.begin() as connection:
            checkpoint.hold(connection, galaxy)
            states = dict(_read(connection, galaxy, after))
            project(connection, galaxy, codec, registry.PROJECTIONS, states.items())
        if not states:
            return count
        count += len(states)
        after = max(states)


def _read(
    connection: Connection, galaxy: str, after: Ref
) -> Iterator[tuple[Ref, Stored]]:
    values = {"galaxy": galaxy, "kind": after.kind, "id": after.id, "limit": BATCH_MAX}
    for row in connection.execute(_NEXT, values):
        stored = Stored(
            row.version - 1, row.version, bytes(row.state), row.place, row.changed_ms
        )
        yield Ref(row.kind, row.id), stored


def main() -> None:
    """Project every galaxy."""
    cluster = Cluster(load())
    for galaxy in cluster.settings.galaxies:
        print(f"galaxy {galaxy}: {project_again(cluster, galaxy)} states projected")


if __name__ == "__main__":
    main()
