"""List what clients are shown, by name: views, rooms, broadcasts, numbers of the rules.

`make protocol` writes their types for the client, and tests hold what is shown to them.
"""

from collections.abc import Mapping
from typing import Annotated, TypedDict

from app.core.shapes import each_of
from app.game.arenas import views as arenas
from app.game.chat import views as chat
from app.game.colonies.model.stock import RESOURCES, Resource
from app.game.colonies.views import shapes as colonies
from app.game.combat.model import shapes as battles
from app.game.combat.views import shapes as combat
from app.game.fleets.model import shapes as fleets
from app.game.galaxy import views as galaxy
from app.game.players import views as players
from app.game.research import views as research
from app.game.rooms import (
    BattleRoom,
    ChatRoom,
    FoggedRoom,
    GalaxyRoom,
    PlayerRoom,
    SectorRoom,
)


class StartRules(TypedDict):
    """What an empire begins with."""

    resources: Annotated[Mapping[Resource, int], each_of(RESOURCES)]
    credits: float
    shield_ms: int


class Rules(TypedDict):
    """Every number that players plan with: `GET /rules`."""

    galaxy: galaxy.GalaxyRules
    colonies: colonies.ColonyRules
    fleets: fleets.FleetRules
    combat: combat.CombatRules
    arenas: arenas.ArenaRules
    research: research.ResearchRules
    start: StartRules


ROOMS: dict[str, type] = {
    "player:<id>": PlayerRoom,
    "sector:<x>:<y>:full": SectorRoom,
    "sector:<x>:<y>": FoggedRoom,
    "battle:<id>": BattleRoom,
    "chat:<id>": ChatRoom,
    "galaxy": GalaxyRoom,
}
"""Room -> what its snapshot shows."""

HEARD: dict[str, tuple[type, ...]] = {
    "player:<id>": (
        players.PlayerTold,
        research.ResearchTold,
        colonies.ColonyTold,
        fleets.FleetTold,
        combat.BattleSeen,
    ),
    "sector:<x>:<y>:full": (
        colonies.ColonySeen,
        fleets.FleetSeen,
        combat.BattleSeen,
        combat.DebrisSeen,
    ),
    "sector:<x>:<y>": (colonies.ColonySpotted,),
    "battle:<id>": (combat.BattleTold, arenas.ArenaTold, combat.ArenaFinished),
    "chat:<id>": (chat.MessageTold, chat.ChannelTold),
    "galaxy": (arenas.ArenaCalled, arenas.ArenaUnfought, combat.ArenaFinished),
}
"""Room -> what its broadcasts say beside `seq` and `at_ms`."""

VIEWS: tuple[type, ...] = (
    chat.ListedChannel,
    battles.Exchange,
    battles.SimulationView,
    combat.ReportView,
    combat.ReplayView,
    galaxy.Perils,
    galaxy.PlanetView,
    galaxy.WeatherView,
    Rules,
)
"""What else is shown: acks, `GET` routes."""


def shown() -> list[type]:
    """List every view, room and broadcast."""
    heard = [one for types in HEARD.values() for one in types]
    return [*ROOMS.values(), *heard, *VIEWS]
