"""Speak Socket.IO (Engine.IO 4, JSON packets, namespace `/`) over one `Connection`.

Shared by every dialect whose server speaks it. Pings are answered here.
"""

import asyncio
from collections.abc import Mapping
from typing import Any, NamedTuple

import orjson

from tests.load.crowd.dialect import User
from tests.load.crowd.websocket import Connection, Dropped, Refused

PATH = "/socket.io/?EIO=4&transport=websocket"
JOIN_S = 30.0
HUNG_UP = "the server hung up"
HEARD_CHARS_MAX = 2_048
HEARD_MAX = 1_024
"""Short events that are kept decoded: what one user of a room hears all others hear,
too, letter by letter."""


class Emitted(NamedTuple):
    """Hold an event that the server emitted."""

    name: str
    data: Any


class Answer(NamedTuple):
    """Hold an ack: `body` is its first argument."""

    id: int
    body: Any


_heard: dict[str, Emitted] = {}


def event(name: str, data: Any, ack_id: int | None = None) -> str:
    """Write an event packet; with `ack_id` the server answers with an ack."""
    number = "" if ack_id is None else ack_id
    return f"42{number}{orjson.dumps([name, data]).decode()}"


def take(connection: Connection, text: str) -> Emitted | Answer | None:
    """Read a packet; pings are answered, the end of the session ends the connection."""
    kind = text[:2]
    if kind == "42":
        return _heard.get(text) or _emitted(text)
    if kind == "43":
        start = text.index("[")
        body = orjson.loads(text[start:])
        return Answer(int(text[2:start]), body[0] if body else None)
    if text == "2":
        connection.send_text("3")
    elif kind == "41" or kind[:1] == "1":
        connection.abort(HUNG_UP)
    return None


def _emitted(text: str) -> Emitted:
    """Decode an event. Whoever is given the same one again must not change it."""
    named = orjson.loads(text[2:])
    emitted = Emitted(named[0], named[1] if len(named) > 1 else None)
    if len(text) <= HEARD_CHARS_MAX:
        if len(_heard) >= HEARD_MAX:
            _heard.clear()
        _heard[text] = emitted
    return emitted


class Handshake:
    """Bring one user from an open WebSocket into the namespace."""

    def __init__(self, user: User) -> None:
        make = asyncio.get_running_loop().create_future
        self._user = user
        self._connection: Connection | None = None
        self._opened: asyncio.Future[None] = make()
        self._joined: asyncio.Future[None] = make()

    async def run(self, connection: Connection, auth: Mapping[str, Any] | None) -> None:
        """Wait for Engine.IO to open, say who we are, and wait to be let in.

        Raises:
            Refused: the server said no, with the code of its `connect_error`.
            Dropped: it hung up.
        """
        self._connection = connection
        await self._opened
        said = orjson.dumps(auth).decode() if auth else ""
        connection.send_text(f"40{said}")
        await self._joined

    def take(self, message: str | bytes) -> None:
        """Take a message of the handshake; what comes behind it goes to the user."""
        text = message if isinstance(message, str) else ""
        if text.startswith("0"):
            _settle(self._opened)
        elif text.startswith("40") and self._connection is not None:
            self._user.connection = self._connection
            self._connection.on_message = self._user.on_message
            _settle(self._joined)
        elif text.startswith("44"):
            _settle(self._joined, _refusal(text))

    def lost(self, reason: str) -> None:
        """Take that the connection is gone."""
        if self._joined.done():
            self._user.on_closed(reason)
        else:
            waits = self._joined if self._opened.done() else self._opened
            _settle(waits, Dropped(reason))


async def connect(
    user: User,
    host: str,
    port: int,
    auth: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
    path: str = PATH,
) -> None:
    """Open Engine.IO by WebSocket at once, then the namespace, as `user.connection`.

    Whatever comes behind the answer goes to `user.on_message`, also before this
    returns.

    Raises:
        Refused: the server said no, with the code of its `connect_error`.
        Dropped: it hung up, or was silent.
    """
    handshake = Handshake(user)
    connection = await Connection.open(
        host, port, path, headers, on_message=handshake.take, on_closed=handshake.lost
    )
    try:
        async with asyncio.timeout(JOIN_S):
            await handshake.run(connection, auth)
    except BaseException as error:
        connection.close()
        if isinstance(error, TimeoutError):
            raise Dropped("no answer to joining") from None
        raise


def _settle(future: asyncio.Future[None], problem: Exception | None = None) -> None:
    if future.done():
        return
    if problem is None:
        future.set_result(None)
    else:
        future.set_exception(problem)


def _refusal(text: str) -> Refused:
    said = orjson.loads(text[2:] or "{}")
    data = said.get("data") or {}
    return Refused(
        data.get("code") or said.get("message") or "refused",
        data.get("retry_after_ms", 0),
    )
