"""A link takes what comes in its order, however much comes at once."""

import asyncio
from random import Random
from typing import Any

import aiohttp
import orjson

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
