"""Bring the tables of DATABASE_URL to the newest version."""

from pathlib import Path

from alembic import command
from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"


def main() -> None:
    """Run what is missing. Nothing of the web application is loaded."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")


if __name__ == "__main__":
    main()
