"""Speak Socket.IO over one WebSocket: as little of it as a bot needs, and cheaply.

The bots share the machine with the cluster that they measure, so every message costs
one parse and no more. Namespace `/`, JSON packets, no polling, no binary parts.
"""

import asyncio
from collections.abc import Callable
from time import perf_counter
from typing import Any, NamedTuple

import aiohttp
import orjson

OPEN_S = 10.0
ACK_S = 5.0
MESSAGE_BYTES_MAX = 8 * 1024 * 1024

Heard = Callable[[str, Any], None]
"""Takes the name and the data of an event that the server emits."""


Taken = Callable[[dict[str, Any]], None]
"""Takes an ack's body the moment it comes, before anything that comes after it."""


class Dropped(Exception):
    """Tell that the connection is gone, and why."""


class Refused(Exception):
    """Tell that the server did not let us in; `code` as in the wire contract."""

    def __init__(self, code: str, retry_after_ms: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after_ms = retry_after_ms


class Acked(NamedTuple):
    """Hold an ack's body, and how long it took in seconds."""

    body: dict[str, Any]
    took_s: float


class Connection:
    """Hold one open connection; `closed` ends with the reason once it is gone."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, heard: Heard) -> None:
        self._socket = socket
        self._heard = heard
        self._silence_s = OPEN_S
        self._acks: dict[int, asyncio.Future[Acked]] = {}
        self._taken: dict[int, Taken] = {}
        self._sent: dict[int, float] = {}
        self._last = 0
        self.closed: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def call(
        self, name: str, data: dict[str, Any], taken: Taken | None = None
    ) -> Acked:
        """Emit an event and wait for its ack; `taken` gets it in its order, even late.

        Raises:
            Dropped: the connection went before the ack came.
            TimeoutError: it did not come in time.
        """
        number = self._last = self._last + 1
        answer: asyncio.Future[Acked] = asyncio.get_running_loop().create_future()
        self._acks[number] = answer
        if taken is not None:
            self._taken[number] = taken
        self._sent[number] = perf_counter()
        try:
            async with asyncio.timeout(ACK_S):
                await self._send(f"42{number}" + orjson.dumps([name, data]).decode())
                return await answer
        finally:
            del self._acks[number], self._sent[number]

    async def close(self) -> None:
        """Leave as a client that was told to."""
        if not self.closed.done():
            self._end("left")
        await self._socket.close()

    async def handshake(self, auth: dict[str, Any]) -> None:
        """Open Engine.IO, then the namespace.

        Raises:
            Refused: the server said no.
            Dropped: it hung up.
        """
        opened = orjson.loads((await self._receive())[1:])
        self._silence_s = (opened["pingInterval"] + opened["pingTimeout"]) / 1_000
        await self._send("40" + orjson.dumps(auth).decode())
        answer = await self._receive()
        if answer.startswith("44"):
            data = orjson.loads(answer[2:]).get("data") or {}
            raise Refused(data.get("code", "unknown"), data.get("retry_after_ms", 0))
        if not answer.startswith("40"):
            raise Dropped(f"handshake answered with {answer[:40]!r}")

    async def read(self) -> None:
        """Read until the connection is gone; meant as a task."""
        reason = "reader stopped"
        try:
            while True:
                text = await self._receive()
                if text == "2":
                    await self._send("3")
                else:
                    self._take(text)
        except Dropped as dropped:
            reason = str(dropped)
        finally:
            self._end(reason)
            await self._socket.close()

    def _take(self, text: str) -> None:
        kind = text[:2]
        if kind == "42":
            name, *data = orjson.loads(text[2:])
            self._heard(name, data[0] if data else None)
        elif kind == "43":
            self._acknowledge(text)
        elif kind == "41" or text[0] == "1":
            raise Dropped("the server hung up")

    def _acknowledge(self, text: str) -> None:
        start = text.index("[")
        came, number = perf_counter(), int(text[2:start])
        body = orjson.loads(text[start:])[0]
        taken = self._taken.pop(number, None)
        if taken is not None:
            taken(body)
        answer = self._acks.get(number)
        if answer is not None and not answer.done():
            answer.set_result(Acked(body, came - self._sent[number]))

    async def _receive(self) -> str:
        try:
            message = await self._socket.receive(self._silence_s)
        except TimeoutError as error:
            raise Dropped("silence") from error
        if message.type is not aiohttp.WSMsgType.TEXT:
            raise Dropped(f"{message.type.name.lower()} {self._socket.close_code}")
        return str(message.data)

    async def _send(self, text: str) -> None:
        if self._socket.closed:
            raise Dropped("closed")
        try:
            await self._socket.send_str(text)
        except (aiohttp.ClientError, OSError) as error:
            raise Dropped(type(error).__name__) from error

    def _end(self, reason: str) -> None:
        if not self.closed.done():
            self.closed.set_result(reason)
        for answer in self._acks.values():
            if not answer.done():
                answer.set_exception(Dropped(reason))


async def connect(
    http: aiohttp.ClientSession, url: str, auth: dict[str, Any], heard: Heard
) -> tuple[Connection, asyncio.Task[None]]:
    """Connect by WebSocket at once; gives the connection and the task that reads it.

    Raises:
        Refused: the server or nginx said no.
        Dropped: there was no answer.
    """
    try:
        async with asyncio.timeout(OPEN_S):
            socket = await _upgrade(http, url)
            connection = Connection(socket, heard)
            try:
                await connection.handshake(auth)
            except BaseException:
                await socket.close()
                raise
    except TimeoutError as error:
        raise Dropped("no answer") from error
    return connection, asyncio.create_task(connection.read())


async def _upgrade(
    http: aiohttp.ClientSession, url: str
) -> aiohttp.ClientWebSocketResponse:
    address = f"{url}/socket.io/?EIO=4&transport=websocket"
    try:
        return await http.ws_connect(address, max_msg_size=MESSAGE_BYTES_MAX)
    except aiohttp.WSServerHandshakeError as error:
        raise Refused(f"http_{error.status}") from error
    except (aiohttp.ClientError, OSError) as error:
        raise Dropped(type(error).__name__) from error
