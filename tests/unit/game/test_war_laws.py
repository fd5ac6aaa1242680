"""Seeded random wars: the laws that hold whatever fleets do to one another."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

import pytest

from app.core.chance import Chance
from app.core.message import Ref, Rejected
from app.game import registry
from app.game.colonies.model.stock import added
from app.game.galaxy.model.map import sector_at
from tests.support.armament import Arm, armed
from tests.unit.game.armada import GALAXY, Armada
from tests.unit.game.test_laws import around, nonzero
from tests.unit.game.world import client

PLAYERS = ("ann", "bob", "cid")
SEEDS = range(8)
STEPS = 90
DRAWS_MAX = 100
ARMAMENT = {
    "units": {"fighter": 60, "frigate": 30, "cruiser": 12, "freighter": 9, "scout": 9},
    "technologies": {"sensors": 3, "ballistics": 2},
    "buildings": {"defense_grid": 1},
    "resources": {"minerals": 3_000, "energy": 2_000},
    "ends_shield": True,
}
WEAK = {"fighter": 23, "frigate": 8, "cruiser": 3, "freighter": 3, "scout": 4}
"""Units of whose colony all fight for: hardly any stay at home."""
FLEETS = (
    {"fighter": 12, "frigate": 3, "scout": 1},
    {"cruiser": 3, "scout": 1, "freighter": 2},
    {"fighter": 9, "scout": 1},
    {"frigate": 4, "freighter": 1, "scout": 1},
)
SOONEST = {
    "BattleBegan", "StepFought", "ForceJoined", "OrderGiven", "BattleEnded",
    "PlunderTaken", "DebrisLeft", "DebrisTaken", "DebrisGone", "SiegeBegun",
    "SiegeEnded", "Occupied", "OccupationEnded", "BattleEntered", "BattleLeft",
    "FleetDissolved", "UpkeepReleased",
}  # fmt: skip
"""Events that a war has to bring."""


class Cut(NamedTuple):
    """Hold a room's view at some moment, and how much was heard there before."""

    room: str
    view: dict[str, Any]
    heard: int


class Front(Armada):
    """Play a war around ann's colony."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.game = armed(self.game)
        self.chance = Chance("war", seed)
        self.cuts: dict[str, Cut] = {}
        for player in PLAYERS:
            self.join(player)
            arms = ARMAMENT | ({"units": WEAK} if player == "ann" else {})
            self.run(Arm(id=f"{player}/arm", player=player, colony="", **arms))
        self.gathering = self.colony(self.player("ann").colonies[0])
        for player in PLAYERS:
            for ships in FLEETS:
                self._muster(player, ships)
        self.wait(3_000_000)
        for room in self._rooms():
            self._cut(room)

    def _muster(self, player: str, ships: dict[str, int]) -> None:
        colony = self.player(player).colonies[0]
        answer = self.order("fleets.launch", player=player, colony=colony, ships=ships)
        to = self._point()
        self.order("fleets.move", player=player, fleet=answer["fleet"], to=to)
        self.wait(1)

    def _point(self) -> dict[str, int]:
        """Draw a point that is near the colony all fight for, where all may go."""
        x, y = (at // 1_000 for at in (self.gathering.x_milli, self.gathering.y_milli))
        for _ in range(DRAWS_MAX):
            to = {"x": x + self._below(140) - 70, "y": y + self._below(140) - 70}
            sector = sector_at(to["x"] * 1_000, to["y"] * 1_000)
            if sector not in GALAXY.hazards.keys() | GALAXY.protected:
                return to
        raise AssertionError("nobody may go anywhere")

    def _rooms(self) -> Iterator[str]:
        sector = sector_at(self.gathering.x_milli, self.gathering.y_milli)
        yield from (f"sector:{near}:full" for near in around(sector))
        yield from (f"player:{player}" for player in PLAYERS)

    def _cut(self, room: str) -> None:
        self.cuts[room] = Cut(room, self.snapshot(room), len(self.heard[room]))

    def _below(self, bound: int) -> int:
        return self.chance.below(bound)

    def pick(self, options: Any) -> Any:
        """Draw one of some options; nonsense where there are none."""
        found = list(options) or ["none"]
        return found[self._below(len(found))]

    def step(self) -> None:
        """Let somebody do something, and some time pass."""
        player = self.pick(PLAYERS)
        name, data = self._draw(player)
        with suppress(Rejected):
            self.order(name, player=player, **data)
        for ref in self._all("battle"):
            if f"battle:{ref.id}" not in self.cuts:
                self._cut(f"battle:{ref.id}")
        self.wait(self._below(self.pick((1, 400, 400, 3_000, 60_000))))

    def _all(self, kind: str) -> list[Ref]:
        return [ref for ref in self.states if ref.kind == kind]

    def _draw(self, player: str) -> tuple[str, dict[str, Any]]:
        own = self.pick(self.player(player).fleets)
        kinds = ("fleet", "battle", "debris")
        names = {kind: [ref.id for ref in self._all(kind)] for kind in kinds}
        battle = self.pick(names["battle"][-3:])
        home = self.gathering.id
        target: dict[str, str] = {"kind": "fleet", "id": self.pick(names["fleet"])}
        if not self._below(3):
            target = {"kind": "colony", "id": home}
        drawn = self.pick((
            *[("fleets.attack", {"target": target})] * 6,
            ("fleets.move", {"to": self._point()}),
            ("fleets.move", {"to": self._point(), "queue": True}),
            ("fleets.attack", {"target": target, "queue": True}),
            ("fleets.defend", {"colony": home}),
            ("fleets.blockade", {"colony": home}),
            ("fleets.return", {}),
            *[("combat.reinforce", {"battle": battle})] * 3,
            ("combat.retreat", {"battle": battle}),
            ("combat.focus", {"battle": battle, "target": self.pick(names["fleet"])}),
            ("combat.formation", {"battle": battle, "formation": "assault"}),
            *[("fleets.salvage", {"debris": self.pick(names["debris"])})] * 3,
        ))  # fmt: skip
        name, data = drawn
        return name, {"fleet": own, **data}


@pytest.fixture(scope="module")
def fronts() -> list[Front]:
    fought = []
    for seed in SEEDS:
        front = Front(seed)
        for _ in range(STEPS):
            front.step()
        front.wait(3_600_000)
        fought.append(front)
    fought[0].wait(100_000_000)
    return fought


def test_wars_bring_all_that_battles_can(fronts: list[Front]) -> None:
    happened = {type(one).__name__ for front in fronts for _ref, one in front.journal}
    assert happened >= SOONEST


def test_battles_are_fought_again_from_their_journal(fronts: list[Front]) -> None:
    """Law L1, and the chain that each step recorded is the one it has again."""
    for front in fronts:
        folded: dict[Ref, Any] = {}
        for ref, event in front.journal:
            folded[ref] = front.game.kinds[ref.kind].evolve(folded.get(ref), event)
            if hasattr(event, "chain"):
                assert folded[ref].frame.chain == event.chain
        assert folded == front.states


def test_goods_are_conserved(fronts: list[Front]) -> None:
    """Law L3: loot leaves the colony and comes aboard; debris is taken or drifts."""
    for front in fronts:
        sums: dict[Ref, dict[str, int]] = defaultdict(dict)
        causes: dict[str, int] = defaultdict(int)
        for ref, event in front.journal:
            if ref.kind in registry.LEDGERS:
                for cause, amounts in registry.LEDGERS[ref.kind](event).items():
                    sums[ref] = added(sums[ref], amounts)
                    causes[cause] += sum(amounts.values())
        for ref, state in front.states.items():
            if ref.kind in registry.HOLDINGS:
                assert nonzero(registry.HOLDINGS[ref.kind](state)) == nonzero(sums[ref])
        assert causes["looted"] == -causes["plundered"]


def test_every_room_tells_all_that_its_snapshot_shows(fronts: list[Front]) -> None:
    """Law L2, through the client's own `apply`."""
    cuts = [(front, cut) for front in fronts for cut in front.cuts.values()]
    asked = [
        {"view": cut.view, "events": front.heard[cut.room][cut.heard :]}
        for front, cut in cuts
    ]
    for (front, cut), view in zip(cuts, client("apply", asked), strict=True):
        assert view == front.snapshot(cut.room), cut.room


def test_nobody_is_left_in_a_battle_that_is_over(fronts: list[Front]) -> None:
    for front in fronts:
        over = {ref.id for ref in front._all("battle") if front.states[ref].is_over}
        fighting = [
            state.battle
            for ref, state in front.states.items()
            if ref.kind in ("fleet", "colony") and state.battle
        ]
        assert over
        assert not over & set(fighting)


def test_no_ship_comes_from_nowhere(fronts: list[Front]) -> None:
    """Ships that fly are those their homes pay for."""
    for front in fronts:
        for player in PLAYERS:
            owner = front.player(player)
            flying: dict[str, int] = {}
            for name in owner.fleets:
                flying = added(flying, front.fleet(name).ships)
            away: dict[str, int] = {}
            for name in owner.colonies:
                away = added(away, front.colony(name).away)
            assert flying == away
