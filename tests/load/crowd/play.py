"""Play: build, train, research, fly, attack, look, at half a command a second."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from random import Random
from time import time
from typing import Any

from tests.load.crowd.armada import Armada
from tests.load.crowd.crowd import Crowd
from tests.load.crowd.dialect import Acked, User
from tests.load.crowd.empire import Empire
from tests.load.crowd.link import Link, command_id
from tests.load.crowd.mixes import Mix
from tests.load.crowd.ours import VIEW, Ours
from tests.load.moves import Move, Paces
from tests.load.prices import Prices
from tests.load.sight import around

RATE = 0.5
"""Commands a second of one user."""
WEIGHTS: Mapping[str, int] = {
    "build": 24,
    "train": 12,
    "research": 4,
    "move": 20,
    "attack": 6,
    "view": 22,
    "cancel": 6,
    "sync": 6,
}
"""How often, of a hundred, a user wants to do what; where it can't, it syncs."""
REACHES = (2, 3, 4)
"""Sectors each way that a user looks at…"""
PAN = 3.0
"""…around a place up to so many sectors from home."""
SECTOR = 100
GONE = frozenset({"not_found", "not_yours"})
ASKED_MAX = 16
MS = 1_000


class Mind:
    """Hold what one user knows and waits for."""

    __slots__ = ("armada", "asked", "empire", "paces")

    def __init__(self, snapshot: Mapping[str, Any]) -> None:
        self.empire = Empire(snapshot)
        self.armada = Armada(snapshot)
        self.paces = Paces()
        self.asked: dict[int, Move] = {}


class Play(Mix):
    """Let users play, each its own empire, chosen cheaply from what acks tell."""

    name = "play"

    def __init__(
        self, crowd: Crowd, ours: Ours, prices: Prices, rate: float = RATE
    ) -> None:
        self._crowd, self._ours, self._prices, self._rate = crowd, ours, prices, rate
        self._kinds, self._weights = list(WEIGHTS), list(WEIGHTS.values())

    async def settle(self, user: User) -> None:
        """Learn of the own empire, and look at its surroundings."""
        link: Link = user.state
        room = f"player:{link.account.player}"
        user.mind = Mind(await self._ours.snapshot(user, room))
        view = self._view(user)
        await self._ours.call(user, VIEW, view, self._ours.taking_view(user, view))

    def moments(self, user: User) -> Iterator[float]:
        """Draw moments half a pause to one and a half apart, from anywhere in one."""
        at_s = user.draws.uniform(0, 1 / self._rate)
        while True:
            yield at_s
            at_s += user.draws.uniform(0.5, 1.5) / self._rate

    def act(self, user: User, intended_s: float) -> None:
        """Choose something that can be done, and send it."""
        mind: Mind = user.mind
        now_ms = time() * MS + self._ours.offset_ms
        mind.empire.pass_time(now_ms)
        kind = user.draws.choices(self._kinds, self._weights)[0]
        if kind == "view":
            self._look(user, intended_s)
            return
        move = self._choose(mind, kind, user.draws, now_ms)
        move = move or mind.empire.sync(now_ms)
        if len(mind.asked) >= ASKED_MAX:  # answers that never came
            del mind.asked[next(iter(mind.asked))]
        command = command_id()
        number = self._ours.command(user, move.name, move.data, command)
        mind.asked[number] = move
        again = partial(
            self._ours.send, user, number, move.name, {"id": command, **move.data}
        )
        self._crowd.sent(user, number, move.name, intended_s, again)

    def acked(self, user: User, acked: Acked) -> None:
        """Learn from an answer."""
        mind: Mind = user.mind
        move = mind.asked.pop(acked.id, None)
        if move is None:
            self._saw(user, acked)
        elif acked.ok:
            mind.empire.done(self._prices, move, acked.body)
            mind.armada.done(move, acked.body["result"])
        elif acked.code in GONE and "fleet" in move.data:
            mind.armada.lost(move.data["fleet"])
        elif "order" in move.data:
            mind.empire.forget(move.data["order"])

    def _choose(
        self, mind: Mind, kind: str, draws: Random, now_ms: float
    ) -> Move | None:
        empire, armada = mind.empire, mind.armada
        chosen: Mapping[str, tuple[str, Callable[[], Move | None]]] = {
            "build": ("build", lambda: empire.build(self._prices, draws, now_ms)),
            "train": ("build", lambda: empire.train(self._prices, draws, now_ms)),
            "research": ("build", lambda: empire.research(self._prices, draws, now_ms)),
            "cancel": ("build", lambda: empire.cancel(draws)),
            "move": ("move", lambda: self._fly(mind, draws)),
            "attack": ("attack", lambda: armada.attack(draws)),
        }
        if kind not in chosen:
            return None
        group, choose = chosen[kind]
        if not mind.paces.has_one(group, int(now_ms)):
            return None
        move = choose()
        if move is not None:
            mind.paces.take(group)
        return move

    def _fly(self, mind: Mind, draws: Random) -> Move | None:
        launch = mind.armada.launch(mind.empire.colony, mind.empire.units)
        return launch or mind.armada.move(mind.empire.home, draws)

    def _look(self, user: User, intended_s: float) -> None:
        view = self._view(user)
        number = self._ours.look(user, view)
        again = partial(self._ours.look, user, view, number)
        self._crowd.sent(user, number, VIEW, intended_s, again)

    def _saw(self, user: User, acked: Acked) -> None:
        if acked.ok and "rooms" in acked.body["result"]:
            player = user.state.account.player
            user.mind.armada.saw(acked.body["result"]["rooms"], player)

    def _view(self, user: User) -> dict[str, Any]:
        x, y = user.mind.empire.home
        far = PAN * SECTOR
        at = x + user.draws.uniform(-far, far), y + user.draws.uniform(-far, far)
        return around(at, user.draws.choice(REACHES))._asdict()
