"""Set a scene for bad orders: fleets seen and unseen, battles that go on and are over.

Two players on a cluster of two instances: `mine` gives the orders, on a device at each
instance; `theirs` has what must not be touched, or not even be known of.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from typing import Any

from app.core.message import Ref
from app.engine import keys
from app.engine.laws.audit import audit
from app.game import registry
from app.game.galaxy.model.map import SECTOR, SECTORS, SIDE, Galaxy
from app.realtime.limits import PER_PLAYER
from tests.load.benches.empires import GALAXY, engine_of
from tests.support.armament import arm, deploy
from tests.support.cluster import Cluster, wait_until
from tests.support.guest import Guest, on_another_instance
from workers.verify import checked

ABSENT = "0absent0absen"
BATTLE_S = 20.0
CLEAR = 8
"""Sectors around a place that nothing makes impassable or protects."""
UNITS = {"fighter": 400, "scout": 20, "frigate": 9, "colony_ship": 400, "freighter": 2}
Place = tuple[float, float]


class Outpost:
    """Hold the scene; what is of interest goes by name."""

    def __init__(self, cluster: Cluster) -> None:
        self.engine = engine_of(cluster)
        self.galaxy = self.engine.galaxy(GALAXY)
        self.map: Galaxy = registry.build_galaxy(
            self.engine.settings.galaxy_seed, self.engine.settings.planets
        )
        self.mine, self.theirs = (Guest(cluster.url).connect() for _ in range(2))
        self.other = on_another_instance(self.mine)
        self.devices = cycle((self.mine, self.other))
        for guest in (self.mine, self.theirs):
            arm(self.galaxy, guest.player, units=UNITS, ends_shield=True)
        self._places = self._clear_places()
        self.here, self.there = next(self._places), next(self._places)
        self.ids = self._meet() | self._hide()

    def fleet(self, whose: Guest, at: Place, **ships: int) -> str:
        """Put a fleet somewhere; its owner gets the ships."""
        arm(self.galaxy, whose.player, units=ships)
        return deploy(self.galaxy, whose.player, ships, at, colony=whose.colony)

    def state(self, kind: str, name: str) -> Any:
        """Give a state as it is now."""
        ref = Ref(kind, name)
        return self.galaxy.reads.states(ref)[1][ref]

    def mine_now(self) -> Any:
        """Give all that a refused order of mine could change."""
        player = self.state("player", self.mine.player)
        colony = self.mine.get(f"/colonies/{self.mine.colony}")
        kept = ("name", "units", "away", "buildings", "queue", "stationed")
        fleets = {name: self.state("fleet", name) for name in player.fleets}
        return player, fleets, {name: colony[name] for name in kept}

    def rest(self) -> None:
        """Let the minute pass whose commands are counted."""
        self.engine.bus.delete(
            *(
                keys.limit(f"{group}:{guest.player}")
                for group in PER_PLAYER
                for guest in (self.mine, self.theirs)
            )
        )

    def broken(self) -> dict[str, Any]:
        """Give the laws that don't hold, with what is wrong."""
        findings = audit(checked(self.engine, GALAXY), Counter())
        return {one.law: one.wrong for one in findings if one.wrong}

    def point(self, sectors: Any) -> dict[str, float]:
        """Give the middle of the sector nearest to where mine stands."""
        named = (tuple(map(int, one.split(":"))) for one in sectors)
        x, y = min(
            named, key=lambda at: abs(at[0] * SECTOR - self.here[0]) + abs(at[1])
        )
        return {"x": x * SECTOR + 50, "y": y * SECTOR + 50}

    def _clear_places(self) -> Iterator[Place]:
        """Find places where fleets can fly and fight, far from homes and one another.

        The colonies of both may lie anywhere; their sensors don't reach these.
        """
        closed = {*self.map.hazards, *self.map.protected}
        homes = [
            (colony.x_milli // 1_000, colony.y_milli // 1_000)
            for colony in (
                self.state("colony", guest.colony) for guest in (self.mine, self.theirs)
            )
        ]
        for row in range(CLEAR, SECTORS - CLEAR, 2 * CLEAR):
            for column in range(CLEAR, SECTORS - CLEAR, 2 * CLEAR):
                around = {
                    f"{x}:{y}"
                    for x in range(column - 2, column + 3)
                    for y in range(row - 2, row + 3)
                }
                at = (column * SECTOR + 50.0, row * SECTOR + 50.0)
                is_far = all(
                    max(abs(at[0] - x), abs(at[1] - y)) > SIDE // 10 for x, y in homes
                )
                if is_far and around.isdisjoint(closed):
                    yield at

    def _meet(self) -> dict[str, str]:
        """Bring fleets of both together, some of which fight for long."""
        mine, theirs, (x, y) = self.mine, self.theirs, self.here
        ids = {
            "fighters": self.fleet(mine, (x, y), fighter=6, scout=2, freighter=1),
            "scout": self.fleet(mine, (x + 5, y), scout=1),
            "seen": self.fleet(theirs, (x + 40, y), fighter=5),
            "far": self.fleet(theirs, (x + 300, y), scout=2),
            "fighting": self.fleet(mine, (x, y + 90), frigate=1),
            "prey": self.fleet(theirs, (x, y + 210), colony_ship=190),
        }
        target = {"kind": "fleet", "id": ids["prey"]}
        fought = mine.do("fleets.attack", fleet=ids["fighting"], target=target)
        return ids | {"battle": fought["battle"]}

    def _hide(self) -> dict[str, str]:
        """Let a fleet of mine end far away, and another battle go on there."""
        mine, theirs, (x, y) = self.mine, self.theirs, self.there
        dead = self.fleet(mine, (x, y), scout=1)
        hunters = self.fleet(theirs, (x + 60, y), fighter=60)
        finished = theirs.do(
            "fleets.attack", fleet=hunters, target={"kind": "fleet", "id": dead}
        )["battle"]
        wait_until(lambda: self.state("battle", finished).is_over, BATTLE_S)
        debris = self.state("battle", finished).debris
        wait_until(lambda: self.state("debris", debris) is not None, BATTLE_S)
        third = Guest(theirs.url)
        arm(self.galaxy, third.player, units={"scout": 1}, ends_shield=True)
        prey = self.fleet(third, (x + 120, y + 60), colony_ship=190)
        hunter = self.fleet(theirs, (x, y + 60), frigate=1)
        hidden = theirs.do(
            "fleets.attack", fleet=hunter, target={"kind": "fleet", "id": prey}
        )["battle"]
        return {
            "dead": dead,
            "finished": finished,
            "debris": debris,
            "hidden": hunters,
            "hidden_battle": hidden,
            "hidden_fighting": hunter,
        }
