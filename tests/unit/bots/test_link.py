"""A link takes what comes in its order, however much comes at once."""

import asyncio
from random import Random
from typing import Any

import aiohttp
import orjson
import pytest

from tests.load.client import Connection
from tests.load.link import Link
from tests.load.tally import Tally

ROOM = "sector:3:4:full"
BOUND_S = 5.0


class Socket:
    """Stand in for a WebSocket whose messages all came already."""

    closed = False
    close_code = None

    def __init__(self) -> None:
        self.messages: asyncio.Queue[str] = asyncio.Queue()

    async def receive(self, _timeout: float) -> aiohttp.WSMessage:
        text = await self.messages.get()
        return aiohttp.WSMessage(aiohttp.WSMsgType.TEXT, text, None)

    async def send_str(self, text: str) -> None:
        """Answer a resume: the room may not be heard; a moment later it may."""
        refused = {"ok": True, "result": {"rooms": {ROOM: {"error": {"code": "x"}}}}}
        entered = {"rooms": {ROOM: {"seq": 7, "snapshot": {}}}}
        number = text[2 : text.index("[")]
        self.messages.put_nowait(f"43{number}{orjson.dumps([refused]).decode()}")
        said = orjson.dumps(["entered", entered]).decode()
        self.messages.put_nowait(f"42{said}")

    async def close(self) -> None:
        """Do nothing."""


class Follower:
    """Stand in for a bot."""

    def shown(self, room: str, snapshot: dict[str, Any]) -> None:
        """Do nothing."""

    def left(self, room: str) -> None:
        """Do nothing."""

    def heard(self, room: str, event: dict[str, Any]) -> None:
        """Do nothing."""

    def auth(self) -> dict[str, Any]:
        """Give no token."""
        return {}

    def view(self) -> None:
        """Look at nothing."""


async def resumed() -> dict[str, int]:
    """Resume a room, and give the rooms that are heard afterwards."""
    socket: Any = Socket()
    unused: Any = None
    follower: Any = Follower()
    link = Link("http://nowhere", unused, Tally(), Random(1), follower)
    link._connection = Connection(socket, link._heard)
    reader = asyncio.create_task(link._connection.read())
    async with asyncio.timeout(BOUND_S):
        await link._resume_some({ROOM: 3})
    reader.cancel()
    return link.hearing.seqs()


def test_an_answer_is_taken_before_what_comes_after_it() -> None:
    assert asyncio.run(resumed()) == {ROOM: 7}


class Door(Socket):
    """Let a client in, with what a room said while it was at the door."""

    async def send_str(self, text: str) -> None:
        """Answer every call: what is asked for is there."""
        number = text[2 : text.index("[")]
        name, data = orjson.loads(text[text.index("[") :])
        rooms = {room: {"events": []} for room in data.get("rooms", ())}
        ack = {"ok": True, "result": {"server_ms": 0, "rooms": rooms}}
        assert name in {"time.sync", "resume"}
        self.messages.put_nowait(f"43{number}{orjson.dumps([ack]).decode()}")

    def welcome(self) -> None:
        """Welcome the client; the room's word comes with it."""
        event = {"seq": 8, "at_ms": 1, "type": "fleets.moved"}
        said = {"room": ROOM, "from": 7, "to": 8, "at_ms": 1, "events": [event]}
        for name, data in (("welcome", {"rooms": {ROOM: 7}}), ("events", said)):
            self.messages.put_nowait(f"42{orjson.dumps([name, data]).decode()}")


async def let_in(monkeypatch: pytest.MonkeyPatch) -> tuple[Tally, dict[str, int]]:
    """Connect; give the tally, and the rooms that are heard afterwards."""
    tally, door = Tally(), Door()
    unused: Any = None
    follower: Any = Follower()
    link = Link("http://nowhere", unused, tally, Random(1), follower)

    async def connected(*_of: Any) -> tuple[Connection, asyncio.Task[None]]:
        socket: Any = door
        connection = Connection(socket, link._heard)
        door.welcome()
        return connection, asyncio.create_task(connection.read())

    monkeypatch.setattr("tests.load.link.connect", connected)
    async with asyncio.timeout(BOUND_S):
        await link._open()
    rooms = link.hearing.seqs()
    await link.leave()
    return tally, rooms


def test_what_comes_with_the_welcome_is_taken_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tally, rooms = asyncio.run(let_in(monkeypatch))
    assert not tally.flaws
    assert rooms == {ROOM: 8}
