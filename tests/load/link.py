"""Keep one client connected, and its rooms whole, over any number of connections."""

import asyncio
from collections.abc import Coroutine
from random import Random
from time import perf_counter, time
from typing import Any, NamedTuple, Protocol

import aiohttp

from tests.load import hearing
from tests.load.client import Acked, Connection, Dropped, Refused, Taken, connect
from tests.load.hearing import FROM_THE_START, Hearing
from tests.load.sight import Rectangle
from tests.load.tally import Tally

BACKOFF_MIN_S, BACKOFF_MAX_S = 0.1, 1.0
WELCOME_S = 10.0
HEAL_TRIES_MAX = 20
HEAL_PAUSE_S = 0.5
CLOCK_TRIES = 3
RESUMED_MAX = 64
"""Rooms that one message may resume."""


class Welcome(NamedTuple):
    """Hold who welcomed us, and what is to be resumed then: room -> last number."""

    instance: str
    wanted: dict[str, int]


class Follower(hearing.Follower, Protocol):
    """Take what a link hears, and say who it is for."""

    def auth(self) -> dict[str, Any]:
        """Give the token to connect with."""

    async def renew(self) -> None:
        """Get another token: the old one was refused."""

    def view(self) -> Rectangle | None:
        """Give what is looked at, to go on with it over a new connection."""


class Link:
    """Hold a client's connection, whichever it is at the moment."""

    def __init__(
        self,
        url: str,
        http: aiohttp.ClientSession,
        tally: Tally,
        draws: Random,
        follower: Follower,
    ) -> None:
        self._url, self._http = url, http
        self._tally, self._draws = tally, draws
        self._follower = follower
        self.hearing = Hearing(tally, follower, self._heal)
        self._connection: Connection | None = None
        self._welcome: asyncio.Future[Welcome] | None = None
        self._missed: dict[str, int] = {}
        """Room -> the last number heard over the connection before."""
        self._ready = asyncio.Event()
        self._leaving = False
        self._lost_at = 0.0
        self._offset_ms = 0.0
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def is_ready(self) -> bool:
        """Tell whether it is connected, with every room resumed."""
        return self._ready.is_set()

    def now_ms(self) -> float:
        """Tell the server's time, as the last connection measured it."""
        return time() * 1_000 + self._offset_ms

    async def live(self) -> None:
        """Connect, and again whenever the connection is lost, until told to leave."""
        pause_s = BACKOFF_MIN_S
        while not self._leaving:
            try:
                await self._open()
                pause_s = BACKOFF_MIN_S
                await self._last()
            except (Refused, Dropped, TimeoutError) as error:
                await self._turned_away(error, pause_s)
                pause_s = min(BACKOFF_MAX_S, pause_s * 2)

    async def call(self, name: str, data: dict[str, Any]) -> Acked:
        """Emit once, as soon as there is a connection, and wait for the ack.

        Raises:
            Dropped: the connection went meanwhile.
            TimeoutError: no ack came.
        """
        await self._ready.wait()
        if self._connection is None:
            raise Dropped("away")
        return await self._connection.call(name, data)

    async def leave(self) -> None:
        """Leave for good."""
        self._leaving = True
        for task in self._tasks:
            task.cancel()
        if self._connection is not None:
            await self._connection.close()

    async def look(self, room: str) -> tuple[int, dict[str, Any]]:
        """Ask for a fresh snapshot of a room, without following it.

        Raises:
            Dropped: the connection went, or the room may not be heard.
            TimeoutError: no ack came.
        """
        acked = await self.call("resume", {"rooms": {room: FROM_THE_START}})
        if not acked.body["ok"]:
            raise Dropped(acked.body["error"]["code"])
        found = acked.body["result"]["rooms"][room]
        if "error" in found:
            raise Dropped(found["error"]["code"])
        return found["seq"], found["snapshot"]

    async def set_view(self, view: Rectangle) -> Acked:
        """Look at other sectors; from the ack on, their rooms are followed.

        Raises:
            Dropped: the connection went meanwhile.
            TimeoutError: no ack came.
        """
        await self._ready.wait()
        return await self._set_view(view)

    # one connection

    async def _open(self) -> None:
        self._welcome = asyncio.get_running_loop().create_future()
        self._missed = self.hearing.reconnected()
        connection, reader = await connect(
            self._http, self._url, self._follower.auth(), self._heard
        )
        self._connection = connection
        self._follow(reader)
        try:
            async with asyncio.timeout(WELCOME_S):
                welcome = await self._welcome
                await self._begin(welcome.wanted)
        except BaseException:
            await connection.close()
            raise
        self._back(welcome.instance)

    async def _begin(self, wanted: dict[str, int]) -> None:
        await self._set_clock()
        await self._resume(wanted)
        view = self._follower.view()
        if view is not None:
            await self._set_view(view)

    async def _set_view(self, view: Rectangle) -> Acked:
        return await self._call("view.set", view._asdict(), self.hearing.viewed)

    def _back(self, instance: str) -> None:
        self._tally.instances[instance] += 1
        self._ready.set()
        if self._lost_at:
            self._tally.reconnects += 1
            self._tally.back_s.append(perf_counter() - self._lost_at)
            self._lost_at = 0.0

    async def _last(self) -> None:
        """Wait until the connection is gone."""
        assert self._connection is not None
        reason = await self._connection.closed
        self._ready.clear()
        self._connection = None
        if not self._leaving:
            self._tally.drops[reason] += 1
            self._lost_at = perf_counter()

    async def _turned_away(self, error: Exception, pause_s: float) -> None:
        code = error.code if isinstance(error, Refused) else str(error) or "timeout"
        self._tally.turned_away[code] += 1
        self._connection = None
        if code == "unauthenticated":
            await self._follower.renew()
        wait_ms = error.retry_after_ms if isinstance(error, Refused) else 0
        await asyncio.sleep(max(wait_ms / 1_000, self._draws.uniform(0, pause_s)))

    async def _set_clock(self) -> None:
        best_s = float("inf")
        for _ in range(CLOCK_TRIES):
            sent_ms = time() * 1_000
            acked = await self._call("time.sync", {"client_ms": int(sent_ms)})
            if acked.took_s < best_s:
                best_s = acked.took_s
                middle_ms = sent_ms + best_s * 500
                # The server cuts its time down to whole ms: half of one on average.
                server_ms = acked.body["result"]["server_ms"] + 0.5
                self._offset_ms = server_ms - middle_ms

    async def _resume(self, rooms: dict[str, int]) -> None:
        names = sorted(rooms)
        for first in range(0, len(names), RESUMED_MAX):
            part = names[first : first + RESUMED_MAX]
            await self._resume_some({name: rooms[name] for name in part})

    async def _resume_some(self, rooms: dict[str, int]) -> None:
        for _ in range(HEAL_TRIES_MAX):
            acked = await self._call("resume", {"rooms": rooms}, self._resumed)
            if acked.body["ok"]:
                return
            self._tally.refusals[acked.body["error"]["code"]] += 1
            await asyncio.sleep(HEAL_PAUSE_S)
        raise Dropped("not resumed")

    def _resumed(self, body: dict[str, Any]) -> None:
        """Take an answer at once: what comes after it may be about the same rooms."""
        if body["ok"]:
            self.hearing.healed(body["result"]["rooms"])

    async def _call(
        self, name: str, data: dict[str, Any], taken: Taken | None = None
    ) -> Acked:
        if self._connection is None:
            raise Dropped("away")
        return await self._connection.call(name, data, taken)

    # what comes in

    def _heard(self, name: str, data: Any) -> None:
        if name == "events":
            self.hearing.broadcast(data, self.now_ms())
        elif name == "entered":
            self.hearing.entered(data["rooms"])
        elif name == "left":
            self.hearing.lost(data["rooms"])
        elif name == "welcome" and self._welcome and not self._welcome.done():
            # At once: what comes with it may be about the rooms that it names.
            wanted = self.hearing.welcomed(data["rooms"], self._missed)
            self._welcome.set_result(Welcome(data.get("instance", ""), wanted))
        elif name == "notice":
            self._noticed(data)

    def _noticed(self, notice: dict[str, Any]) -> None:
        code = notice.get("code", "")
        self._tally.notices[code] += 1
        wait_s = notice.get("retry_after_ms", 0) / 1_000
        if code == "resync":
            self._keep(self._resync(wait_s))
        elif code == "draining":
            self._keep(self._move_on(self._draws.uniform(0, wait_s)))

    def _heal(self, rooms: dict[str, int]) -> None:
        self._keep(self._healing(rooms))

    async def _healing(self, rooms: dict[str, int]) -> None:
        try:
            await self._resume(rooms)
        except (Dropped, TimeoutError):  # the next connection resumes all of them
            if self._connection is not None:
                await self._connection.close()

    async def _resync(self, wait_s: float) -> None:
        doubted = self._connection
        await asyncio.sleep(wait_s)
        if self.is_ready and doubted is self._connection:  # a new one resumes anyway
            self.hearing.resync()

    async def _move_on(self, wait_s: float) -> None:
        leaving = self._connection
        await asyncio.sleep(wait_s)
        if leaving is not None and leaving is self._connection:
            await leaving.close()

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        self._follow(asyncio.create_task(work))

    def _follow(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
