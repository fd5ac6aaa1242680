"""Play one seed: commands, workers, a persister, evictions, crashes, repeats.

Time is virtual and moves only forward. Instances die between any two steps; whatever
got no answer is sent again, in another order, to another instance.
"""

from collections.abc import Callable
from typing import NamedTuple

from app.core.chance import Chance
from app.core.decider import Game
from app.core.message import Command
from app.engine.codec import Codec
from app.engine.cold import Cold
from app.engine.dispatch import Dispatcher
from app.engine.keys import Keys
from app.engine.redis import Circuit, Unavailable
from app.engine.reply import Reply
from app.engine.store import Store
from app.game.colonies.rules.join import JoinGalaxy
from app.game.galaxy.model.map import Galaxy as Map
from tests.simulation.crash import Crash, FragileCircuit
from tests.simulation.players import Player
from tests.simulation.servers import Galaxy

START_MS = 1_800_000_000_000
STEPS = 120
PLAYERS = 2
INSTANCES = 2
CRASH_PER_MILLE = 12
SETTLED = {"busy", "unavailable"}
"""Codes that decide nothing: the client asks again."""


class Decided(NamedTuple):
    """Hold a command and the one reply it got."""

    command: Command
    reply: Reply


class Unlike(AssertionError):
    """Tell that one id got two replies."""


class Play:
    """Run one seed in a galaxy of its own."""

    def __init__(self, seed: int, game: Game, galaxy: Galaxy, map_: Map) -> None:
        self._chance = Chance("play", seed)
        self._game = game
        self._galaxy = galaxy
        self._codec = Codec(game)
        self.now_ms = START_MS
        self.players = [Player(f"p{i}", self._chance, map_) for i in range(PLAYERS)]
        self.decided: dict[str, Decided] = {}
        self._pending: list[Command] = [player.join() for player in self.players]
        self._instances = [self._instance() for _ in range(INSTANCES)]
        self.crashes = 0

    def run_first_part(self) -> None:
        """Play the first steps, until every player has an empire."""
        for _ in range(STEPS // 3):
            self._step()
        self._deliver_all(self._instance(Circuit()))

    def run_second_part(self) -> None:
        """Play on, then let everything that is under way come to rest."""
        for _ in range(STEPS):
            self._step()
        calm = self._instance(Circuit())
        self._deliver_all(calm)
        while due := self._galaxy.due(self.now_ms):
            calm.settle(due[0])

    def _step(self) -> None:
        self._pass_time()
        draw = self._chance.below(100)
        if draw < 30:
            self._pending.append(self._pick(self.players).act(self.players))
        elif draw < 80:
            self._deliver()
        elif draw < 90:
            self._work()
        elif draw < 95:
            self._guarded(lambda _i: self._galaxy.persist(self._chance))
        else:
            self._galaxy.evict()

    def _pass_time(self) -> None:
        bound_ms = self._pick([5, 20, 500, 500, 2_000, 8_000, 400_000])
        self.now_ms += 1 + self._chance.below(bound_ms)

    def _deliver(self) -> None:
        if not self._pending:
            return
        newest = len(self._pending) - 1
        at = newest if self._chance.below(2) else self._chance.below(newest + 1)
        command = self._pending[at]
        if self._send(command) and self._chance.below(3):
            self._pending.pop(at)

    def _send(self, command: Command) -> bool:
        replies: list[Reply] = []
        self._guarded(
            lambda instance: replies.append(
                instance.dispatch(command, now_ms=self.now_ms)
            )
        )
        if not replies or replies[0].code in SETTLED:
            return bool(replies) and self._joins_elsewhere(command, replies[0])
        self._note(command, replies[0])
        return True

    def _joins_elsewhere(self, command: Command, reply: Reply) -> bool:
        """Draw other planets where all that a join looked at were taken."""
        if not isinstance(command, JoinGalaxy) or reply.code != "busy":
            return False
        self._pending.append(self._player(command).join())
        return True

    def _player(self, command: Command) -> Player:
        return next(one for one in self.players if one.name == command.player)

    def _note(self, command: Command, reply: Reply) -> None:
        first = self.decided.setdefault(command.id, Decided(command, reply))
        if first.reply != reply:
            raise Unlike(f"{command}: {first.reply} then {reply}")
        if reply.ok:
            self._player(command).hear(command, reply.result or {})

    def _work(self) -> None:
        due = self._galaxy.due(self.now_ms)
        if due:
            timer = self._pick(due)
            self._guarded(lambda instance: instance.settle(timer))

    def _guarded(self, act: Callable[[Dispatcher], object]) -> None:
        at = self._chance.below(INSTANCES)
        try:
            act(self._instances[at])
        except Crash:
            self.crashes += 1
            self._instances[at] = self._instance()
        except Unavailable:
            pass

    def _deliver_all(self, calm: Dispatcher) -> None:
        """Repeat what is pending until all of it is decided."""
        for command in self._pending:
            self.now_ms += 1
            reply = calm.dispatch(command, now_ms=self.now_ms)
            if self._joins_elsewhere(command, reply):
                continue
            if reply.code in SETTLED:
                raise AssertionError(f"{command} got no answer at rest: {reply}")
            self._note(command, reply)
        self._pending.clear()

    def _instance(self, circuit: Circuit | None = None) -> Dispatcher:
        keys = Keys(self._galaxy.id)
        store = Store(self._galaxy.client, keys)
        store.circuit = circuit or FragileCircuit(self._chance, CRASH_PER_MILLE)
        cold = Cold(self._galaxy.postgres, self._galaxy.id)
        return Dispatcher(self._game, store, self._codec, cold)

    def _pick(self, options: list) -> object:
        return options[self._chance.below(len(options))]
