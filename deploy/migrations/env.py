"""Run the migrations against DATABASE_URL: `python -m deploy.migrate`.

Several releases may start it at once: one migrates, the others wait and find it done.
"""

import os

from alembic import context
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from app.engine import postgres

LOCK = 7_206_001
"""Any number that nothing else in the database locks."""


def migrate(connection: Connection) -> None:
    """Bring the database to the newest version, all in one transaction."""
    context.configure(connection=connection, target_metadata=postgres.metadata)
    with context.begin_transaction():
        connection.execute(text("SELECT pg_advisory_xact_lock(:id)"), {"id": LOCK})
        context.run_migrations()


def write_sql() -> None:
    """Print the statements instead of running them (`--sql`)."""
    context.configure(dialect_name="postgresql", literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    write_sql()
else:
    engine = create_engine(postgres.url(os.environ["DATABASE_URL"]), poolclass=NullPool)
    with engine.connect() as opened:
        migrate(opened)
    engine.dispose()
