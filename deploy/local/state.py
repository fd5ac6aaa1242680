"""Record what runs here: one lock a checkout, and var/run/cluster.json for others."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from deploy.local.folders import Folders
from deploy.local.problem import StartError
from deploy.local.programs import EDGE
from deploy.prometheus import targets

FILE = "cluster.json"
LOCK = "runner.lock"
STARTING, PLAYING, LEAVING = "starting", "playing", "leaving"


@dataclass(slots=True)
class Part:
    """Hold one process: where it answers and writes. A port of 0 is none."""

    pid: int
    port: int
    metrics_port: int
    log: str
    version: str = ""
    phase: str = PLAYING


@dataclass(frozen=True, slots=True)
class State:
    """Hold what another command needs to reach the running cluster."""

    url: str
    runner_pid: int
    supervisor_socket: str
    env: dict[str, str]
    parts: dict[str, Part]


def write(folders: Folders, state: State) -> None:
    """Replace the file whole; it holds secrets, so only the owner reads it."""
    new = folders.run / f"{FILE}.new"
    new.unlink(missing_ok=True)
    new.touch(mode=0o600)
    new.write_text(json.dumps(asdict(state), indent=2))
    new.rename(folders.run / FILE)
    found = state.parts.items()
    targets.write(
        folders.run,
        {name: part.metrics_port or part.port for name, part in found if name != EDGE},
    )


def read(folders: Folders) -> State | None:
    """Tell what runs, or None; a file that a killed runner left counts as none."""
    runner = runner_pid(folders)
    try:
        fields = json.loads((folders.run / FILE).read_text())
    except FileNotFoundError:
        return None
    if fields["runner_pid"] != runner:
        return None
    parts = {name: Part(**part) for name, part in fields.pop("parts").items()}
    return State(parts=parts, **fields)


def runner_pid(folders: Folders) -> int | None:
    """Tell who holds the lock; None when nobody does."""
    try:
        with (folders.run / LOCK).open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(file.read() or 0)
    except FileNotFoundError:
        return None
    except PermissionError as error:
        raise StartError(f"{folders.var} belongs to another user") from error
    return None


@contextmanager
def hold(folders: Folders) -> Iterator[None]:
    """Be the only runner of this checkout, and leave no state file behind.

    Raises:
        StartError: another runs already.
    """
    with (folders.run / LOCK).open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StartError("the cluster runs already here: make stop") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        (folders.run / FILE).unlink(missing_ok=True)
        try:
            yield
        finally:
            (folders.run / FILE).unlink(missing_ok=True)
            file.truncate(0)
