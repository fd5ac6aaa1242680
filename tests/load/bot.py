"""Play one empire: register, join, choose commands, send each until it is answered."""

import asyncio
from contextlib import suppress
from random import Random
from time import perf_counter
from typing import Any
from uuid import UUID

import aiohttp

from tests.load.api import Api, Failed
from tests.load.client import Acked, Dropped
from tests.load.empire import Empire, Move
from tests.load.link import Link
from tests.load.prices import Prices
from tests.load.rooms import Event
from tests.load.tally import Acknowledged, Tally

PASSWORD = "correct horse battery staple"
DROPPED_PAUSE_S = 0.2
"""How long a bot waits with its command, so that the link sees its end first."""
SENDS_MAX = 40
REPEAT_SHARE = 0.02
"""How often an answered command is sent once more, to hear the same answer."""
RETRIED = {"unavailable", "busy"}
LIMITED = "rate_limited"
PAUSE_MS = 500
OWN_WAITING_MAX = 64
SECTOR, SECTORS = 100, 100
VIEW_REACH = 2
"""How many sectors around its colony a bot looks at, each way."""
LOOKS_MAX, LOOK_PAUSE_S = 10, 0.2
PLACINGS = ("colonies.building_queued", "colonies.training_queued")


class Bot:
    """Hold one player."""

    def __init__(
        self, name: str, url: str, http: aiohttp.ClientSession, tally: Tally, seed: str
    ) -> None:
        self.name = name
        self.player = ""
        self._tally = tally
        self._api = Api(http, url, tally.http)
        self._draws = Random(seed)
        self._access = self._refresh = ""
        self._empire: Empire | None = None
        self._own_sent: dict[int, float] = {}
        self._own_heard: dict[int, float] = {}
        self.link = Link(url, http, tally, self._draws, self)

    # an account

    async def register(self, galaxy: str, prices: Prices) -> None:
        """Make the account and found the empire.

        Raises:
            Failed: the cluster refused.
        """
        who = {"username": self.name, "password": PASSWORD}
        try:
            login = await self._api.post("/auth/register", who)
        except Failed as failed:
            if failed.code != "username_taken":  # the answer to the first try was lost
                raise
            login = await self._api.post("/auth/login", who)
        self._sign_in(login)
        await self._api.post(f"/galaxies/{galaxy}/join", {}, self._access)
        self._empire = Empire(prices, self._draws)

    def auth(self) -> dict[str, Any]:
        """Give the token to connect with."""
        return {"token": self._access}

    async def renew(self) -> None:
        """Get another token: the old one was refused."""
        with suppress(Failed):
            self._sign_in(await self._api.post("/auth/refresh", {}, self._refresh))

    def _sign_in(self, login: dict[str, Any]) -> None:
        self.player = login["player"]["id"]
        self._access, self._refresh = login["access_token"], login["refresh_token"]

    # what is heard

    def interest(self) -> set[str]:
        """Hear the public side of the sectors around the colony."""
        if self._empire is None or not self._empire.view:
            return set()
        home = self._empire.colony
        x, y = int(home["x"] // SECTOR), int(home["y"] // SECTOR)
        reach = range(-VIEW_REACH, VIEW_REACH + 1)
        around = ((x + right, y + down) for right in reach for down in reach)
        return {
            f"sector:{x}:{y}"
            for x, y in around
            if 0 <= x < SECTORS and 0 <= y < SECTORS
        }

    def shown(self, room: str, snapshot: dict[str, Any]) -> None:
        """Take a snapshot of the player's own room."""
        if room == f"player:{self.player}" and self._empire:
            self._empire.show(snapshot)

    def heard(self, room: str, event: Event) -> None:
        """Take an event; those of the own room change the view of the empire."""
        if room != f"player:{self.player}" or self._empire is None:
            return
        self._empire.apply(event)
        self._match_heard(event["at_ms"])
        if event["type"] in PLACINGS:
            self._tally.place(event["order"], room, event["seq"])

    def _match_heard(self, at_ms: int) -> None:
        """Measure from sending to hearing, whichever of ack and event comes first."""
        now = perf_counter()
        sent = self._own_sent.pop(at_ms, None)
        if sent is not None:
            self._tally.own_s.append(now - sent)
        else:
            _remember(self._own_heard, at_ms, now)

    def _match_acked(self, at_ms: int, sent: float) -> None:
        heard = self._own_heard.pop(at_ms, None)
        if heard is not None:
            self._tally.own_s.append(heard - sent)
        else:
            _remember(self._own_sent, at_ms, sent)

    # what is done

    async def act(self) -> None:
        """Choose a command and see it through."""
        if self._empire is None or not self._empire.view:
            return
        move = self._empire.next_move(int(self.link.now_ms()))
        command_id = str(UUID(int=self._draws.getrandbits(128), version=4))
        data = {"id": command_id, **move.data}
        acked = await self._send(move.name, data)
        if acked is None:
            self._tally.unanswered += 1
            return
        self._count(move, command_id, acked.body)
        if self._draws.random() < REPEAT_SHARE:
            await self._repeat(move, data, acked.body)

    async def _send(self, name: str, data: dict[str, Any]) -> Acked | None:
        """Send until there is an answer that counts, always with the same id."""
        for attempt in range(SENDS_MAX):
            self._tally.sent_again += attempt > 0
            sent = perf_counter()
            try:
                acked = await self.link.call(name, data)
            except (Dropped, TimeoutError):
                await asyncio.sleep(self._draws.uniform(0, DROPPED_PAUSE_S))
                continue
            body = acked.body
            code = "" if body["ok"] else body["error"]["code"]
            if code in RETRIED:
                self._tally.refusals[code] += 1
                await self._pause(body["error"])
                continue
            if attempt == 0:
                self._tally.ack_s.append(acked.took_s)
                if not code:
                    self._match_acked(body["at_ms"], sent)
            return acked
        return None

    async def _pause(self, error: dict[str, Any]) -> None:
        wait_ms = error.get("retry_after_ms") or PAUSE_MS
        await asyncio.sleep(self._draws.uniform(1, 1.5) * wait_ms / 1_000)

    def _count(self, move: Move, command_id: str, body: dict[str, Any]) -> None:
        self._tally.commands[move.name] += 1
        if body.get("id") != command_id:
            self._tally.flaw(f"{self.name}: ack of {body.get('id')} for {command_id}")
        if body["ok"]:
            self._tally.acknowledged.append(
                Acknowledged(
                    self.player, command_id, move.name, body["at_ms"], body["result"]
                )
            )
        else:
            self._tally.refusals[body["error"]["code"]] += 1
            self._rest(body["error"])

    def _rest(self, error: dict[str, Any]) -> None:
        """Place no orders while the server takes none."""
        if error["code"] == LIMITED and self._empire is not None:
            wait_ms = error.get("retry_after_ms", PAUSE_MS)
            self._empire.pace.rests_until_ms = int(self.link.now_ms()) + wait_ms

    async def _repeat(
        self, move: Move, data: dict[str, Any], first: dict[str, Any]
    ) -> None:
        """Send a command once more: law L4 has one reply for it, and one effect."""
        with suppress(Dropped, TimeoutError):
            again = (await self.link.call(move.name, data)).body
            self._tally.repeated += 1
            code = "" if again["ok"] else again["error"]["code"]
            if again != first and code not in {*RETRIED, LIMITED}:
                self._tally.flaw(f"{move.name} repeated: {first} then {again}")

    async def check_view(self) -> None:
        """Compare the view that broadcasts made with a fresh snapshot (law L2)."""
        for _ in range(LOOKS_MAX):
            with suppress(Dropped, TimeoutError):
                if await self._is_checked(f"player:{self.player}"):
                    return
            await asyncio.sleep(LOOK_PAUSE_S)

    async def _is_checked(self, room: str) -> bool:
        seq, snapshot = await self.link.look(room)
        if self._empire is None or seq != self.link.seq(room):
            return False
        self._tally.views_checked += 1
        if self._empire.view != snapshot:
            self._tally.flaw(f"{room} at {seq}: {self._empire.view} is not {snapshot}")
        return True


def _remember(times: dict[int, float], at_ms: int, moment: float) -> None:
    times[at_ms] = moment
    if len(times) > OWN_WAITING_MAX:
        del times[next(iter(times))]
