"""Run many bots in one thread of their own, so that a test can do harm meanwhile.

swarm = Swarm(url, bots=100)
swarm.start()                 # all registered, joined and connected
swarm.begin()                 # they play from here on
...                           # kill something
report = swarm.stop()         # answers awaited, gaps healed, views checked
"""

import asyncio
import secrets
import threading
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from random import Random
from time import monotonic, perf_counter, sleep, thread_time
from typing import Any

import aiohttp

from tests.load import mind
from tests.load.api import Api, Failed
from tests.load.bot import Bot
from tests.load.mind import Lore
from tests.load.tally import Report, Tally

REGISTERING_MAX = 8
FLYING_MAX = 8
"""Commands of one bot that wait for their acks, past which it holds back."""
START_S = 600.0
CONNECT_S = 60.0
ANSWERS_S = 60.0
CALM_S = 20.0
POLL_S = 0.05
TICK_S = 0.25

Tick = Callable[[], None]


class Swarm:
    """Hold the bots of one load."""

    def __init__(
        self,
        url: str,
        *,
        bots: int,
        rate: float = 0.5,
        seed: int | None = None,
        galaxy: str = "1",
    ) -> None:
        self.url = url.rstrip("/")
        self.tally = Tally()
        self.bots: list[Bot] = []
        self.registered = 0
        self._count, self._rate, self._galaxy = bots, rate, galaxy
        self._seed = secrets.randbits(32) if seed is None else seed
        self._draws = Random(self._seed)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="swarm", daemon=True)
        self._tasks: list[asyncio.Task[None]] = []
        self._acting: list[asyncio.Task[None]] = []
        self._is_playing = False
        self.played_s = self._cpu_s = 0.0
        self._http: aiohttp.ClientSession | None = None

    @property
    def connected(self) -> int:
        """Count the bots that are connected with every room resumed."""
        return sum(bot.link.is_ready for bot in self.bots)

    def start(self, tick: Tick | None = None) -> None:
        """Register, join and connect all bots; `tick` is called meanwhile.

        Raises:
            Failed: an account, an empire or a connection was refused.
            TimeoutError: it took too long.
        """
        self._thread.start()
        self._wait_for(self._open(), START_S, tick)

    def begin(self) -> None:
        """Let the bots play from now on."""
        self._wait_for(self._begin(), CALM_S)

    def play(self, seconds: float, tick: Tick | None = None) -> None:
        """Let the bots play for so long, and until they have their answers."""
        self.begin()
        end = monotonic() + seconds
        while (left := end - monotonic()) > 0:
            sleep(min(TICK_S, left))
            if tick is not None:
                tick()
        self._wait_for(self._pause(), ANSWERS_S + CALM_S)

    def stop(self) -> Report:
        """Let the bots finish what they began, check what they know, and leave."""
        report: Report = self._wait_for(self._end(), ANSWERS_S + 3 * CALM_S)
        self.close()
        return report

    def close(self) -> None:
        """Leave at once."""
        if self._thread.is_alive():
            self._wait_for(self._close(), CALM_S)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(CALM_S)

    def __enter__(self) -> "Swarm":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    # the other thread

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
        finally:
            self._loop.close()

    def _wait_for(
        self,
        work: Coroutine[Any, Any, Any],
        seconds: float,
        tick: Tick | None = None,
    ) -> Any:
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        end = monotonic() + seconds
        while True:
            try:
                return future.result(TICK_S)
            except TimeoutError:
                if future.done():
                    raise
                if monotonic() > end:
                    future.cancel()
                    raise
            if tick is not None:
                tick()

    async def _open(self) -> None:
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=2)
        self._http = http = aiohttp.ClientSession(connector=connector)
        rules = await Api(http, self.url, self.tally.http).get("/rules")
        lore = mind.read(rules)
        run = secrets.token_hex(4)
        for number in range(self._count):
            name, seed = f"bot_{run}_{number}", f"{self._seed}.{number}"
            self.bots.append(Bot(name, self.url, http, self.tally, seed))
        places = asyncio.Semaphore(REGISTERING_MAX)
        try:
            async with asyncio.TaskGroup() as group:
                for bot in self.bots:
                    group.create_task(self._enter(bot, lore, places))
        except ExceptionGroup as failed:
            refused, _other = failed.split(Failed)
            raise (refused or failed).exceptions[0] from None
        try:
            await _until(lambda: self.connected == len(self.bots), CONNECT_S)
        except TimeoutError:
            why = (
                f"{self.connected} of {len(self.bots)}: {dict(self.tally.turned_away)}"
            )
            raise Failed("/socket.io/", 0, why) from None

    async def _enter(self, bot: Bot, lore: Lore, places: asyncio.Semaphore) -> None:
        async with places:
            await bot.register(self._galaxy, lore)
        self.registered += 1
        self._tasks.append(asyncio.create_task(bot.link.live()))

    async def _begin(self) -> None:
        self.tally.clear_times()
        self._is_playing = True
        self._acting = [asyncio.create_task(self._act(bot)) for bot in self.bots]

    async def _act(self, bot: Bot) -> None:
        """Act at times of one's own, not when the last answer came."""
        flying: set[asyncio.Task[None]] = set()
        now = asyncio.get_running_loop().time
        at = now() + self._draws.uniform(0, 1 / self._rate)
        while self._is_playing:
            await asyncio.sleep(max(0.0, at - now()))
            at += self._draws.uniform(0.5, 1.5) / self._rate
            if len(flying) >= FLYING_MAX:
                await asyncio.wait(flying, return_when=asyncio.FIRST_COMPLETED)
            if self._is_playing:
                task = asyncio.create_task(bot.act())
                flying.add(task)
                task.add_done_callback(flying.discard)
                task.add_done_callback(self._landed)
        if flying:
            await asyncio.wait(flying, timeout=ANSWERS_S)

    def _landed(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and task.exception() is not None:
            self.tally.flaw(f"a bot broke: {task.exception()!r}")

    async def _pause(self) -> None:
        if self._is_playing:
            self._is_playing = False
            self.played_s = perf_counter() - self.tally.started
            self._cpu_s = thread_time() - self.tally.cpu_started
        await asyncio.gather(*self._acting, return_exceptions=True)
        self._acting.clear()

    async def _end(self) -> Report:
        await self._pause()
        with suppress(TimeoutError):
            await _until(self._is_calm, CALM_S)
        await asyncio.gather(*(bot.check_view() for bot in self.bots))
        return Report(
            bots=len(self.bots),
            seconds=self.played_s,
            cpu_share=self._cpu_s / self.played_s if self.played_s else 0.0,
            tally=self.tally,
            unhealed=tuple(self._unhealed()),
            away=len(self.bots) - self.connected,
        )

    def _is_calm(self) -> bool:
        return self.connected == len(self.bots) and not any(self._unhealed())

    def _unhealed(self) -> Iterable[str]:
        for bot in self.bots:
            yield from (f"{bot.name} {room}" for room in bot.link.hearing.unhealed())

    async def _close(self) -> None:
        self._is_playing = False
        await asyncio.gather(*(bot.link.leave() for bot in self.bots))
        for task in [*self._tasks, *self._acting]:
            task.cancel()
        await asyncio.gather(*self._tasks, *self._acting, return_exceptions=True)
        if self._http is not None:
            await self._http.close()


async def _until(is_so: Callable[[], bool], seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while not is_so():  # noqa: ASYNC110 - asks many bots at once
            await asyncio.sleep(POLL_S)
