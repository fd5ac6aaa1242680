"""Bring a crowd into one cluster, let it do its mix, and look at what that costs."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any, Self

import aiohttp
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from app.engine import garbage
from app.realtime import hugepages
from tests.load import prices
from tests.load.api import Api
from tests.load.benches.machine import describe, speed
from tests.load.crowd import shares
from tests.load.crowd.accounts import Accounts
from tests.load.crowd.crowd import Crowd
from tests.load.crowd.dialect import User
from tests.load.crowd.files import allow_open_files
from tests.load.crowd.limits import Limit
from tests.load.crowd.measure import Figures
from tests.load.crowd.mixes import Chatter, Idle, Mix
from tests.load.crowd.ours import Ours
from tests.load.crowd.outcome import Run
from tests.load.crowd.play import Play
from tests.load.crowd.processes import Pids, Processes
from tests.load.crowd.renewals import Renewals
from tests.load.crowd.storm import Death, Storm

REFRESHES_A_S = 2
"""How often the progress is drawn: the generator has better to do."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Hold what is asked of a run."""

    users: int
    seconds: float
    mix: Mapping[str, float]
    shown: str
    seed: int
    limits: list[Limit] = field(default_factory=list)
    kill: str = ""
    """A process to be killed on the way."""

    def plain(self) -> dict[str, Any]:
        """Give it as JSON."""
        return {
            "users": self.users,
            "seconds": self.seconds,
            "mix": self.shown,
            "seed": self.seed,
            "kill": self.kill,
        }


@dataclass(frozen=True, slots=True)
class Place:
    """Hold where a cluster is: `pids` and `kept` only for one on this machine."""

    url: str
    pids: Pids | None
    kept: Path | None
    """Where accounts are kept between runs."""


class Session:
    """Hold one crowd in one cluster."""

    def __init__(self, wanted: Wanted, place: Place, console: Console) -> None:
        self._wanted, self._place = wanted, place
        self._console = console
        self._figures = Figures()
        self._http: aiohttp.ClientSession | None = None
        self._crowd: Crowd | None = None
        self._progress = _progress(console)
        self._processes = Processes(place.pids or dict)

    async def __aenter__(self) -> Self:
        allow_open_files(self._wanted.users)
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=2)
        self._http = aiohttp.ClientSession(connector=connector)
        return self

    async def __aexit__(self, *_error: object) -> None:
        if self._crowd is not None:
            await self._crowd.leave()
        if self._http is not None:
            await self._http.close()

    async def measured(self) -> dict[str, Any]:
        """Enter, run, and give what it showed as JSON."""
        wanted = self._wanted
        machine = describe() | {"additions_a_us": round(speed(), 1)}
        users = [
            User(number, f"crowd_{number}", f"{wanted.seed}.{number}")
            for number in range(wanted.users)
        ]
        ours, accounts = self._dialect()
        crowd = self._crowd = Crowd(ours, self._figures, users)
        happenings = await self._assign(crowd, ours, users)
        run = Run(wanted.plain(), machine, crowd, self._processes, wanted.limits)
        began_s = perf_counter()
        with self._progress:
            await ours.prepare(users, self._bar("accounts", wanted.users))
            run.empty = self._processes.memory()
            await crowd.enter(self._bar("coming in", wanted.users))
            await ours.set_clock(users[0])
            run.full = self._processes.memory()
            run.entering = {
                "registered": accounts.registered,
                "reused": accounts.reused,
                "took_s": round(perf_counter() - began_s, 1),
                "http": {str(code): n for code, n in self._figures.http.items()},
            }
            garbage.look_seldom()
            hugepages.keep()
            renewing = asyncio.create_task(Renewals(ours, accounts).keep(users))
            try:
                await self._run(crowd, happenings)
            finally:
                renewing.cancel()
        run.after = self._processes.memory()
        return run.plain()

    async def _run(self, crowd: Crowd, happenings: Sequence[Storm | Death]) -> None:
        bar = self._bar("running", round(self._wanted.seconds))

        def look() -> None:
            self._processes.look()
            bar()

        self._processes.begin()
        for one in happenings:
            one.begin()
        await crowd.run(self._wanted.seconds, look)

    def _dialect(self) -> tuple[Ours, Accounts]:
        assert self._http is not None
        api = Api(self._http, self._place.url, self._figures.http)
        accounts = Accounts(api, self._place.kept)
        return Ours(self._place.url, self._figures, accounts), accounts

    async def _assign(
        self, crowd: Crowd, ours: Ours, users: list[User]
    ) -> list[Storm | Death]:
        """Give every user a mix; say what else is to happen."""
        wanted, happenings = self._wanted, []
        counts = shares.counts(wanted.mix, len(users))
        struck, first = counts.pop(shares.STORM, 0), 0
        for name, count in counts.items():
            mix = await self._mix(name, crowd, ours)
            crowd.assign(mix, users[first : first + count])
            first += count
        if struck:
            happenings.append(Storm(crowd, users[:struck], wanted.seconds))
        if wanted.kill:
            happenings.append(
                Death(self._place.pids or dict, wanted.kill, wanted.seconds)
            )
        return happenings

    async def _mix(self, name: str, crowd: Crowd, ours: Ours) -> Mix:
        match name:
            case "play":
                assert self._http is not None
                api = Api(self._http, self._place.url, self._figures.http)
                return Play(crowd, ours, prices.read(await api.get("/rules")))
            case "chatter":
                return Chatter(crowd)
        return Idle()

    def _bar(self, what: str, total: int) -> Callable[[], None]:
        task = self._progress.add_task(what, total=total)
        return lambda: self._progress.advance(task)


def _progress(console: Console) -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:.0f} of {task.total:.0f}"),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=console, refresh_per_second=REFRESHES_A_S)
