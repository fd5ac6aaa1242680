"""Speak our own protocol: accounts by REST, commands and rooms by Socket.IO."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from time import time
from typing import Any
from urllib.parse import urlsplit

from tests.load.crowd import socketio
from tests.load.crowd.accounts import Accounts
from tests.load.crowd.dialect import Acked, Dialect, Heard, User
from tests.load.crowd.link import Body, Link, Taken, command_id
from tests.load.crowd.measure import Figures
from tests.load.crowd.rooms import Rooms
from tests.load.crowd.websocket import Connection, Dropped, Refused

ACK_S = 20.0
RESUMED_MAX = 64
"""Rooms that one message may resume."""
HEAL_TRIES_MAX = 20
HEAL_PAUSE_S = 0.5
CLOCK_TRIES = 5
UNAUTHENTICATED = "unauthenticated"
VIEW = "view.set"
DRAINING = "draining"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Ours(Dialect):
    """Speak to a cluster of ours."""

    def __init__(self, url: str, figures: Figures, accounts: Accounts) -> None:
        place = urlsplit(url)
        self._host, self._port = place.hostname or "", place.port or 80
        self._figures = figures
        self._accounts = accounts
        self._channels: dict[str, asyncio.Future[str]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.offset_ms = 0.0
        """What to add to this machine's clock for the server's."""

    async def prepare(self, users: Sequence[User], tick: Callable[[], None]) -> None:
        """Have an account with an empire for every user.

        Raises:
            Failed: the cluster refused one.
        """
        await self._accounts.prepare([user.name for user in users], tick)
        for user in users:
            rooms = Rooms(self._figures.numbers)
            user.state = Link(self._accounts.of(user.name), rooms)

    async def enter(self, user: User) -> None:
        """Connect; in chatter the first opens the channel, then its mates come."""
        if user.room and not user.is_first:
            user.state.channel = await asyncio.shield(self._channel(user.room))
        try:
            welcome = await self._connect(user)
            for room, seq in welcome["rooms"].items():
                user.state.rooms.start(room, seq)
            if user.is_first:
                await self._open_channel(user)
        except Exception as error:
            if user.is_first and not (opened := self._channel(user.room)).done():
                opened.set_exception(error)
                opened.exception()  # mates may be none, who would hear it
            raise

    async def back(self, user: User) -> None:
        """Connect again, resume every room from its last number, look where we did."""
        link: Link = user.state
        missed = link.rooms.reconnected()
        welcome = await self._connect(user)
        for room, seq in welcome["rooms"].items():
            link.rooms.start(room, seq)
        await self.resume(user, missed)
        if link.view is not None:
            await self.call(
                user, VIEW, link.view, lambda body: self._viewed(link, body)
            )

    def lost(self, user: User, reason: str) -> None:
        """Fail what waits for an answer over the connection that went."""
        link: Link = user.state
        waiting = [*link.answers.values(), *filter(None, [link.welcome])]
        link.answers.clear()
        link.taken.clear()
        for answer in waiting:
            if not answer.done():
                answer.set_exception(Dropped(reason))
                answer.exception()

    async def close(self) -> None:
        """Stop what still heals, and keep the tokens for the next run."""
        for task in self._tasks:
            task.cancel()
        self._accounts.keep()

    # what a user does

    def say(self, user: User, stamp: str) -> int | None:
        """Say something in the user's channel."""
        link: Link = user.state
        data = {"channel": link.channel, "text": stamp}
        return self.command(user, "chat.say", data, command_id())

    def command(self, user: User, name: str, data: Body, command: str) -> int:
        """Send a command without waiting; gives the number of its ack."""
        link: Link = user.state
        number = link.last = link.last + 1
        self.send(user, number, name, {"id": command, **data})
        return number

    def send(self, user: User, number: int, name: str, data: Body) -> None:
        """Send an event whose ack has a number; once more, after a lost connection."""
        if user.connection is not None:
            user.connection.send_text(socketio.event(name, data, number))

    def look(self, user: User, view: Body, number: int | None = None) -> int:
        """Look at a part of the map without waiting; gives the number of its ack.

        With a `number` it is sent once more, after a lost connection.
        """
        link: Link = user.state
        if number is None:
            number = link.last = link.last + 1
        link.taken[number] = self.taking_view(user, view)
        self.send(user, number, VIEW, view)
        return number

    def taking_view(self, user: User, view: Body) -> Taken:
        """Look there from now on, and follow its rooms once the ack is here."""
        link: Link = user.state
        link.view = view
        return lambda body: self._viewed(link, body)

    async def call(
        self, user: User, name: str, data: Body, taken: Taken | None = None
    ) -> Body:
        """Send an event and wait for its ack's body.

        Raises:
            Dropped: the connection went, or no ack came.
        """
        link: Link = user.state
        number = link.last = link.last + 1
        answer = link.answers[number] = asyncio.get_running_loop().create_future()
        if taken is not None:
            link.taken[number] = taken
        self.send(user, number, name, data)
        try:
            async with asyncio.timeout(ACK_S):
                return await answer
        except TimeoutError:
            raise Dropped(f"{name} was not answered") from None
        finally:
            link.answers.pop(number, None)

    async def resume(self, user: User, rooms: Mapping[str, int]) -> None:
        """Catch up on rooms from their last numbers.

        Raises:
            Dropped: the connection went, or the server would not.
        """
        names = sorted(rooms)
        for first in range(0, len(names), RESUMED_MAX):
            part = {name: rooms[name] for name in names[first : first + RESUMED_MAX]}
            await self._resume_some(user, part)

    async def snapshot(self, user: User, room: str) -> Body:
        """Follow a room from a snapshot on, and give that.

        Raises:
            Dropped: the connection went, or the room may not be heard.
        """
        wanted = user.state.rooms.await_snapshot(room)
        body = await self.call(
            user, "resume", {"rooms": wanted}, lambda body: self._healed(user, body)
        )
        found = body["result"]["rooms"][room] if body["ok"] else {"error": body}
        if "snapshot" not in found:
            raise Dropped(f"no snapshot of {room}: {found}")
        shown: Body = found["snapshot"]
        return shown

    async def set_clock(self, user: User) -> None:
        """Learn how far the server's clock is from ours, by the quickest of some.

        On one machine there is one clock: an instance's guess of Redis' is some ms off.
        """
        if self._host in LOOPBACK:
            return
        best_ms = float("inf")
        for _ in range(CLOCK_TRIES):
            sent_ms = time() * 1_000
            body = await self.call(user, "time.sync", {"client_ms": int(sent_ms)})
            took_ms = time() * 1_000 - sent_ms
            if body["ok"] and took_ms < best_ms:
                best_ms = took_ms
                middle_ms = sent_ms + took_ms / 2
                self.offset_ms = body["result"]["server_ms"] - middle_ms

    # what a user hears

    def heard(self, user: User, message: str | bytes) -> Iterable[Heard | Acked]:
        """Decode a message: broadcasts become their events, acks what they answer."""
        if user.connection is None or not isinstance(message, str):
            return ()
        packet = socketio.take(user.connection, message)
        if packet is None:
            return ()
        if type(packet) is socketio.Answer:
            return self._answered(user, packet)
        name, data = packet
        if name == "events":
            return self._events(user, data)
        self._told(user, name, data)
        return ()

    def _events(self, user: User, batch: Body) -> Iterable[Heard]:
        link: Link = user.state
        room = batch["room"]
        events, is_gap = link.rooms.hear(batch)
        if is_gap:
            self._heal(user, room)
        return [
            Heard(room, one["seq"], one.get("text"), one["at_ms"], one)
            for one in events
        ]

    def _answered(self, user: User, answer: socketio.Answer) -> Iterable[Heard | Acked]:
        link: Link = user.state
        number, body = answer
        said: list[Heard | Acked] = []
        taken = link.taken.pop(number, None)
        if taken is not None:
            said += taken(body)
        waiting = link.answers.get(number)
        if waiting is None:
            code = "" if body["ok"] else body["error"]["code"]
            said.append(Acked(number, body["ok"], code, body))
        elif not waiting.done():
            waiting.set_result(body)
        return said

    def _told(self, user: User, name: str, data: Body) -> None:
        link: Link = user.state
        if name == "welcome":
            self._figures.instances[data.get("instance", "")] += 1
            if link.welcome is not None and not link.welcome.done():
                link.welcome.set_result(data)
        elif name == "entered":
            self._entered(link, data["rooms"])
        elif name == "left":
            for room in data["rooms"]:
                link.rooms.leave(room)
        elif name == "notice":
            self._noticed(user, data)

    def _noticed(self, user: User, notice: Body) -> None:
        code = notice.get("code", "")
        self._figures.notices[code] += 1
        wait_s = user.draws.uniform(0, notice.get("retry_after_ms", 0) / 1_000)
        if code == "resync":
            self._keep(self._resync(user, wait_s))
        elif code == DRAINING and user.connection is not None:
            self._go_elsewhere(user, user.connection, wait_s)

    def _go_elsewhere(self, user: User, told: Connection, wait_s: float) -> None:
        """Leave in a moment, as asked; the server may hang up first."""
        told.on_closed = lambda _reason: user.on_closed(DRAINING)
        asyncio.get_running_loop().call_later(wait_s, told.abort, DRAINING)

    def _entered(self, link: Link, rooms: Mapping[str, Body]) -> None:
        """Follow rooms from their snapshots on: one of the two tiers of a sector."""
        for room, shown in rooms.items():
            if room.startswith("sector:"):
                is_full = room.endswith(":full")
                other = room.removesuffix(":full") if is_full else f"{room}:full"
                link.rooms.leave(other)
            link.rooms.enter(room, shown["seq"])

    def _viewed(self, link: Link, body: Body) -> Iterable[Heard]:
        if body["ok"]:
            for room in body["result"]["left"]:
                link.rooms.leave(room)
            self._entered(link, body["result"]["rooms"])
        return ()

    # healing

    def _heal(self, user: User, room: str) -> None:
        self._keep(self._healing(user, {room: user.state.rooms.seq(room)}))

    async def _healing(self, user: User, rooms: Mapping[str, int]) -> None:
        asked = user.connection
        try:
            await self.resume(user, rooms)
        except Dropped:  # the next connection resumes all of them
            if asked is not None:
                asked.abort("not resumed")

    async def _resync(self, user: User, wait_s: float) -> None:
        doubted = user.connection
        await asyncio.sleep(wait_s)
        if user.is_in and doubted is user.connection:  # a new one resumes anyway
            await self._healing(user, user.state.rooms.pause())

    async def _resume_some(self, user: User, rooms: Mapping[str, int]) -> None:
        if not rooms:
            return
        for _ in range(HEAL_TRIES_MAX):
            body = await self.call(
                user, "resume", {"rooms": rooms}, lambda body: self._healed(user, body)
            )
            if body["ok"]:
                return
            self._figures.refused[f"resume {body['error']['code']}"] += 1
            await asyncio.sleep(HEAL_PAUSE_S)
        raise Dropped("not resumed")

    def _healed(self, user: User, body: Body) -> list[Heard]:
        heard: list[Heard] = []
        for room, answer in body["result"]["rooms"].items() if body["ok"] else ():
            events, is_gap = user.state.rooms.heal(room, answer)
            heard += (
                Heard(room, one["seq"], one.get("text"), None, one) for one in events
            )
            if is_gap:
                self._heal(user, room)
        return heard

    # coming in

    async def _connect(self, user: User) -> Body:
        link: Link = user.state
        for is_last in (False, True):
            link.welcome = asyncio.get_running_loop().create_future()
            auth = {"token": link.account.access}
            try:
                await socketio.connect(user, self._host, self._port, auth)
                async with asyncio.timeout(ACK_S):
                    return await link.welcome
            except TimeoutError:
                raise Dropped("no welcome") from None
            except Refused as refused:
                if is_last or refused.code != UNAUTHENTICATED:
                    raise
                await self._accounts.renew(link.account)
        raise Dropped("unreachable")

    async def _open_channel(self, user: User) -> None:
        others = [mate.name for mate in user.mates if mate is not user]
        data = {"id": command_id(), "players": others}
        body = await self.call(user, "chat.open", data)
        if not body["ok"]:
            raise Refused(f"chat.open {body['error']['code']}")
        link: Link = user.state
        link.channel = body["result"]["channel"]
        room = f"chat:{link.channel}"
        if room not in link.rooms:
            await self.snapshot(user, room)
        self._channel(user.room).set_result(link.channel)

    def _channel(self, room: str) -> "asyncio.Future[str]":
        found = self._channels.get(room)
        if found is None:
            found = asyncio.get_running_loop().create_future()
            self._channels[room] = found
        return found

    def _keep(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
