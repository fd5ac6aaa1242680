"""Know where a checkout keeps its data, sockets and logs."""

import hashlib
import os
import re
import shutil
import stat
import tempfile
from pathlib import Path

from deploy.local.problem import StartError

ROOT = Path(__file__).resolve().parents[2]
SOCKET_FOLDER_MAX = 80
"""Bytes: the kernel allows 107 for a socket's whole path."""
PLAIN = re.compile(r"[A-Za-z0-9._/+-]+")
"""What nginx' list, a URL and a shell all take as it is."""


class Folders:
    """Name the folders of a cluster; `make` makes them."""

    def __init__(self, var: Path) -> None:
        self.var = var.resolve()
        self.run = self.var / "run"
        self.log = self.var / "log"
        self.sockets = self.run
        if not _suits(str(self.run), SOCKET_FOLDER_MAX):
            self.sockets = _short(self.run)

    def make(self) -> None:
        """Make what is missing."""
        for folder in (self.var, self.run, self.log):
            folder.mkdir(parents=True, exist_ok=True)
        if self.sockets != self.run:
            _make_private(self.sockets)

    def clear(self) -> None:
        """Remove what is kept outside of `var`."""
        if self.sockets != self.run:
            shutil.rmtree(self.sockets, ignore_errors=True)


def _suits(folder: str, most: int) -> bool:
    """Tell whether the paths of sockets may begin so."""
    return len(folder) <= most and bool(PLAIN.fullmatch(folder))


def _short(long: Path) -> Path:
    mark = hashlib.sha256(os.fsencode(long)).hexdigest()[:12]
    base = tempfile.gettempdir()
    if not _suits(base, SOCKET_FOLDER_MAX // 2):
        base = "/tmp"  # noqa: S108 - made private, and refused when another's
    return Path(base, f"dominion-{os.getuid()}-{mark}")


def _make_private(folder: Path) -> None:
    folder.mkdir(mode=0o711, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise StartError(f"{folder} belongs to somebody else")
    folder.chmod(0o711)


def let_through(folder: Path) -> None:
    """Let another user pass into a folder: search permission, not reading."""
    for parent in (folder, *folder.parents):
        mode = parent.stat().st_mode
        if not mode & stat.S_IXOTH:
            parent.chmod(mode | stat.S_IXGRP | stat.S_IXOTH)
