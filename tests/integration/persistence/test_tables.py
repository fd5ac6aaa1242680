"""Show that the migrations make what the code expects, and can be taken back."""

import os
from unittest import mock

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect

import app.game.anticheat.projection.flags
import app.game.anticheat.projection.flows
import app.game.registry
import app.web.accounts
import app.web.addresses
import app.web.bans
import app.web.families  # noqa: F401 - all tables are known once these are loaded
from app.engine import postgres
from deploy import migrate


def test_migrations_make_the_tables_of_the_code(migrated_url: str) -> None:
    engine = postgres.connect(migrated_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, postgres.metadata) == []
    engine.dispose()


def test_migrations_can_run_twice_and_be_taken_back(migrated_url: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    with mock.patch.dict(os.environ, {"DATABASE_URL": migrated_url}):
        migrate.main()
        command.downgrade(config, "base")
        engine = postgres.connect(migrated_url)
        assert inspect(engine).get_table_names() == ["alembic_version"]
        engine.dispose()
        migrate.main()
