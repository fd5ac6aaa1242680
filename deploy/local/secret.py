"""Draw the local run's secrets, each once, and keep them to the owner."""

import secrets
from pathlib import Path


def kept(path: Path, size_bytes: int) -> str:
    """Read a secret, or draw it: its file is whole or not there, whoever is killed."""
    if not path.exists() or not path.read_text():
        new = path.with_suffix(".new")
        new.touch(mode=0o600)
        new.write_text(secrets.token_urlsafe(size_bytes))
        new.rename(path)
    return path.read_text()
