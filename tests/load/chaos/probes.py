"""Ask each web instance ten times a second for a command, and listen for its broadcast.

A probe shows from when on commands are taken and broadcasts are heard at one instance,
whatever nginx and other players do. It sends each command once: its answer or nothing.
"""

import asyncio
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from time import monotonic
from typing import Any, NamedTuple
from uuid import uuid4

import aiohttp

from tests.load.api import Api, Failed
from tests.load.chaos.background import Background
from tests.load.client import Connection, Dropped, Refused, connect
from tests.load.tally import Attempt

PASSWORD = "correct horse battery staple"
PERIOD_S = 0.1
AWAY_S = 0.1
HEARD_S = 0.5
"""A broadcast that was lost with the bus must not hide that the next is heard."""
ENTER_S = 60.0
RENAME = "colonies.rename"

Note = Callable[[Attempt], None]


class Beat(NamedTuple):
    """Hold one command that an instance took, and when its broadcast was heard."""

    sent_s: float
    heard_s: float


class Probe:
    """Hold one player who speaks to one instance."""

    def __init__(self, name: str, url: Callable[[], str], note: Note) -> None:
        self.name = name
        self._url, self._note = url, note
        self._player = self._token = self._refresh = self._colony = ""
        self._heard: dict[str, asyncio.Event] = {}
        self.beats: list[Beat] = []
        self.failures: Counter[str] = Counter()

    def first_after(self, at_s: float) -> float | None:
        """Tell when the first broadcast was heard after a time."""
        at = bisect_left(self.beats, at_s, key=lambda beat: beat.heard_s)
        return self.beats[at].heard_s if at < len(self.beats) else None

    async def enter(self, http: aiohttp.ClientSession) -> None:
        """Make the account and its empire.

        Raises:
            Failed: the cluster refused.
        """
        api = Api(http, self._url(), Counter())
        who = {"username": f"probe_{uuid4().hex[:8]}", "password": PASSWORD}
        login = await api.post("/auth/register", who)
        self._player = login["player"]["id"]
        self._token, self._refresh = login["access_token"], login["refresh_token"]
        joined = await api.post("/galaxies/1/join", {}, self._token)
        self._colony = joined["colony"]

    async def live(self, http: aiohttp.ClientSession) -> None:
        """Ask until cancelled, over as many connections as it takes."""
        while True:
            try:
                await self._one_connection(http)
            except (Refused, Dropped, TimeoutError, OSError, RuntimeError) as error:
                self.failures[type(error).__name__] += 1
                if isinstance(error, Refused) and error.code == "unauthenticated":
                    await self._renew(http)
                await asyncio.sleep(AWAY_S)

    async def _renew(self, http: aiohttp.ClientSession) -> None:
        try:
            api = Api(http, self._url(), Counter())
            answer = await api.post("/auth/refresh", {}, self._refresh)
        except (Failed, RuntimeError):
            return
        self._token, self._refresh = answer["access_token"], answer["refresh_token"]

    async def _one_connection(self, http: aiohttp.ClientSession) -> None:
        auth = {"token": self._token}
        connection, reader = await connect(http, self._url(), auth, self._take)
        try:
            while not connection.closed.done():
                began_s = monotonic()
                await self._ask(connection)
                await asyncio.sleep(max(0.0, began_s + PERIOD_S - monotonic()))
        finally:
            await connection.close()
            reader.cancel()

    async def _ask(self, connection: Connection) -> None:
        name = f"Probe {uuid4().hex[:12]}"
        data = {"id": str(uuid4()), "colony": self._colony, "name": name}
        attempt = Attempt(self._player, RENAME, data)
        heard = self._heard[name] = asyncio.Event()
        sent_s = monotonic()
        self._note(attempt)
        try:
            acked = await connection.call(RENAME, data)
            self._note(attempt._replace(body=acked.body))
            if not acked.body["ok"]:
                self.failures[acked.body["error"]["code"]] += 1
                return
            async with asyncio.timeout(HEARD_S):
                await heard.wait()
            self.beats.append(Beat(sent_s, monotonic()))
        except TimeoutError:
            self.failures["timeout"] += 1
        finally:
            del self._heard[name]

    def _take(self, name: str, data: Any) -> None:
        if name != "events":
            return
        for event in data["events"]:
            changes = event.get("changes") or {}
            heard = self._heard.get(changes.get("name", ""))
            if heard is not None:
                heard.set()


class Probes:
    """Hold one probe an instance, in a thread of their own."""

    def __init__(self, urls: dict[str, Callable[[], str]], note: Note) -> None:
        self.all = [Probe(name, url, note) for name, url in urls.items()]
        self._loop = Background("probes")
        self._http: aiohttp.ClientSession | None = None

    def start(self) -> None:
        """Enter, then ask until the end."""
        self._loop.call(self._enter(), ENTER_S)
        for probe in self.all:
            assert self._http is not None
            self._loop.spawn(probe.live(self._http))

    def end(self) -> None:
        """Stop asking."""
        if self._http is not None:
            self._loop.call(self._http.close())
        self._loop.end()

    def back_s(self, at_s: float) -> float | None:
        """Tell how long after a time all instances took commands and told of them."""
        firsts = [probe.first_after(at_s) for probe in self.all]
        if any(first is None for first in firsts):
            return None
        return max(first for first in firsts if first is not None) - at_s

    async def _enter(self) -> None:
        self._http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        for probe in self.all:
            await probe.enter(self._http)
