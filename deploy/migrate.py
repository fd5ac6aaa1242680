"""Bring the tables of DATABASE_URL to this code's version: `python -m deploy.migrate`.

Tables that a newer release brought stay as they are: each release leaves them so that
the one before can go on with them, and going back must not need a migration. `--down 1`
takes them one version back, by the code that brought that version.
"""

import argparse
import os
import sys
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.pool import NullPool

from app.engine import postgres

MIGRATIONS = Path(__file__).parent / "migrations"


class Refused(Exception):
    """Say why the tables stay as they are."""


def main() -> None:
    """Run what is missing. Nothing of the web application is loaded.

    Raises:
        Refused: the tables are neither this code's nor a newer release's.
    """
    config = _config()
    head, known = _versions(config)
    current = _current()
    if current is not None and current > head:
        print(f"tables are at {current}, newer than this code's {head}, and stay")
        return
    if current is not None and current not in known:
        raise Refused(f"unknown_version: nothing here made tables of version {current}")
    command.upgrade(config, "head")
    print(f"tables are at {head}")


def go_back(steps: int) -> None:
    """Undo the newest versions.

    Raises:
        Refused: other code brought them, or there are not so many.
    """
    config = _config()
    _head, known = _versions(config)
    current = _current()
    if current not in known:
        raise Refused(
            f"unknown_version: {current} came with other code: undo it with that code"
        )
    done = known.index(current) + 1
    if not 0 < steps < done:
        raise Refused(f"bad_count: {steps}: from 1 to {done - 1} can be undone")
    command.downgrade(config, f"-{steps}")
    print(f"tables are at {_current()}")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _versions(config: Config) -> tuple[str, list[str]]:
    """Name the newest version and all there are, numbers that grow (0001, 0002)."""
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    known = sorted(script.revision for script in scripts)
    return known[-1], known


def _current() -> str | None:
    url = postgres.url(os.environ["DATABASE_URL"])
    engine = sa.create_engine(url, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def _run() -> int:
    parser = argparse.ArgumentParser(prog="migrate", description="Migrate the tables.")
    parser.add_argument("--down", type=int, metavar="STEPS", help="undo so many")
    steps = parser.parse_args().down
    try:
        if steps is None:
            main()
        else:
            go_back(steps)
    except Refused as refused:
        print(f"error: {refused}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_run())
