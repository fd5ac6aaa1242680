"""Play with fleets in memory: worlds with ships, and one where no worker runs."""

from collections.abc import Callable
from typing import Any

from app.core.decider import AGGREGATES_MAX, Due, Needs, Outcome
from app.core.message import Command, Ref, Rejected
from app.game import registry
from app.game.colonies.model.state import Colony
from app.game.fleets.model.state import Fleet, position
from app.game.galaxy.model.map import SIDE_MILLI, region_at, sector_at
from app.game.galaxy.model.weather import weather
from app.game.players.model import Player
from tests.unit.game.world import World

GALAXY = registry.build_galaxy("tests", 500)


class Armada(World):
    """Hold a world in which ships are at hand."""

    def home(self, player: str = "ann") -> str:
        """Found an empire; give its colony."""
        return self.join(player)

    def launch(self, player: str = "ann", *, colony: str = "", **ships: int) -> str:
        """Put ships into a colony, past all rules, and launch them."""
        colony = colony or self.player(player).colonies[0]
        held = self.colony(colony).units
        units = {
            unit: held.get(unit, 0) + ships.get(unit, 0) for unit in {**held, **ships}
        }
        self.set("colony", colony, units=units)
        answer = self.order("fleets.launch", player=player, colony=colony, ships=ships)
        name: str = answer["fleet"]
        return name

    def move(self, fleet: str, to: dict[str, float], **data: Any) -> dict[str, Any]:
        """Order a fleet to fly."""
        return self.order("fleets.move", fleet=fleet, to=to, **data)

    def player(self, player: str = "ann") -> Player:
        """Give a player's state."""
        found: Player = self.states[Ref("player", player)]
        return found

    def colony(self, colony: str) -> Colony:
        """Give a colony's state."""
        found: Colony = self.states[Ref("colony", colony)]
        return found

    def fleet(self, fleet: str) -> Fleet:
        """Give a fleet's state."""
        found: Fleet = self.states[Ref("fleet", fleet)]
        return found

    def at(self, fleet: str) -> tuple[int, int]:
        """Give where a fleet is now, in milli-units."""
        return position(self.fleet(fleet), self.now_ms)

    def near(self, fleet: str, dx: int = 0, dy: int = 0) -> dict[str, float]:
        """Give a point some units from a fleet, for the wire."""
        x_milli, y_milli = self.at(fleet)
        return {
            "x": (x_milli + dx * 1_000) / 1_000,
            "y": (y_milli + dy * 1_000) / 1_000,
        }

    def clear(self, fleet: str, distance: int) -> dict[str, float]:
        """Give a point at a distance, with nothing in the way there."""
        x_milli, y_milli = self.at(fleet)
        closed = {*GALAXY.hazards} | GALAXY.protected
        for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1)):
            line = [
                (x_milli + dx * step, y_milli + dy * step)
                for step in (*range(0, distance * 1_000, 10_000), distance * 1_000)
            ]
            inside = all(min(one) >= 0 and max(one) < SIDE_MILLI for one in line)
            if inside and not closed & {sector_at(*one) for one in line}:
                return {"x": line[-1][0] / 1_000, "y": line[-1][1] / 1_000}
        raise AssertionError("no clear way")

    def speed_percent(self, fleet: str) -> int:
        """Give what weather makes of a fleet's speed if it departs now."""
        region = region_at(*self.at(fleet))
        return weather("tests", region, self.now_ms).speed_percent

    def types(self, room: str) -> list[str]:
        """Give the types of what was heard in a room."""
        return [one["type"] for one in self.heard[room]]

    def events(self, kind: str, name: str) -> list[Any]:
        """Give what happened to an aggregate."""
        return [event for ref, event in self.journal if ref == Ref(kind, name)]


class Idle(Armada):
    """Hold a world where no worker runs: a timer fires only for who comes by (L7)."""

    def __init__(self) -> None:
        super().__init__()
        self._changed_ms: dict[Ref, int] = {}
        self.dies: Callable[[], bool] = lambda: False
        """Tells whether an instance dies before it runs what follows on a commit."""

    def wait(self, passed_ms: int) -> None:
        """Let time pass, and nothing else."""
        self.now_ms += passed_ms

    def settle(self, due: Due | None = None) -> None:
        """Let a worker do what is due: one timer, or all."""
        while found := due or self._first(set(), (self.now_ms + 1, "")):
            self._play(found.command, found.at_ms, is_timer=True)
            if due:
                return

    def due(self) -> list[Due]:
        """Give what is due, in no order."""
        return [one for one in self.timers.values() if one.at_ms <= self.now_ms]

    def _run(self, command: Command, now_ms: int) -> dict[str, Any]:
        return self._play(command, now_ms)

    def _play(
        self, command: Command, now_ms: int, *, is_timer: bool = False
    ) -> dict[str, Any]:
        """Take the steps of the dispatcher, in its order."""
        rule = self.game.rules[type(command)]
        own = (now_ms, command.id) if is_timer else (now_ms + 1, "")
        refs = rule.loads(command)
        while True:
            if first := self._first(set(refs), own):
                self.settle(first)
                continue
            states = {ref: self.states.get(ref) for ref in refs}
            at_ms = max([now_ms, *(self._changed_ms.get(ref, 0) for ref in refs)])
            try:
                outcome = rule.decide(states, command, at_ms)
                break
            except Needs as needs:
                refs += needs.refs
                assert len(refs) <= AGGREGATES_MAX
            except Rejected:
                if not is_timer:
                    raise
                outcome = Outcome()
                break
        return self._done(command, outcome, states, at_ms)

    def _done(
        self, command: Command, outcome: Outcome, states: dict[Ref, Any], at_ms: int
    ) -> dict[str, Any]:
        self.timers.pop(command.id, None)
        answer = self._commit(outcome, states, at_ms)
        self._changed_ms |= {ref: at_ms for ref, _event in outcome.events}
        for due in outcome.due:
            if due.at_ms <= at_ms and due.command.id in self.timers:
                if self.dies():
                    break
                self.settle(due)
        return answer

    def _first(self, refs: set[Ref], before: tuple[int, str]) -> Due | None:
        """Give the first timer before a moment, on some aggregates or on any."""
        found = [
            due
            for due in self.timers.values()
            if (due.at_ms, due.command.id) < before
            and (not refs or refs & set(self._refs(due.command)))
        ]
        return min(found, key=lambda due: (due.at_ms, due.command.id), default=None)

    def _refs(self, command: Command) -> tuple[Ref, ...]:
        rule = self.game.rules[type(command)]
        return (*rule.loads(command), *rule.reaches(command))
