"""Install a peer's packages for Node, as its lock names them, under var/peers."""

import hashlib
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

from deploy.local.environment import here
from deploy.local.node import npm
from deploy.local.problem import StartError

FLAGS = ("--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
LOCK = "package-lock.json"
INSTALL_S = 600
SERVER = "server.mjs"


def installed(source: Path) -> Path:
    """Give the folder from which a server runs, with its packages beside it.

    Raises:
        StartError: there is no Node, or the registry gives no packages.
    """
    folder = here().var / "peers" / source.name
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", LOCK, SERVER):
        shutil.copyfile(source / name, folder / name)
    stamp = folder / ".stamp"
    wanted = hashlib.sha256((folder / LOCK).read_bytes()).hexdigest()
    if _read(stamp) != wanted:
        _install(folder)
        stamp.write_text(wanted)
    return folder


def _install(folder: Path) -> None:
    log = folder / "npm.log"
    with log.open("wb") as out:
        done = subprocess.run(
            [*npm(), "ci", *FLAGS],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            check=False,
            timeout=INSTALL_S,
        )
    if done.returncode != 0:
        raise StartError(f"peer_broken: npm ci failed for {folder.name} (see {log})")


def _read(stamp: Path) -> str:
    with suppress(FileNotFoundError):
        return stamp.read_text()
    return ""
