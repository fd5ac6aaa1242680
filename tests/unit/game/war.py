"""Bring fleets together in memory, wherever they came from."""

from typing import Any

from app.core.message import Ref
from app.core.units import to_milli
from app.game.combat.model.debris import Debris
from app.game.combat.model.state import Battle
from app.game.galaxy.model.map import SIDE_MILLI, sector_at
from tests.unit.game.armada import GALAXY, Armada

MINUTE_MS = 60_000
__all__ = ["GALAXY", "MINUTE_MS", "War"]


class War(Armada):
    """Hold a world with two empires, `ann` and `bob`, whose shields are down."""

    def __init__(self) -> None:
        super().__init__()
        self.homes = {name: self.empire(name) for name in ("ann", "bob")}

    def empire(self, player: str) -> str:
        """Found an empire without a shield; give its colony."""
        colony = self.join(player)
        self.set("player", player, shield_until_ms=0)
        return colony

    def put(self, fleet: str, x_milli: int, y_milli: int) -> None:
        """Put a fleet somewhere, past all rules."""
        sector = sector_at(x_milli, y_milli)
        self.set("fleet", fleet, x_milli=x_milli, y_milli=y_milli, sector=sector)

    def at_colony(
        self, player: str, colony: str, units_off: int = 30, **ships: int
    ) -> str:
        """Give a player's fleet that stands some units beside a colony."""
        fleet = self.launch(player, **ships)
        there = self.colony(colony)
        is_upper = there.y_milli < SIDE_MILLI // 2
        off_milli = to_milli(units_off if is_upper else -units_off)
        self.put(fleet, there.x_milli, there.y_milli + off_milli)
        return fleet

    def meet(
        self, ann: dict[str, int], bob: dict[str, int], units_off: int = 30
    ) -> tuple[str, str]:
        """Give a fleet of each player, near one another beside ann's colony."""
        home = self.homes["ann"]
        one = self.at_colony("ann", home, **ann)
        return one, self.at_colony("bob", home, units_off + 30, **bob)

    def attack(
        self, fleet: str, target: str, kind: str = "fleet", *, player: str = "ann"
    ) -> dict[str, Any]:
        """Attack, and let follow what follows at once; give the result of the ack."""
        answer = self.order(
            "fleets.attack",
            player=player,
            fleet=fleet,
            target={"kind": kind, "id": target},
        )
        self.wait(0)
        return answer

    def ally(self, *players: str) -> None:
        """Put players into one alliance, past all rules."""
        for player in players:
            self.set("player", player, alliance="league")

    def battle(self, name: str) -> Battle:
        """Give a battle's state."""
        found: Battle = self.states[Ref("battle", name)]
        return found

    def debris(self, battle: str) -> Debris:
        """Give what a battle left behind."""
        found: Debris = self.states[Ref("debris", self.battle(battle).debris)]
        return found

    def fight_out(self, name: str) -> Battle:
        """Let a battle go on to its end, and a moment longer."""
        for _second in range(601):
            if self.battle(name).is_over:
                break
            self.wait(1_000)
        return self.battle(name)
