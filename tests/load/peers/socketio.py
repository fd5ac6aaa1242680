"""Speak the chat of the peers that are Socket.IO: stock Flask-SocketIO, and Node."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from tests.load.crowd import socketio
from tests.load.crowd.dialect import Acked, Dialect, Heard, User
from tests.load.crowd.socketio import Answer, Emitted
from tests.load.peers.joining import joined

JOIN_ID = 0
MESSAGE = "message_said"


class SocketIO(Dialect):
    """Speak to a server with `join` and `say`, which acknowledges both."""

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self._host, self._port = place.hostname or "", place.port or 80

    async def enter(self, user: User) -> None:
        """Connect by WebSocket at once, and join the user's channel.

        Raises:
            Refused: the server said no.
            Dropped: it hung up, or was silent.
        """
        user.state = JOIN_ID
        await socketio.connect(user, self._host, self._port)
        connection = user.connection
        if not user.room or connection is None:
            return

        def says_so(message: str | bytes) -> bool:
            packet = socketio.take(connection, str(message))
            return type(packet) is Answer and packet.id == JOIN_ID

        data = {"channel": user.room, "username": user.name}
        connection.send_text(socketio.event("join", data, JOIN_ID))
        await joined(connection, user, says_so)

    def say(self, user: User, stamp: str) -> int | None:
        """Say something in the user's channel."""
        user.state += 1
        if user.connection is not None:
            data = {"channel": user.room, "text": stamp}
            user.connection.send_text(socketio.event("say", data, user.state))
        return int(user.state)

    def heard(self, user: User, message: str | bytes) -> Iterable[Heard | Acked]:
        """Decode a message."""
        if user.connection is None or not isinstance(message, str):
            return ()
        packet = socketio.take(user.connection, message)
        if type(packet) is Emitted and packet.name == MESSAGE:
            said = packet.data
            return (Heard(user.room, None, said["text"], said["said_ms"]),)
        if type(packet) is Answer:
            return (Acked(packet.id, ok=True, body=packet.body),)
        return ()
