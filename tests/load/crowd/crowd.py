"""Drive many users of one dialect in one event loop, and measure what they wait for.

figures = Figures()
crowd = Crowd(dialect, figures, users)
crowd.assign(Chatter(crowd), users)
await crowd.enter(tick)          # all in, with their rooms
await crowd.run(seconds, tick)   # they act at the moments that were drawn
await crowd.leave()
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from time import perf_counter, process_time, time
from typing import NamedTuple

from tests.load.crowd import stamps
from tests.load.crowd.dialect import Acked, Dialect, Heard, User
from tests.load.crowd.happenings import is_due
from tests.load.crowd.limits import NOT_BACK
from tests.load.crowd.measure import Figures
from tests.load.crowd.mixes import SAY, Mix
from tests.load.crowd.refusals import EXPECTED
from tests.load.crowd.websocket import Dropped, Refused

ENTERING_MAX = 32
ENTER_TRIES_MAX = 20
BACK_TRIES_MAX = 200
PAUSE_MIN_S, PAUSE_MAX_S = 0.5, 5.0
"""A lost user comes back after a random part of this, doubled each time it fails."""
WAITING_MAX = 64
"""Answers that one user waits for, past which it sends nothing: that is an error."""
SETTLE_S, TICK_S, POLL_S, HEARTBEAT_S = 20.0, 1.0, 0.05, 0.02
BEGIN_S = 0.2
MS = 1_000

Tick = Callable[[], None]


class Sent(NamedTuple):
    """Hold something that was sent and is not answered yet."""

    name: str
    intended_s: float
    again: Callable[[], None] | None
    is_again: bool = False


class Crowd:
    """Hold the users of one run."""

    def __init__(
        self, dialect: Dialect, figures: Figures, users: Sequence[User]
    ) -> None:
        self.dialect, self.figures, self.users = dialect, figures, users
        self._mixes: dict[int, Mix] = {}
        self._waiting: dict[int, dict[int, Sent]] = {one.number: {} for one in users}
        self._last: dict[tuple[int, int], int] = {}
        self._returning: set[asyncio.Task[None]] = set()
        self._is_leaving = False
        self._ends_s = 0.0
        self.began_s = self.ran_s = self.cpu_s = 0.0
        for user in users:
            user.on_message = partial(self._take, user)
            user.on_closed = partial(self._lost, user)

    @property
    def present(self) -> int:
        """Count the users that are in, with everything caught up."""
        return sum(user.is_in for user in self.users)

    def assign(self, mix: Mix, users: list[User]) -> None:
        """Let some users follow a mix."""
        mix.group(users)
        for user in users:
            self._mixes[user.number] = mix

    # a run

    async def enter(self, tick: Tick) -> None:
        """Bring all users in; `tick` is called after each.

        Raises:
            Refused: the server would not have one, however often it was asked.
            Dropped: it did not answer one.
        """
        places = asyncio.Semaphore(ENTERING_MAX)
        firsts = [user for user in self.users if user.is_first]
        others = [user for user in self.users if not user.is_first]
        for some in (firsts, others):  # mates wait for whoever makes their room
            try:
                async with asyncio.TaskGroup() as group:
                    for user in some:
                        group.create_task(self._enter(user, places, tick))
            except ExceptionGroup as failed:
                raise failed.exceptions[0] from None

    async def run(self, seconds: float, tick: Tick) -> None:
        """Let the users act for so long, and until they have their answers."""
        self.figures.begin()
        self.began_s = began_s = perf_counter() + BEGIN_S
        self._ends_s = began_s + seconds
        cpu_s = process_time()
        for user in self.users:
            self._next(user, self._mixes[user.number].moments(user))
        self._beat(began_s)
        await self._follow(self._ends_s, tick)
        self.ran_s, self.cpu_s = perf_counter() - began_s, process_time() - cpu_s
        await self._settle()

    async def leave(self) -> None:
        """Let all users go."""
        self._is_leaving = True
        for task in self._returning:
            task.cancel()
        for user in self.users:
            await self.dialect.leave(user)
        await self.dialect.close()

    def cut(self, users: Sequence[User]) -> None:
        """Cut connections at once, as a lost network would; they come back."""
        for user in users:
            if user.connection is not None:
                user.connection.abort("cut")

    # what users send

    def say(self, user: User, intended_s: float) -> None:
        """Say one message of chatter, stamped with its intended moment."""
        user.said += 1
        stamp = stamps.write(intended_s, user.number, user.said)
        number = self.dialect.say(user, stamp)
        self.figures.expected += len(user.mates)
        self.sent(user, number, SAY, intended_s)

    def sent(
        self,
        user: User,
        number: int | None,
        name: str,
        intended_s: float,
        again: Callable[[], None] | None = None,
    ) -> None:
        """Note what was sent; `again` sends it once more after a lost connection."""
        self.figures.sent[name] += 1
        if number is not None:
            self._waiting[user.number][number] = Sent(name, intended_s, again)

    # what users hear

    def _take(self, user: User, message: str | bytes) -> None:
        self.figures.messages += 1
        try:
            for said in self.dialect.heard(user, message):
                if type(said) is Heard:
                    self._heard(user, said)
                else:
                    self._acked(user, said)
        except (LookupError, ValueError, TypeError) as error:
            self.figures.errors[f"not understood: {type(error).__name__}"] += 1
            self.figures.sample(f"{error!r} of {message[:200]!r}")

    def _heard(self, user: User, heard: Heard) -> None:
        figures = self.figures
        figures.deliveries += 1
        if heard.stamp is not None:
            figures.chat.add(perf_counter() - stamps.moment(heard.stamp))
            if heard.seq is None:
                self._number(user, heard.stamp)
        elif heard.at_ms is not None:
            now_ms = time() * MS + self.dialect.offset_ms
            series = figures.due if is_due(heard.event) else figures.broadcast
            series.add((now_ms - heard.at_ms) / MS)

    def _number(self, user: User, text: str) -> None:
        """Look for chatter that came twice, where rooms have no numbers."""
        stamp = stamps.read(text)
        pair = (user.number, stamp.sender)
        if stamp.number <= self._last.get(pair, 0):
            self.figures.numbers.duplicates += 1
        else:
            self._last[pair] = stamp.number

    def _acked(self, user: User, acked: Acked) -> None:
        sent = self._waiting[user.number].pop(acked.id, None)
        if sent is None:
            return
        took_s = perf_counter() - sent.intended_s
        if sent.is_again:
            self.figures.done += 1
            self.figures.resent.add(took_s)
        else:
            self.figures.acked(sent.name, took_s)
        if not acked.ok:
            counted = self.figures.refused if acked.code in EXPECTED else None
            (self.figures.errors if counted is None else counted)[acked.code] += 1
            if sent.name == SAY:
                self.figures.expected -= len(user.mates)
        self._mixes[user.number].acked(user, acked)

    # coming, going, coming back

    async def _enter(self, user: User, places: asyncio.Semaphore, tick: Tick) -> None:
        async with places:
            for left in reversed(range(ENTER_TRIES_MAX)):
                try:
                    await self.dialect.enter(user)
                    await self._mixes[user.number].settle(user)
                    break
                except (Dropped, Refused) as error:
                    if not left or is_final(error):
                        raise
                    await asyncio.sleep(pause_of(error, PAUSE_MIN_S))
            user.is_in = True
        tick()

    def _lost(self, user: User, reason: str) -> None:
        was_in, user.is_in = user.is_in, False
        self.dialect.lost(user, reason)
        if self._is_leaving:
            return
        self.figures.drops[reason] += 1
        if was_in:
            task = asyncio.create_task(self._return(user))
            self._returning.add(task)
            task.add_done_callback(self._returning.discard)

    async def _return(self, user: User) -> None:
        lost_s, pause_s = perf_counter(), PAUSE_MIN_S
        for _ in range(BACK_TRIES_MAX):
            await asyncio.sleep(user.draws.uniform(0, pause_s))
            self.figures.tries += 1
            try:
                await self.dialect.back(user)
                break
            except (Dropped, Refused) as error:
                self.figures.turned_away[str(error)] += 1
                if user.connection is not None:
                    user.connection.abort(NOT_BACK)  # one at a time
                pause_s = min(PAUSE_MAX_S, max(2 * pause_s, pause_of(error, 0.0)))
        else:
            self.figures.errors["never came back"] += 1
            return
        user.is_in = True
        self.figures.reconnects += 1
        self.figures.back.add(perf_counter() - lost_s)
        self._send_again(user)

    def _send_again(self, user: User) -> None:
        waiting = self._waiting[user.number]
        for number, sent in list(waiting.items()):
            if sent.again is None:
                del waiting[number]
                self.figures.refused["unknown, connection lost"] += 1
                self.figures.expected -= len(user.mates)
            else:
                waiting[number] = sent._replace(is_again=True)
                sent.again()

    # the schedule

    def _next(self, user: User, moments: Iterator[float]) -> None:
        at_s = self.began_s + next(moments, float("inf"))
        if at_s < self._ends_s:
            loop = asyncio.get_running_loop()
            loop.call_at(at_s, self._fire, user, moments, at_s)

    def _fire(self, user: User, moments: Iterator[float], intended_s: float) -> None:
        self.figures.late.add(perf_counter() - intended_s)
        if not user.is_in:
            self.figures.unsent += 1
        elif len(self._waiting[user.number]) >= WAITING_MAX:
            self.figures.errors["too many unanswered"] += 1
        else:
            self._mixes[user.number].act(user, intended_s)
        self._next(user, moments)

    def _beat(self, intended_s: float) -> None:
        """Measure how late this loop is, also while nobody acts."""
        now_s = perf_counter()
        if now_s >= intended_s:
            self.figures.late.add(now_s - intended_s)
            intended_s = now_s + HEARTBEAT_S
        if intended_s < self._ends_s:
            asyncio.get_running_loop().call_at(intended_s, self._beat, intended_s)

    async def _follow(self, until_s: float, tick: Tick) -> None:
        at_s = self.began_s + TICK_S
        while at_s < until_s + TICK_S / 2:
            await asyncio.sleep(max(0.0, at_s - perf_counter()))
            self.figures.tick(at_s - self.began_s)
            tick()
            at_s += TICK_S

    async def _settle(self) -> None:
        """Wait for the answers, for who is away, and for chatter that is on its way."""
        until_s = perf_counter() + SETTLE_S
        while (  # noqa: ASYNC110 - asks all users at once
            perf_counter() < until_s and not self._is_calm()
        ):
            await asyncio.sleep(POLL_S)
        for waiting in self._waiting.values():
            if waiting:
                self.figures.errors["unanswered"] += len(waiting)
                waiting.clear()
        missing = self.figures.expected - self.figures.chat.count
        if missing > 0 and not self.figures.numbers.snapshots:
            self.figures.errors["chatter not heard"] += missing
        away = len(self.users) - self.present
        if away:
            self.figures.errors["away at the end"] += away
        self.figures.tick(perf_counter() - self.began_s)

    def _is_calm(self) -> bool:
        figures = self.figures
        return (
            figures.chat.count >= figures.expected
            and figures.numbers.unhealed <= 0
            and not any(self._waiting.values())
            and self.present == len(self.users)
        )


def is_final(error: Exception) -> bool:
    """Tell whether asking again is of no use."""
    return isinstance(error, Refused) and (
        " " in error.code or error.code in {"no_empire", "banned", "http_404"}
    )


def pause_of(error: Exception, least_s: float) -> float:
    """Say how long to wait before the next try."""
    asked_ms = error.retry_after_ms if isinstance(error, Refused) else 0
    return max(least_s, asked_ms / MS)
