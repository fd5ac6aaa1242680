"""What runs has a name."""

from pathlib import Path

import pytest

from app import release

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def git(tmp_path: Path) -> Path:
    folder = tmp_path / ".git"
    (folder / "refs/heads").mkdir(parents=True)
    (folder / "HEAD").write_text("ref: refs/heads/main\n")
    return folder


def test_names_the_commit_of_the_branch(git: Path) -> None:
    (git / "refs/heads/main").write_text(f"{COMMIT}\n")

    assert release.of_checkout(git.parent) == COMMIT[:12]


def test_names_the_commit_of_a_packed_branch(git: Path) -> None:
    (git / "packed-refs").write_text(f"# pack-refs\n{COMMIT} refs/heads/main\n")

    assert release.of_checkout(git.parent) == COMMIT[:12]


def test_names_a_commit_without_a_branch(git: Path) -> None:
    (git / "HEAD").write_text(f"{COMMIT}\n")

    assert release.of_checkout(git.parent) == COMMIT[:12]


def test_says_unknown_where_there_is_no_checkout(tmp_path: Path) -> None:
    assert release.of_checkout(tmp_path) == release.UNKNOWN
