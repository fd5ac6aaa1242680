"""Draw what simulated players tell their fleets: journeys, battles, nonsense."""

from collections.abc import Callable
from typing import Any, NamedTuple

from app.core.chance import Chance

DRAWS = (
    *["fleets.launch"] * 4,
    *["fleets.move"] * 7,
    *["fleets.attack"] * 8,
    *["fleets.return"] * 2,
    *["fleets.defend"] * 2,
    *["fleets.transport"] * 2,
    "fleets.stop",
    "fleets.clear",
    "fleets.split",
    "fleets.merge",
    "fleets.patrol",
    "fleets.blockade",
    "fleets.colonise",
    "fleets.salvage",
    "combat.reinforce",
)
"""Wire names, each as often as it is drawn."""
ORDERS = ("combat.retreat", "combat.focus", "combat.formation")
"""What may be said to a force in battle, also to one that fights pirates."""
IN_BATTLE = (*ORDERS, "fleets.attack")
"""What is drawn while a battle is news."""
NOWHERE = "nowhere"
REMEMBERED_MAX = 6
"""Fleets and battles that draws are made from: the newest."""
JITTER = 30
"""How far from the point that they are sent to fleets go, in units."""
FLAGSHIPS = ("frigate", "frigate", "scout", "freighter", "colony_ship")
ESCORT_MAX = 8
FORMATIONS = ("line", "assault", "defensive")

Data = dict[str, Any]


class Place(NamedTuple):
    """Hold a point of the galaxy, in whole units."""

    x: int
    y: int


class Navy:
    """Hold what one player's client knows of fleets, its own and others'."""

    def __init__(self, chance: Chance) -> None:
        self.fleets: list[str] = []
        self.battles: list[str] = []
        self.home = Place(0, 0)
        self.colony = NOWHERE
        self._seat: Data = {}
        self._has_news = False
        self._chance = chance
        self._draws: dict[str, Callable[[Navy], Data]] = {
            "fleets.launch": lambda _other: {"ships": self._ships()},
            "fleets.move": self._move,
            "fleets.attack": lambda other: {"target": self._target(other)},
            "fleets.return": lambda _other: {},
            "fleets.stop": lambda _other: {},
            "fleets.clear": lambda _other: {},
            "fleets.split": lambda _other: {"ships": self._ships()},
            "fleets.merge": lambda _other: {"into": self._own()},
            "fleets.defend": lambda _other: {"colony": self.colony},
            "fleets.blockade": lambda other: {"colony": other.colony},
            "fleets.patrol": lambda other: {
                "points": [self._point(self.home), self._point(self._midway(other))]
            },
            "fleets.transport": self._transport,
            "fleets.colonise": lambda other: {"planet": other.colony},
            "fleets.salvage": lambda _other: {"debris": self._battle()},
            "combat.reinforce": lambda _other: {"battle": self._battle()},
            "combat.retreat": lambda _other: {"battle": self._battle()},
            "combat.focus": lambda other: {
                "battle": self._battle(),
                "target": self._newest(other.fleets),
            },
            "combat.formation": lambda _other: {
                "battle": self._battle(),
                "formation": FORMATIONS[self._chance.below(3)],
            },
        }

    def choose(self) -> str:
        """Draw the wire name of a command."""
        if not self.fleets:
            return "fleets.launch"
        if self._has_news:
            self._has_news = self._chance.below(3) > 0
            return IN_BATTLE[self._chance.below(len(IN_BATTLE))]
        return DRAWS[self._chance.below(len(DRAWS))]

    def draw(self, name: str, other: "Navy") -> Data:
        """Draw the data of a command, aimed at another player where it needs an aim."""
        data = self._draws[name](other)
        if name == "fleets.launch":
            return {"colony": self.colony, **data}
        data = {"fleet": self._own(other), **data}
        if name in ORDERS and self._seat and not self._chance.below(3):
            data |= self._seat
        return data

    def hear(self, result: Data) -> None:
        """Remember fleets and battles that a reply told of."""
        for name in ("fleet", "new"):
            if name in result and result[name] not in self.fleets:
                self.fleets.append(result[name])
        if "force" in result:
            self._seat = {"battle": result["battle"], "fleet": result["force"]}
        if result.get("battle"):
            self.battles.append(result["battle"])
            self._has_news = True

    def _own(self, other: "Navy | None" = None) -> str:
        """Draw an own fleet, now and then somebody else's."""
        if other is not None and not self._chance.below(20):
            return self._newest(other.fleets)
        return self._newest(self.fleets)

    def _battle(self) -> str:
        return self._newest(self.battles)

    def _newest(self, names: list[str]) -> str:
        known = names[-REMEMBERED_MAX:] or [NOWHERE]
        return known[self._chance.below(len(known))]

    def _ships(self) -> dict[str, int]:
        lead = FLAGSHIPS[self._chance.below(len(FLAGSHIPS))]
        escort = 1 + self._chance.below(ESCORT_MAX)
        return {lead: 1 + self._chance.below(2), "fighter": escort}

    def _move(self, other: "Navy") -> Data:
        aims = (self._midway(other), self._midway(other), other.home, self.home)
        to = self._point(aims[self._chance.below(len(aims))])
        return {"to": to, "queue": not self._chance.below(4)}

    def _midway(self, other: "Navy") -> Place:
        return Place(
            (self.home.x + other.home.x) // 2, (self.home.y + other.home.y) // 2
        )

    def _point(self, place: Place) -> dict[str, int]:
        right, down = self._chance.below(JITTER), self._chance.below(JITTER)
        return {"x": place.x + right, "y": place.y + down}

    def _target(self, other: "Navy") -> dict[str, str]:
        if self._chance.below(3):
            return {"kind": "fleet", "id": self._newest(other.fleets)}
        return {"kind": "colony", "id": other.colony}

    def _transport(self, _other: "Navy") -> Data:
        cargo = {"minerals": 1 + self._chance.below(200)}
        return {"from": self.colony, "to": self.colony, "cargo": cargo}
