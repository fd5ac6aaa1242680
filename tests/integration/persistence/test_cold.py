"""What left Redis is fetched in one trip, and also over a connection that had died."""

from sqlalchemy import insert, text

from app.core.message import Ref
from app.engine import postgres
from app.engine.cold import Cold, Frozen
from tests.support.persistence import House

HERE, NOWHERE = Ref("counter", "here"), Ref("counter", "nowhere")
END_OTHERS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
ROW = {"version": 3, "state": b"state", "changed_ms": 5}


def test_fetches_again_when_its_connection_was_ended(
    house: House, migrated_url: str
) -> None:
    with house.engine.begin() as connection:
        row = {"galaxy": "1", "kind": HERE.kind, "id": HERE.id, **ROW}
        connection.execute(insert(postgres.aggregates), row)
    engine = postgres.connect_for_single(migrated_url)
    cold = Cold(engine, "1")
    assert cold.fetch([HERE, NOWHERE]) == {HERE: Frozen(3, b"state", 5)}
    with house.engine.connect() as connection:
        connection.execute(END_OTHERS)
    assert cold.fetch([HERE, NOWHERE]) == {HERE: Frozen(3, b"state", 5)}
    engine.dispose()
