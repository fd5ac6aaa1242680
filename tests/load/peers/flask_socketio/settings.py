"""One worker of green threads an instance, as the page on deployment asks."""

worker_class = "eventlet"
workers = 1
worker_connections = 10_000
"""The thousand that gunicorn gives by itself would end the comparison early."""
control_socket_disable = True
