"""Chat as the documentation of Flask-SocketIO shows it: rooms, acks, a Redis queue."""

import os
import time

from flask import Flask, request, session
from flask_socketio import SocketIO, emit, join_room

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
socketio = SocketIO(app, message_queue=os.environ["REDIS_URL"])


@socketio.on("join")
def join(message):
    """Let a user hear a channel."""
    session["username"] = message["username"]
    join_room(message["channel"])
    return {"channel": message["channel"]}


@socketio.on("say")
def say(message):
    """Tell everybody in a channel what a user said."""
    said_ms = int(time.time() * 1000)
    said = {
        "player": request.sid,
        "username": session["username"],
        "text": message["text"],
        "said_ms": said_ms,
    }
    emit("message_said", said, to=message["channel"])
    return {"channel": message["channel"], "at_ms": said_ms}
