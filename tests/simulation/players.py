"""Draw what simulated players do: sensible orders, nonsense, repeats, all mixed."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.core.chance import Chance
from app.core.message import Command
from app.core.units import MILLI
from app.game import registry
from app.game.chat.model import direct
from app.game.colonies.model.buildings import BUILDINGS
from app.game.colonies.model.units import UNITS, Unit
from app.game.colonies.rules.join import JoinGalaxy
from app.game.galaxy.model.map import Galaxy
from app.game.research.model import TECHNOLOGIES
from tests.simulation.navy import Navy, Place
from tests.support.armament import Arm

OPENING = ("power_plant", "mine", "research_lab", "shipyard")
"""What every player orders first, so that the rest of the game opens up."""
KINDS_OF_DRAWS = (
    *["colonies.build"] * 9,
    *["colonies.train"] * 4,
    *["research.start"] * 4,
    *["colonies.cancel"] * 4,
    *["colonies.sync"] * 2,
    "colonies.demolish",
    "colonies.rename",
    "research.cancel",
    *["skirmish:begin"] * 2,
)
"""Wire names, each as often as it is drawn."""
TALK = ("chat.open", *["chat.say"] * 6, "chat.leave")
TALK_PERCENT = 12
"""How many draws are talk."""
GHOST = "nobody"
"""A name that was found although no empire is behind it."""
CHANNELS_KNOWN = 3
FLEETS_PERCENT = 60
"""How many draws concern fleets, once there are ships."""
ARMS = {"fighter": 60, "scout": 6, "frigate": 12, "freighter": 4, "colony_ship": 2}
GOODS = {"energy": 4_000, "minerals": 4_000, "rare_elements": 500}
LORE = {"propulsion": 3, "hydroponics": 2, "colonisation": 1}
SENSIBLE_PERCENT = 80
"""How many draws ask for something whose requirements are met, as far as known."""


class Player:
    """Hold what one player's client knows."""

    def __init__(self, name: str, chance: Chance, galaxy: Galaxy) -> None:
        self.name = name
        self.navy = Navy(chance)
        self._galaxy = galaxy
        self._is_armed = False
        self.colony = ""
        self.orders: list[str] = ["none"]
        self.levels: dict[str, int] = {}
        self.channels: list[str] = [direct("p0", "p1")]
        self._chance = chance
        self._count = 0

    def join(self) -> Command:
        """Ask for an empire."""
        return JoinGalaxy(id=self._id(), player=self.name, username=self.name)

    def act(self, others: list["Player"]) -> Command:
        """Draw a command, mostly on the own colony."""
        if self.colony and not self._is_armed:
            self._is_armed = True
            return self._arm()
        target = self if self._chance.below(12) else self._pick(others)
        name, data = self._draw(target)
        if self.colony and len(self.levels) < len(OPENING):
            opening = {"colony": self.colony, "building": OPENING[len(self.levels)]}
            name, data = "colonies.build", opening
        if self.colony and self._chance.below(100) < FLEETS_PERCENT:
            name = self.navy.choose()
            other = next(one for one in others if one is not self)
            data = self.navy.draw(name, other.navy)
        if self.colony and self._chance.below(100) < TALK_PERCENT:
            is_new = len(self.channels) == 1 and self._chance.below(3)
            name = "chat.open" if is_new else str(self._pick(TALK))
            data = self._talk(name, others)
        return registry.translate(
            name, data, player=self.name, command_id=self._id(), find=_called
        )

    def hear(self, command: Command, result: dict[str, Any]) -> None:
        """Remember what a reply told."""
        if isinstance(command, JoinGalaxy):
            self._settle(result["colony"])
        elif "building" in result and "level" in result:
            self.levels[result["building"]] = result["level"]
        elif "technology" in result and "level" in result:
            self.levels[result["technology"]] = result["level"]
        if "order" in result and "colony" in result:
            self.orders.append(result["order"])
        if "channel" in result:
            self.channels.append(result["channel"])
        self.navy.hear(result)

    def _settle(self, colony: str) -> None:
        planet = self._galaxy.planets[colony]
        self.colony = self.navy.colony = colony
        self.navy.home = Place(planet.x_milli // MILLI, planet.y_milli // MILLI)

    def _arm(self) -> Command:
        """Ask for ships, and for an end of the shield that new empires have."""
        return Arm(
            id=self._id(),
            player=self.name,
            colony="",
            units=ARMS,
            buildings={},
            resources=GOODS,
            technologies=LORE,
            ends_shield=True,
        )

    def _id(self) -> str:
        self._count += 1
        return f"{self.name}/{self._count}"

    def _draw(self, target: "Player") -> tuple[str, dict[str, Any]]:
        name = self._pick(KINDS_OF_DRAWS)
        return name, {} if name == "skirmish:begin" else self._data(name, target)

    def _data(self, name: str, target: "Player") -> dict[str, Any]:
        own: dict[str, Any] = {"colony": target.colony or "nowhere"}
        match name:
            case "colonies.build" | "colonies.demolish":
                own["building"] = self._open(BUILDINGS)
            case "colonies.train":
                own |= {"unit": self._open(UNITS), "count": 1 + self._chance.below(4)}
            case "research.start":
                own["technology"] = self._open(TECHNOLOGIES)
            case "research.cancel":
                own = {"technology": self._pick(list(TECHNOLOGIES))}
            case "colonies.cancel":
                own["order"] = self._pick(target.orders[-3:])
            case "colonies.sync":
                own["predicted"] = {"minerals": self._chance.below(5_000)}
            case "colonies.rename":
                own["name"] = f"Home {self._count}"
        return own

    def _talk(self, name: str, others: list["Player"]) -> dict[str, Any]:
        """Draw talk, now and then in a channel that was left or is another's."""
        if name == "chat.open":
            ghosts = [GHOST] * self._chance.below(2)
            return {"players": [*(one.name for one in others), *ghosts]}
        channels = self.channels[-CHANNELS_KNOWN:] + others[0].channels[-1:]
        said = {"text": f"{self.name} {self._count}"} if name == "chat.say" else {}
        return {"channel": self._pick(channels), **said}

    def _open(self, table: Mapping[str, Any]) -> str:
        """Draw a name, mostly one whose requirements are met."""
        open_now = [name for name, row in table.items() if self._meets(row)]
        if open_now and self._chance.below(100) < SENSIBLE_PERCENT:
            return str(self._pick(open_now))
        return str(self._pick(list(table)))

    def _meets(self, row: Any) -> bool:
        if isinstance(row, Unit):
            return self.levels.get("shipyard", 0) >= row.shipyard
        needed = {**row.buildings, **row.technologies}
        return all(self.levels.get(name, 0) >= level for name, level in needed.items())

    def _pick(self, options: list[Any]) -> Any:
        return options[self._chance.below(len(options))]


def _called(names: Sequence[str]) -> dict[str, str]:
    return {name: name for name in names}
