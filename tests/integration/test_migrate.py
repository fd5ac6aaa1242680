"""Tables go up and down by one version, and a release that is older lets them be."""

import shutil

import pytest
import sqlalchemy as sa

from app.engine import postgres
from deploy import migrate
from tests.support.release import add_migration


@pytest.fixture
def newer(tmp_path, monkeypatch, database_url):
    """Bring the tables to this code's version; give a folder with a newer one."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    migrate.main()
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.MIGRATIONS, folder)
    return folder, add_migration(folder)


@pytest.fixture
def tables(database_url):
    def names():
        engine = postgres.connect(database_url)
        found = set(sa.inspect(engine).get_table_names())
        engine.dispose()
        return found

    return names


def test_a_version_is_brought_and_undone(newer, tables, monkeypatch, capsys):
    folder, version = newer
    monkeypatch.setattr(migrate, "MIGRATIONS", folder)

    migrate.main()
    assert f"tables are at {version}\n" in capsys.readouterr().out
    assert "mottos" in tables()

    migrate.go_back(1)
    assert "mottos" not in tables()
    assert "accounts" in tables()


def test_older_code_lets_newer_tables_be(newer, tables, monkeypatch, capsys):
    folder, version = newer
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "MIGRATIONS", folder)
        migrate.main()

    migrate.main()
    assert f"{version}, newer than this code's" in capsys.readouterr().out
    assert "mottos" in tables()

    with pytest.raises(migrate.Refused, match=f"unknown_version: {version}"):
        migrate.go_back(1)
    assert "mottos" in tables()

    monkeypatch.setattr(migrate, "MIGRATIONS", folder)
    migrate.go_back(1)
    assert "mottos" not in tables()


@pytest.mark.parametrize("steps", [0, -1, 10_000])
def test_no_more_is_undone_than_was_done(newer, tables, steps):
    before = tables()
    with pytest.raises(migrate.Refused, match="bad_count"):
        migrate.go_back(steps)
    assert tables() == before
