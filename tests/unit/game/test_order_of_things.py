"""Attacks, reinforcements, buildings, production: each in its time (law L7).

One schedule of what players send is played several times: with workers that run every
timer at once, with none at all, and with workers that pick what is due in any order.
The states that are left are the same, to the last bit.
"""

from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from typing import Any, NamedTuple

import pytest

from app.core.chance import Chance
from app.core.message import Ref, Rejected
from app.engine.codec import Codec
from app.game.colonies.model.siege import OCCUPATION_MS
from app.game.colonies.model.state import Colony
from tests.support.armament import Arm, armed
from tests.unit.game.armada import Idle

SCHEDULES = 1_000
PARTS = 20
"""Schedules are split up, so that test processes can share them."""
SENT = 9
START = {"units": {"interceptor": 5, "cruiser": 2}, "ends_shield": True}
RAID = {"units": {"cruiser": 12, "interceptor": 9}, "ends_shield": True}


class Sent(NamedTuple):
    """Hold what a player sends, and when, in ms after the start."""

    at_ms: int
    player: str
    name: str
    data: dict[str, Any]


class Field(Idle):
    """Hold a world around bob's colony, where ann's fleets are about to arrive."""

    def __init__(self) -> None:
        super().__init__()
        self.game = armed(self.game)
        for player, arms in (("ann", RAID), ("bob", START)):
            self.join(player)
            self.run(Arm(id=f"{player}/arm", player=player, colony="", **arms))
        self.home = self.player("bob").colonies[0]
        ours = self.player("ann").colonies[0]
        there = self.colony(self.home)
        self.raiders = [self._raid(ours, cruiser=4), self._raid(ours, cruiser=5)]
        self.guards = [self._guard(interceptor=2), self._guard(cruiser=1)]
        for fleet in self.raiders:
            to = {"x": there.x_milli / 1_000, "y": there.y_milli / 1_000}
            self.order("fleets.move", player="ann", fleet=fleet, to=to)
        first_ms = self.fleet(self.raiders[0]).course.arrive_ms
        self.wait(first_ms - self.now_ms - 5_000)
        self.settle()
        self.started_ms = self.now_ms

    def _raid(self, colony: str, **ships: int) -> str:
        answer = self.order("fleets.launch", player="ann", colony=colony, ships=ships)
        fleet: str = answer["fleet"]
        return fleet

    def _guard(self, **ships: int) -> str:
        answer = self.order(
            "fleets.launch", player="bob", colony=self.home, ships=ships
        )
        fleet: str = answer["fleet"]
        return fleet

    def read(self, name: str) -> Colony:
        """Read a colony as a client does: what is overdue there is settled first."""
        while due := self._first({Ref("colony", name)}, (self.now_ms + 1, "")):
            self.settle(due)
        return self.colony(name)

    def state_hash(self) -> str:
        """Sum up all states."""
        codec = Codec(self.game)
        packed = [
            str(ref).encode() + codec.encode(self.states[ref])
            for ref in sorted(self.states)
        ]
        return sha256(b"".join(packed)).hexdigest()


def schedule(field: Field, chance: Chance) -> list[Sent]:
    """Draw what both send in the seconds around the attack."""
    (first, second), (guard, other) = field.raiders, field.guards
    home, bob, ann = field.home, "bob", "ann"
    target = {"kind": "colony", "id": home}
    away = {"x": 5_000, "y": 5_000}
    options: list[tuple[str, str, dict[str, Any]]] = [
        (ann, "fleets.attack", {"fleet": second, "target": target}),
        (ann, "fleets.attack", {"fleet": second, "target": target, "queue": True}),
        (ann, "combat.retreat", {"fleet": first}),
        (ann, "combat.retreat", {"fleet": second}),
        (ann, "combat.reinforce", {"fleet": second}),
        (ann, "combat.formation", {"fleet": first, "formation": "assault"}),
        (ann, "fleets.move", {"fleet": second, "to": away}),
        (bob, "fleets.defend", {"fleet": guard, "colony": home}),
        (bob, "fleets.defend", {"fleet": other, "colony": home}),
        (bob, "fleets.move", {"fleet": guard, "to": away}),
        (bob, "combat.focus", {"fleet": home, "target": first}),
        (bob, "combat.retreat", {"fleet": guard}),
        (bob, "colonies.build", {"colony": home, "building": "mine"}),
        (bob, "colonies.build", {"colony": home, "building": "power_plant"}),
        (bob, "colonies.sync", {"colony": home, "predicted": {"minerals": 100}}),
        (bob, "colonies.rename", {"colony": home, "name": "Keep"}),
        (bob, "fleets.launch", {"colony": home, "ships": {"cruiser": 1}}),
    ]
    sent = [
        Sent(chance.below(14_000), *options[chance.below(len(options))])
        for _ in range(SENT)
    ]
    build = {"colony": home, "building": "mine"}
    opening = [
        Sent(1, bob, "colonies.build", build),
        Sent(5_001, ann, "fleets.attack", {"fleet": first, "target": target}),
    ]
    return sorted([*opening, *sent], key=lambda one: one.at_ms)


Work = Callable[[Field, Chance], None]


def _at_once(field: Field, _chance: Chance) -> None:
    field.settle()


def _never(_field: Field, _chance: Chance) -> None:
    pass


def _anyhow(field: Field, chance: Chance) -> None:
    """Let workers take some of what is due, whichever comes to hand."""
    for _ in range(chance.below(4)):
        due = field.due()
        if due:
            field.settle(due[chance.below(len(due))])


def play(number: int, work: Work, chance: Chance) -> Field:
    """Play a schedule: time passes, players send, workers work or don't."""
    field = Field()
    if work is _anyhow:
        field.dies = lambda: chance.below(4) == 0
    for sent in schedule(field, Chance("schedule", number)):
        while field.now_ms < field.started_ms + sent.at_ms:
            left_ms = field.started_ms + sent.at_ms - field.now_ms
            field.wait(min(left_ms, 1 + chance.below(1_500)))
            work(field, chance)
        send(field, sent)
    field.wait(OCCUPATION_MS)
    while field.due():
        work(field, chance)
        if work is _never:
            field.settle()
    return field


def send(field: Field, sent: Sent) -> None:
    """Send a command; what names a battle names the one that the colony shows."""
    battle = {}
    if sent.name.startswith("combat."):
        battle = {"battle": field.read(field.home).battle or "none"}
    with suppress(Rejected):
        field.order(sent.name, player=sent.player, **sent.data, **battle)


@pytest.mark.parametrize("part", range(PARTS))
def test_any_order_of_work_leaves_the_same_states(part: int) -> None:
    each = SCHEDULES // PARTS
    for number in range(part * each, (part + 1) * each):
        hashes = {
            play(number, work, Chance("work", number, name)).state_hash()
            for name, work in (("prompt", _at_once), ("idle", _never), ("any", _anyhow))
        }
        assert len(hashes) == 1, number


def test_schedules_bring_battles_sieges_and_buildings() -> None:
    happened: dict[str, int] = {}
    for number in range(40):
        for _ref, event in play(number, _at_once, Chance("w", number)).journal:
            name = type(event).__name__
            happened[name] = happened.get(name, 0) + 1
    for name in (
        "BattleEnded",
        "SiegeEnded",
        "ConstructionCompleted",
        "ForceJoined",
        "FleetStationed",
        "Occupied",
        "OrderGiven",
        "PlunderTaken",
    ):
        assert happened.get(name, 0) > 3, name
