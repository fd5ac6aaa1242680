"""Find and end processes of a cluster whose runner was killed."""

from contextlib import suppress
from pathlib import Path

import psutil

from deploy.local.environment import MARK

RENAMED = {"postgres", "valkey-server", "nginx"}
"""They write their state over their environment, but work inside `var`."""
PATIENCE_S = 5.0


def end(var: Path) -> int:
    """End them and tell how many there were."""
    found = [process for process in _others() if _is_of(process, var)]
    for process in found:
        with suppress(psutil.Error):
            process.terminate()
    _, alive = psutil.wait_procs(found, PATIENCE_S)
    for process in alive:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(alive, PATIENCE_S)
    return len(found)


def end_orphans(name: str, folder: Path) -> None:
    """Kill what outlived its parent of the same name, and may hold its port."""
    for process in _others():
        with suppress(psutil.Error):
            if process.name() != name or not _works_in(process, folder):
                continue
            parent = process.parent()
            if parent is None or parent.name() != name:
                process.kill()
                process.wait(PATIENCE_S)


def _others() -> list[psutil.Process]:
    me = psutil.Process()
    mine = {me.pid, *(parent.pid for parent in me.parents())}
    return [one for one in psutil.process_iter() if one.pid not in mine]


def _is_of(process: psutil.Process, var: Path) -> bool:
    with suppress(psutil.Error):
        if process.environ().get(MARK) == str(var):
            return True
        if process.name() in RENAMED:
            return _works_in(process, var)
    return False


def _works_in(process: psutil.Process, folder: Path) -> bool:
    return Path(process.cwd()).is_relative_to(folder)
