"""Let Redis write its file anew in the time that nobody else wants.

It forks a child for that, which takes a core for a second or more (decision 40).
"""

import threading
from contextlib import suppress
from pathlib import Path
from time import sleep

from deploy.turns import stand_back

LOOK_S = 0.1


def watch(pid_file: Path) -> None:
    """Look after it from now on, whatever process the file names."""
    threading.Thread(target=_watch, args=(pid_file,), daemon=True).start()


def _watch(pid_file: Path) -> None:
    while True:
        for child in _children(pid_file):
            stand_back(child)
        sleep(LOOK_S)


def _children(pid_file: Path) -> list[int]:
    """Find the children of the process that a file names; none where it is gone."""
    with suppress(OSError, ValueError):
        pid = int(pid_file.read_text())
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(child) for child in listed.split()]
    return []
