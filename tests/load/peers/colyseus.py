"""Speak to Colyseus: a seat by HTTP, then the room's own WebSocket."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, TCPConnector

from tests.load.crowd.dialect import Acked, Dialect, Heard, User
from tests.load.crowd.websocket import Connection, Dropped, Refused
from tests.load.peers import wire
from tests.load.peers.joining import joined

SEATS_AT_ONCE = 20
OK = 200
MESSAGE = "message_said"


class Colyseus(Dialect):
    """Speak to a room that answers the request `say` and tells its members."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._http: ClientSession | None = None

    async def enter(self, user: User) -> None:
        """Reserve a seat in the room of the user's channel, then go where it is.

        Whoever is first makes the room; two at once would make two.

        Raises:
            Refused: the server said no.
            Dropped: it hung up, or was silent.
        """
        user.state = 0
        seat = await self._reserve(user)
        place = urlsplit(f"ws://{seat['publicAddress']}")
        path = f"{place.path}/{seat['processId']}/{seat['roomId']}"
        early: list[str | bytes] = []
        connection = await Connection.open(
            place.hostname or "",
            place.port or 80,
            f"{path}?sessionId={seat['sessionId']}",
            on_message=early.append,
            on_closed=user.on_closed,
        )
        await joined(connection, user, _says_so, early)
        connection.send_binary(wire.JOINED)

    def say(self, user: User, stamp: str) -> int | None:
        """Say something in the user's room."""
        user.state += 1
        if user.connection is not None:
            said = wire.request(user.state, "say", {"text": stamp})
            user.connection.send_binary(said)
        return int(user.state)

    def heard(self, user: User, message: str | bytes) -> Iterable[Heard | Acked]:
        """Decode a message."""
        if not isinstance(message, bytes):
            return ()
        told = wire.read(message)
        if type(told) is wire.Told and told.name == MESSAGE:
            said = told.body
            return (Heard(user.room, None, said["text"], said["said_ms"]),)
        if type(told) is wire.Response:
            code = "" if told.ok else "refused"
            return (Acked(told.id, told.ok, code, told.body),)
        return ()

    async def close(self) -> None:
        """Let go of the HTTP connections."""
        if self._http is not None:
            await self._http.close()

    async def _reserve(self, user: User) -> dict[str, str]:
        if self._http is None:
            self._http = ClientSession(connector=TCPConnector(limit=SEATS_AT_ONCE))
        options = {"channel": user.room, "username": user.name}
        try:
            asked = self._http.post(
                f"{self._url}/matchmake/joinOrCreate/chat", json=options
            )
            async with asked as answer:
                if answer.status != OK:
                    raise Refused(f"http_{answer.status}")
                seat: dict[str, str] = await answer.json()
        except (ClientError, TimeoutError) as error:
            raise Dropped(type(error).__name__) from error
        return seat


def _says_so(message: str | bytes) -> bool:
    """Tell whether this is the welcome of a room.

    Raises:
        Refused: it is an error.
    """
    if not isinstance(message, bytes):
        return False
    told = wire.read(message)
    if type(told) is wire.Problem:
        raise Refused(f"error_{told.code}")
    return message[0] & wire.CODE == wire.JOIN_ROOM
