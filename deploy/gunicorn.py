"""Configure one web instance: gunicorn with one worker of green threads."""

import os
import signal
import socket
from contextlib import suppress
from typing import Any

from gunicorn.sock import UnixSocket

from deploy.death import with_parent

bind = f"127.0.0.1:{os.environ.get('PORT', '5000')}"
worker_class = "app.realtime.runtime.Worker"
workers = 1
worker_connections = 10_000
backlog = 2_048
keepalive = 75
"""Seconds; nginx keeps its connections for less, so it never writes to a closed one."""
graceful_timeout = int(os.environ.get("DRAIN_S", "30"))
timeout = 30
limit_request_line = 8_190
limit_request_fields = 50
limit_request_field_size = 8_190
forwarded_allow_ips = "127.0.0.1"
accesslog = None
"""nginx writes the access log; it knows the client's address."""
errorlog = "-"
loglevel = "warning"
control_socket_disable = True
proc_name = os.environ.get("INSTANCE", "web.1")


def pre_fork(server: Any, _worker: object) -> None:
    """Refuse connections until the new worker has loaded the application.

    A master that listens alone would keep players waiting for seconds, where nginx
    would have sent them to another instance. The port stays ours meanwhile.
    """
    for listener in server.LISTENERS:
        with suppress(OSError):
            listener.sock.shutdown(socket.SHUT_RD)


def post_fork(_server: object, _worker: object) -> None:
    """End with the master: a lost worker would hold the port of the next one."""
    with_parent(signal.SIGKILL)()


def post_worker_init(worker: Any) -> None:
    """Accept connections from now on, nginx's on a socket file where one is named.

    The worker makes that one itself: while there is none, nobody waits at it.
    """
    for listener in worker.sockets:  # gunicorn's, or already green ones
        getattr(listener, "sock", listener).listen(backlog)
    path = os.environ.get("SOCKET")
    if path:
        worker.sockets.append(UnixSocket(path, worker.cfg, worker.log))
