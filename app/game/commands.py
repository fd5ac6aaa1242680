"""Say which rule decides each command, in a galaxy."""

from collections.abc import Mapping
from functools import partial

from app.core.decider import Rule
from app.core.message import Command
from app.game.alliances import rules as alliances
from app.game.colonies.rules.build import Build, build
from app.game.colonies.rules.cancel import CancelOrder, cancel
from app.game.colonies.rules.complete import CompleteOrder, complete
from app.game.colonies.rules.demolish import Demolish, demolish
from app.game.colonies.rules.join import JoinGalaxy, join
from app.game.colonies.rules.join import loads as join_loads
from app.game.colonies.rules.minding import minding
from app.game.colonies.rules.own import loads as own_loads
from app.game.colonies.rules.rename import RenameColony, rename
from app.game.colonies.rules.sync import SyncStock, sync
from app.game.colonies.rules.train import Train, train
from app.game.fleets.model.leaving import ReleaseUpkeep
from app.game.fleets.model.state import Fleet, Order
from app.game.fleets.rules.arrive import Attacks, arrive, arrive_loads
from app.game.fleets.rules.colonise import Colonise, colonise, colonise_loads
from app.game.fleets.rules.command import loads as fleet_loads
from app.game.fleets.rules.crossing import cross, cross_loads
from app.game.fleets.rules.departure import Arrive, CrossBorder
from app.game.fleets.rules.land import Return, bring_home, return_loads
from app.game.fleets.rules.launch import Launch, launch, launch_loads
from app.game.fleets.rules.merge import MergeFleets, merge, merge_loads
from app.game.fleets.rules.move import Move, StopFleet, move, stop
from app.game.fleets.rules.orders import ClearOrders, TakeOrder, clear, take, take_loads
from app.game.fleets.rules.patrol import Patrol, patrol
from app.game.fleets.rules.posts import Blockade, Defend, blockade, defend, post_loads
from app.game.fleets.rules.rename import RenameFleet
from app.game.fleets.rules.rename import rename as rename_fleet
from app.game.fleets.rules.split import SplitFleet, split, split_loads
from app.game.fleets.rules.transport import Transport, transport, transport_loads
from app.game.fleets.rules.upkeep import release, release_loads
from app.game.galaxy.model.map import Galaxy
from app.game.research import rules as research

Rules = Mapping[type[Command], Rule]


def rules(galaxy: Galaxy) -> Rules:
    """Say which rule decides each command of the game."""
    return {
        **_empires(galaxy),
        **_research(),
        **_fleets(galaxy, _stand_down),
        **_alliances(),
    }


def _empires(galaxy: Galaxy) -> Rules:
    return {
        JoinGalaxy: Rule(join_loads, partial(join, galaxy)),
        Build: Rule(own_loads, minding(build)),
        Train: Rule(own_loads, minding(train)),
        CancelOrder: Rule(own_loads, minding(cancel)),
        CompleteOrder: Rule(own_loads, complete),
        Demolish: Rule(own_loads, minding(demolish)),
        SyncStock: Rule(own_loads, minding(sync)),
        RenameColony: Rule(own_loads, minding(rename)),
    }


def _research() -> Rules:
    return {
        research.StartResearch: Rule(research.start_loads, minding(research.start)),
        research.CancelResearch: Rule(research.loads, research.cancel),
        research.CompleteResearch: Rule(research.loads, research.complete),
        research.SpreadTechnology: Rule(research.spread_loads, research.spread),
    }


def _stand_down(fleet: Fleet, _order: Order, command_id: str) -> Command:
    """Let a fleet that was to attack do nothing else either."""
    return ClearOrders(id=command_id, player=fleet.player, fleet=fleet.id)


def _fleets(galaxy: Galaxy, attacks: Attacks) -> Rules:
    """Say what may happen with fleets; `attacks` makes the command of an attack."""
    return {
        Launch: Rule(launch_loads, minding(launch)),
        Move: Rule(fleet_loads, partial(move, galaxy)),
        StopFleet: Rule(fleet_loads, stop),
        ClearOrders: Rule(fleet_loads, clear),
        TakeOrder: Rule(take_loads, partial(take, galaxy)),
        SplitFleet: Rule(split_loads, split),
        MergeFleets: Rule(merge_loads, merge),
        Defend: Rule(post_loads, partial(defend, galaxy)),
        Blockade: Rule(post_loads, partial(blockade, galaxy)),
        Patrol: Rule(fleet_loads, partial(patrol, galaxy)),
        Transport: Rule(transport_loads, partial(transport, galaxy)),
        Colonise: Rule(colonise_loads, partial(colonise, galaxy)),
        Return: Rule(return_loads, partial(bring_home, galaxy)),
        RenameFleet: Rule(fleet_loads, rename_fleet),
        CrossBorder: Rule(cross_loads, cross),
        Arrive: Rule(arrive_loads, partial(arrive, galaxy, attacks)),
        ReleaseUpkeep: Rule(release_loads, release),
    }


def _alliances() -> Rules:
    return {
        alliances.FormAlliance: Rule(alliances.form_loads, alliances.form),
        alliances.JoinAlliance: Rule(alliances.join_loads, alliances.join),
        alliances.LeaveAlliance: Rule(alliances.leave_loads, alliances.leave),
    }
