"""Speak to one instance over bare WebSockets, at a cost small beside the server's.

Talkers sit in rooms of ten. Each says something once a second, at times drawn before;
what they hear is counted by the numbers of the batches, without reading the events.
"""

import asyncio
import base64
import os
import re
from dataclasses import dataclass, field
from random import Random
from time import perf_counter
from uuid import UUID

ROOM_MEMBERS = 10
OPENING_MAX = 20
OPEN_S = 60.0
LEAVE_S = 10.0
POLL_S = 0.05

_SHORT, _LONG = 126, 127
_SPAN = re.compile(rb'"room":"chat:[^"]*","from":(\d+),"to":(\d+)')


@dataclass(slots=True)
class Heard:
    """Hold what all talkers said, and what came of it."""

    said: int = 0
    acked: int = 0
    refused: int = 0
    delivered: int = 0
    frames: int = 0
    late_s: list[float] = field(default_factory=list)
    """How long each ack took, from the intended time of sending."""
    gaps: int = 0


class Talker(asyncio.Protocol):
    """Hold one client."""

    def __init__(self, number: int, host: str, heard: Heard) -> None:
        loop = asyncio.get_running_loop()
        self.number = number
        self.heard = heard
        self.opened: asyncio.Future[None] = loop.create_future()
        self.ready: asyncio.Future[None] = loop.create_future()
        self.left: asyncio.Future[None] = loop.create_future()
        self._host = host
        self._buffer = b""
        self._intended_s: dict[int, float] = {}
        self._acks = 1
        self._ids = Random()  # new ones: a repeated command is not run
        self._last_seq = 0

    @property
    def room(self) -> str:
        """Name the room it talks in."""
        return f"chat:{self.number // ROOM_MEMBERS}"

    def say(self, intended_s: float) -> None:
        """Say something."""
        self._acks += 1
        self._intended_s[self._acks] = intended_s
        self.heard.said += 1
        name = UUID(int=self._ids.getrandbits(128), version=4)
        counter = self.room.replace(":", ".")
        self._send(
            f'42{self._acks}["counters.add",{{"id":"{name}",'
            f'"counter":"{counter}","amount":1}}]'
        )

    def leave(self) -> None:
        """Close the connection."""
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for a WebSocket."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
            f"Host: {self._host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def connection_lost(self, _error: Exception | None) -> None:
        """Note the end."""
        for future in (self.opened, self.ready, self.left):
            if not future.done():
                future.set_result(None)

    def data_received(self, data: bytes) -> None:
        """Take whole frames."""
        self._buffer += data
        if not self.opened.done():
            head, found, self._buffer = self._buffer.partition(b"\r\n\r\n")
            if not found:
                self._buffer = head
                return
            self.opened.set_result(None)
        start = 0
        while (end := self._frame_end(start)) is not None:
            first, after = end
            self._take(self._buffer[first:after])
            start = after
        self._buffer = self._buffer[start:]

    def _frame_end(self, start: int) -> tuple[int, int] | None:
        buffer = self._buffer
        if len(buffer) < start + 2:
            return None
        length, first = buffer[start + 1], start + 2
        if length == _SHORT:
            length, first = int.from_bytes(buffer[first : first + 2], "big"), first + 2
        elif length == _LONG:
            length, first = int.from_bytes(buffer[first : first + 8], "big"), first + 8
        return (first, first + length) if len(buffer) >= first + length else None

    def _take(self, packet: bytes) -> None:
        if packet.startswith(b'42["events"'):
            self._hear(packet)
        elif packet.startswith(b"43"):
            self._acked(packet)
        elif packet == b"2":
            self._send("3")
        elif packet.startswith(b'42["welcome"'):
            self._send(f'421["resume",{{"rooms":{{"{self.room}":0}}}}]')
        elif packet.startswith(b"0"):
            self._send(f'40{{"token":"talker{self.number}"}}')

    def _hear(self, packet: bytes) -> None:
        found = _SPAN.search(packet)
        if found is None:
            return
        from_, to = int(found[1]), int(found[2])
        self.heard.gaps += bool(self._last_seq) and from_ != self._last_seq
        self._last_seq = to
        self.heard.delivered += to - from_
        self.heard.frames += 1

    def _acked(self, packet: bytes) -> None:
        number = int(packet[2 : packet.index(b"[")])
        intended_s = self._intended_s.pop(number, None)
        if intended_s is None:
            self._joined(packet)
            return
        self.heard.acked += 1
        self.heard.refused += b'"ok":true' not in packet
        self.heard.late_s.append(perf_counter() - intended_s)

    def _joined(self, packet: bytes) -> None:
        if b'"snapshot"' in packet or b'"events"' in packet:
            self.ready.set_result(None)
        else:
            self.ready.set_exception(RuntimeError(packet.decode()))

    def _send(self, text: str) -> None:
        payload = text.encode()
        length = len(payload)
        head = bytes((0x81, 0x80 | length)) if length < _SHORT else b""
        head = head or b"\x81\xfe" + length.to_bytes(2, "big")
        mask = os.urandom(4)
        key = (mask * (length // 4 + 1))[:length]
        masked = int.from_bytes(payload, "big") ^ int.from_bytes(key, "big")
        self._transport.write(head + mask + masked.to_bytes(length, "big"))


async def enter(host: str, port: int, count: int, heard: Heard) -> list[Talker]:
    """Connect talkers, each in its room."""
    places = asyncio.Semaphore(OPENING_MAX)

    async def one(number: int) -> Talker:
        async with places:
            loop = asyncio.get_running_loop()
            _, talker = await loop.create_connection(
                lambda: Talker(number, f"{host}:{port}", heard), host, port
            )
            await talker.ready
            return talker

    async with asyncio.timeout(OPEN_S):
        return list(await asyncio.gather(*map(one, range(count))))


async def talk(
    talkers: list[Talker], seconds: float, per_s: float, draws: Random
) -> None:
    """Let each say something `per_s` times a second, at times of its own."""
    plan = sorted(
        (at / per_s + draws.uniform(0, 1 / per_s), talker.number)
        for talker in talkers
        for at in range(int(seconds * per_s))
    )
    started = perf_counter()
    for at, number in plan:
        wait = started + at - perf_counter()
        if wait > 0:
            await asyncio.sleep(wait)
        talkers[number].say(started + at)


async def answered(heard: Heard) -> None:
    """Wait until all that was said was answered."""
    async with asyncio.timeout(LEAVE_S):
        while heard.acked < heard.said:  # noqa: ASYNC110 - counted, not awaited
            await asyncio.sleep(POLL_S)


async def leave(talkers: list[Talker]) -> None:
    """Close all connections."""
    for talker in talkers:
        talker.leave()
    async with asyncio.timeout(LEAVE_S):
        await asyncio.gather(*(talker.left for talker in talkers))
