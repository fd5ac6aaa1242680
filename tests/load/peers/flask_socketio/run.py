"""The same chat by `socketio.run`, as the documentation's first page starts it."""

import sys

import eventlet

eventlet.monkey_patch()

from tests.load.peers.flask_socketio.server import app, socketio  # noqa: E402

socketio.run(app, host="127.0.0.1", port=int(sys.argv[1]))
