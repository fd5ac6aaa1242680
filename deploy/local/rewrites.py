"""Let Redis write its file anew in the time that nobody else wants.

It forks a child for that, which takes a core for a second or more (decision 40).
"""

import threading
from contextlib import suppress
from pathlib import Path
from time import sleep

from deploy.local.valkey import PID_FILE
from deploy.turns import stand_back

LOOK_S = 0.1


def watch(data: Path) -> None:
    """Look after the server of a data folder from now on, also when it is another."""
    threading.Thread(target=_watch, args=(data,), daemon=True).start()


def look(data: Path) -> None:
    """Have every child that the server has now stand back."""
    for child in _children(data):
        stand_back(child)


def _watch(data: Path) -> None:
    while True:
        look(data)
        sleep(LOOK_S)


def _children(data: Path) -> list[int]:
    """Find the server's children; none where it is gone.

    A killed server leaves its file, and its number may be another process's by now:
    ours works in its data folder.
    """
    with suppress(OSError, ValueError):
        pid = int((data / PID_FILE).read_text())
        process = Path(f"/proc/{pid}")
        if (process / "cwd").samefile(data):
            listed = (process / f"task/{pid}/children").read_text()
            return [int(child) for child in listed.split()]
    return []
