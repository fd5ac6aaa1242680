"""Play one empire: register, join, look, choose commands, send each until answered."""

import asyncio
from contextlib import suppress
from random import Random
from time import perf_counter
from typing import Any
from uuid import UUID

import aiohttp

from tests.load.api import Api, Failed
from tests.load.battles import KIND as BATTLES
from tests.load.checks import check_views
from tests.load.client import Acked, Dropped
from tests.load.link import Link
from tests.load.mind import Lore, Mind
from tests.load.moves import Move
from tests.load.rooms import Event
from tests.load.sight import Rectangle
from tests.load.tally import Acknowledged, Attempt, Tally

PASSWORD = "correct horse battery staple"
DROPPED_PAUSE_S = 0.2
"""How long a bot waits with its command, so that the link sees its end first."""
SENDS_MAX = 40
STALE_S = 2.0
"""After this long what was rash may be refused for another reason, or not at all."""
REPEAT_SHARE = 0.02
"""How often an answered command is sent once more, to hear the same answer."""
RETRIED = {"unavailable", "busy"}
LIMITED = "rate_limited"
INVALID = "invalid"
"""What never became a command is not remembered: it is refused anew."""
PAUSE_MS = 500
OWN_WAITING_MAX = 64
WATCH_SHARE = 0.25
"""How often a bot watches a battle that it sees and doesn't fight in."""
FOLLOWED_MAX = 3
"""Battles whose own rooms a bot hears; the oldest makes room for another."""
VIEW = "view.set"
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
        self._mind: Mind | None = None
        self._is_looking = False
        self._met: set[str] = set()
        self._followed: list[str] = []
        self._own_sent: dict[int, float] = {}
        self._own_heard: dict[int, float] = {}
        self.link = Link(url, http, tally, self._draws, self)

    # an account

    async def register(self, galaxy: str, lore: Lore) -> None:
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
        self._mind = Mind(lore, self._draws)

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

    @property
    def room(self) -> str:
        """Name the player's own room."""
        return f"player:{self.player}"

    def view(self) -> Rectangle | None:
        """Give what the bot looks at."""
        return self._mind.sight.view if self._mind else None

    def shown(self, room: str, snapshot: dict[str, Any]) -> None:
        """Take a snapshot of any room."""
        if self._mind is not None:
            self._mind.show(room, snapshot, is_own=room == self.room)
            for battle, shown in snapshot.get(BATTLES, {}).items():
                self._see(battle, shown, is_own=room == self.room)

    def left(self, room: str) -> None:
        """Forget a room that is heard no more."""
        if self._mind is not None:
            self._mind.views.leave(room)

    def heard(self, room: str, event: Event) -> None:
        """Take an event into the view of its room."""
        if self._mind is None:
            return
        is_own = room == self.room
        if is_own:
            self._flaw(self._mind.mistimed(event))
        self._mind.views.apply(room, event)
        if event["type"].startswith(BATTLES):
            self._see(event["battle"], event.get("changes") or {}, is_own=is_own)
        if is_own:
            self._match_heard(event["at_ms"])
            if event["type"] in PLACINGS:
                self._tally.place(event["order"], room, event["seq"])

    def _see(self, battle: str, shown: dict[str, Any], *, is_own: bool) -> None:
        """Compare a battle with what others saw of it; hear its own room, or watch."""
        self._flaw(self._tally.battles.see(self.name, battle, shown))
        if is_own:
            self._tally.battles.fought.add(battle)
        is_new, room = battle not in self._met, f"battle:{battle}"
        self._met.add(battle)
        watches = is_own or (is_new and self._draws.random() < WATCH_SHARE)
        if watches and room not in self._followed:
            self._followed.append(room)
            self.link.hearing.follow(room)
        if len(self._followed) > FOLLOWED_MAX:
            self.link.hearing.leave(self._followed.pop(0))

    def _flaw(self, said: str) -> None:
        if said:
            self._tally.flaw(said)

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
        """Look where it is time to, choose a command and see it through."""
        if self._mind is None or not self._mind.own:
            self._tally.flaw(f"{self.name} has never heard of its own empire")
            return
        now_ms = int(self.link.now_ms())
        if not self._is_looking:
            await self._look(self._mind.next_look(now_ms))
        move = self._mind.next_move(now_ms)
        command_id = str(UUID(int=self._draws.getrandbits(128), version=4))
        data = {"id": command_id, **move.data}
        stale_s = perf_counter() + STALE_S
        acked = await self._send(move.name, data)
        if acked is None:
            self._tally.unanswered += 1
            return
        self._count(move, command_id, acked.body, is_late=perf_counter() > stale_s)
        if self._draws.random() < REPEAT_SHARE:
            await self._repeat(move, data, acked.body)

    async def _look(self, wanted: Rectangle | None) -> None:
        if wanted is None or self._mind is None:
            return
        self._is_looking = True
        try:
            with suppress(Dropped, TimeoutError):
                acked = await self.link.set_view(wanted)
                self._tally.acked(VIEW, acked.took_s)
                if acked.body["ok"]:
                    self._mind.sight.view = wanted
                else:
                    self._tally.refusals[acked.body["error"]["code"]] += 1
        finally:
            self._is_looking = False

    async def _send(self, name: str, data: dict[str, Any]) -> Acked | None:
        """Send until there is an answer that counts, always with the same id."""
        for attempt in range(SENDS_MAX):
            self._tally.sent_again += attempt > 0
            sent = perf_counter()
            try:
                acked = await self._call(name, data)
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
                self._tally.acked(name, acked.took_s)
                if not code:
                    self._match_acked(body["at_ms"], sent)
            return acked
        return None

    async def _call(self, name: str, data: dict[str, Any]) -> Acked:
        """Send once; what becomes of it is noted."""
        attempt = Attempt(self.player, name, data)
        self._tally.note(attempt)
        acked = await self.link.call(name, data)
        self._tally.note(attempt._replace(body=acked.body))
        return acked

    async def _pause(self, error: dict[str, Any]) -> None:
        wait_ms = error.get("retry_after_ms") or PAUSE_MS
        await asyncio.sleep(self._draws.uniform(1, 1.5) * wait_ms / 1_000)

    def _count(
        self, move: Move, command_id: str, body: dict[str, Any], *, is_late: bool
    ) -> None:
        self._tally.commands[move.name] += 1
        if body.get("id") != command_id:
            self._tally.flaw(f"{self.name}: ack of {body.get('id')} for {command_id}")
        code = "" if body["ok"] else body["error"]["code"]
        if not code:
            self._tally.acknowledged.append(
                Acknowledged(
                    self.player, command_id, move.name, body["at_ms"], body["result"]
                )
            )
        elif code in move.refused_as or (move.refused_as and is_late):
            self._tally.rebuffs[code] += 1
        else:
            self._tally.refusals[code] += 1
            self._rest(body["error"])
        if is_late or not move.refused_as:
            return
        if code not in move.refused_as | {LIMITED}:
            self._tally.flaw(f"{move} was answered with {body}")

    def _rest(self, error: dict[str, Any]) -> None:
        """Place no orders while the server takes none."""
        if error["code"] == LIMITED and self._mind is not None:
            wait_ms = error.get("retry_after_ms", PAUSE_MS)
            self._mind.paces.rest(int(self.link.now_ms()) + wait_ms)

    async def _repeat(
        self, move: Move, data: dict[str, Any], first: dict[str, Any]
    ) -> None:
        """Send a command once more: law L4 has one reply for it, and one effect."""
        with suppress(Dropped, TimeoutError):
            again = (await self._call(move.name, data)).body
            self._tally.repeated += 1
            code = "" if again["ok"] else again["error"]["code"]
            if again != first and code not in {*RETRIED, LIMITED, INVALID}:
                self._tally.flaw(f"{move.name} repeated: {first} then {again}")

    async def check_view(self) -> None:
        """Compare the views that broadcasts made with fresh snapshots (law L2)."""
        if self._mind is not None:
            await check_views(
                self.room, self._mind.views, self.link, self._tally, self._draws
            )


def _remember(times: dict[int, float], at_ms: int, moment: float) -> None:
    times[at_ms] = moment
    if len(times) > OWN_WAITING_MAX:
        del times[next(iter(times))]
