"""Make releases that never were: a copy of the project, newer tables, broken code."""

import shutil
from pathlib import Path

from deploy.local.folders import ROOT

COPIED = ("app", "workers", "deploy", "nginx")
MIGRATION = '''"""Make a table, and a column that may stay empty, as a release would."""

import sqlalchemy as sa
from alembic import op

revision: str = "{version}"
down_revision: str | None = "{before}"


def upgrade() -> None:
    """Add what the code before does not know."""
    op.create_table("mottos", sa.Column("id", sa.Text, primary_key=True))
    op.add_column("accounts", sa.Column("motto", sa.Text))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("accounts", "motto")
    op.drop_table("mottos")
'''


def copy(folder: Path) -> Path:
    """Copy what a cluster runs; without git, so that contents alone name a version."""
    for name in COPIED:
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "Procfile", folder)
    return folder


def migration_of(migrations: Path, version: str) -> Path:
    """Name the file of the made-up migration."""
    return migrations / "versions" / f"{version}_mottos.py"


def add_migration(migrations: Path) -> str:
    """Add a migration after the newest; give its version."""
    names = (path.name[:4] for path in (migrations / "versions").glob("[0-9]*.py"))
    before = max(names)
    version = f"{int(before) + 1:04}"
    text = MIGRATION.format(version=version, before=before)
    migration_of(migrations, version).write_text(text)
    return version
