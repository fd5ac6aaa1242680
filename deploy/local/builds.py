"""Put a new build of the client in the place of the one before, under open pages.

A page that is open goes on asking for the parts of its own build, under names that the
next build doesn't have. So each build keeps the parts of the one before, in a folder of
their own; those of the one before that go. Whoever plays through two builds without a
reload, and then opens what was never open, is asked to reload.
"""

import ctypes
import os
import shutil
from pathlib import Path

ENCODINGS = ("plain", "gzip", "br")
PARTS = "assets"
PREVIOUS = "previous"
_CURRENT_FOLDER = -100
_EXCHANGE = 2
_libc = ctypes.CDLL(None, use_errno=True)


def keep(dist: Path, made: Path) -> None:
    """Link the parts of the build that is served into the one that follows it."""
    for encoding in ENCODINGS:
        parts = dist / encoding / PARTS
        if parts.is_dir():
            kept = made / PREVIOUS / encoding / PARTS
            shutil.copytree(parts, kept, copy_function=os.link)


def swap(made: Path, dist: Path) -> None:
    """Serve what was made, from one moment to the next."""
    if not dist.exists():
        made.rename(dist)
    elif _exchange(made, dist):
        shutil.rmtree(made)
    else:
        old = dist.with_name("dist.old")
        shutil.rmtree(old, ignore_errors=True)
        dist.rename(old)
        made.rename(dist)
        shutil.rmtree(old)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places at once; False where the system can't."""
    ends = (_CURRENT_FOLDER, os.fsencode(one), _CURRENT_FOLDER, os.fsencode(other))
    return bool(_libc.renameat2(*ends, _EXCHANGE) == 0)
