"""Name the code on disk: by its commit, and by its contents where these differ."""

import hashlib
import subprocess
from pathlib import Path

FOLDERS = ("app", "workers", "deploy")
SUFFIXES = {".py", ".lua"}
FILES = ("Procfile", "deploy/requirements/run.txt")
DIGITS = 8
GIT_S = 5.0


def of(root: Path) -> str:
    """Name what a process that starts now would run: `1a2b3c4`, or `1a2b3c4+90ab12cd`.

    Without git it is the digest of the contents alone.
    """
    digest = _digest(root)
    asked = ["git", "describe", "--always", "--tags", f"--dirty=+{digest}"]
    try:
        said = subprocess.run(  # noqa: S603 - our own words
            asked, cwd=root, capture_output=True, text=True, check=False, timeout=GIT_S
        )
    except (OSError, subprocess.TimeoutExpired):
        return digest
    is_ours = (root / ".git").exists() and said.returncode == 0
    return said.stdout.strip() if is_ours else digest


def _digest(root: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(_files(root)):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:DIGITS]


def _files(root: Path) -> list[Path]:
    found = [root / name for name in FILES]
    for folder in FOLDERS:
        found += (one for one in (root / folder).rglob("*") if one.suffix in SUFFIXES)
    return [one for one in found if one.is_file()]
