"""Configure one web instance: gunicorn with one worker of green threads."""

import os
import signal

from deploy.death import with_parent

bind = f"127.0.0.1:{os.environ.get('PORT', '5000')}"
worker_class = "app.realtime.runtime.Worker"
workers = 1
worker_connections = 10_000
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


def post_fork(_server: object, _worker: object) -> None:
    """End with the master: a lost worker would hold the port of the next one."""
    with_parent(signal.SIGKILL)()
