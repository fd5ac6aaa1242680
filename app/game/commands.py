"""Say which rule decides each command, in a galaxy."""

from collections.abc import Mapping
from functools import partial

from app.core.decider import Outcome, Rule, States
from app.core.message import Command
from app.game.alliances import rules as alliances
from app.game.arenas import rules as arenas
from app.game.chat import rules as chat
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
from app.game.combat.rules import attack as attacks
from app.game.combat.rules import orders as combat_orders
from app.game.combat.rules import reinforce as reinforcements
from app.game.combat.rules import siege
from app.game.combat.rules import wreck as wrecks
from app.game.combat.rules.attack import Theatre
from app.game.combat.rules.leave import LeaveBattle, leave, leave_loads
from app.game.combat.rules.salvage import Salvage, salvage, salvage_loads
from app.game.combat.rules.step import FightStep, opened, step, step_loads, step_reaches
from app.game.fleets.model.leaving import ReleaseUpkeep
from app.game.fleets.model.state import Fleet, Order
from app.game.fleets.rules.arrive import Calls, arrive, arrive_loads, arrive_reaches
from app.game.fleets.rules.colonise import Colonise, colonise, colonise_loads
from app.game.fleets.rules.command import Moment
from app.game.fleets.rules.command import loads as fleet_loads
from app.game.fleets.rules.crossing import cross, cross_loads
from app.game.fleets.rules.departure import Arrive, CrossBorder
from app.game.fleets.rules.land import Return, bring_home, return_loads
from app.game.fleets.rules.launch import Launch, launch, launch_loads
from app.game.fleets.rules.merge import MergeFleets, merge, merge_loads
from app.game.fleets.rules.move import Move, StopFleet, move, stop
from app.game.fleets.rules.orders import (
    ClearOrders,
    TakeOrder,
    clear,
    queued,
    take,
    take_loads,
    take_reaches,
)
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


COMBAT = "combat"
"""The queue of battles' steps: they are heavy, and hold up nothing else."""


def rules(galaxy: Galaxy, secret: str) -> Rules:
    """Say which rule decides each command; `secret` makes the seeds of battles."""
    return {
        **_empires(galaxy),
        **_research(),
        **_fleets(galaxy),
        **_combat(galaxy, secret),
        **_arenas(secret),
        **_alliances(),
        **_chat(),
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


def _fleets(galaxy: Galaxy) -> Rules:
    calls = Calls(attacks.on_arrival, reinforcements.on_arrival)
    return {
        Launch: Rule(launch_loads, minding(launch)),
        Move: Rule(fleet_loads, partial(move, galaxy)),
        StopFleet: Rule(fleet_loads, stop),
        ClearOrders: Rule(fleet_loads, clear),
        TakeOrder: Rule(take_loads, partial(take, galaxy), reaches=take_reaches),
        SplitFleet: Rule(split_loads, split),
        MergeFleets: Rule(merge_loads, partial(merge, galaxy)),
        Defend: Rule(post_loads, partial(defend, galaxy)),
        Blockade: Rule(post_loads, partial(blockade, galaxy)),
        Patrol: Rule(fleet_loads, partial(patrol, galaxy)),
        Transport: Rule(transport_loads, partial(transport, galaxy)),
        Colonise: Rule(colonise_loads, partial(colonise, galaxy)),
        Return: Rule(return_loads, partial(bring_home, galaxy)),
        RenameFleet: Rule(fleet_loads, rename_fleet),
        CrossBorder: Rule(cross_loads, cross),
        Arrive: Rule(
            arrive_loads, partial(arrive, galaxy, calls), reaches=arrive_reaches
        ),
        ReleaseUpkeep: Rule(release_loads, release),
    }


def _combat(galaxy: Galaxy, secret: str) -> Rules:
    def queue(
        fleet: Fleet, order: Order, states: States, at_ms: int, command_id: str
    ) -> Outcome:
        return queued(fleet, order, Moment(galaxy, states, at_ms, command_id))

    theatre = Theatre(galaxy, secret, queue)
    return {
        attacks.Attack: Rule(attacks.attack_loads, partial(attacks.attack, theatre)),
        attacks.AttackAtOnce: Rule(
            attacks.at_once_loads, partial(attacks.attack_at_once, theatre)
        ),
        reinforcements.Reinforce: Rule(
            reinforcements.reinforce_loads, reinforcements.reinforce
        ),
        reinforcements.JoinDefense: Rule(
            reinforcements.defense_loads, reinforcements.join_defense
        ),
        combat_orders.Focus: Rule(combat_orders.order_loads, combat_orders.focus),
        combat_orders.Retreat: Rule(combat_orders.order_loads, combat_orders.retreat),
        combat_orders.TakeFormation: Rule(
            combat_orders.order_loads, combat_orders.formation
        ),
        FightStep: Rule(step_loads, step, reaches=step_reaches, queue=COMBAT),
        LeaveBattle: Rule(leave_loads, leave),
        siege.EndSiege: Rule(siege.siege_loads, siege.end_siege),
        siege.EndOccupation: Rule(siege.occupation_loads, siege.end_occupation),
        wrecks.LeaveDebris: Rule(wrecks.wreck_loads, wrecks.wreck),
        wrecks.DriftApart: Rule(wrecks.drift_loads, wrecks.drift),
        Salvage: Rule(salvage_loads, partial(salvage, galaxy)),
    }


def _arenas(secret: str) -> Rules:
    return {
        arenas.BeginArena: Rule(arenas.begin_loads, arenas.begin),
        arenas.JoinArena: Rule(arenas.join_loads, arenas.join),
        arenas.BeginSkirmish: Rule(
            arenas.skirmish_loads, partial(arenas.begin_skirmish, secret, opened)
        ),
        arenas.StartArena: Rule(
            arenas.start_loads, partial(arenas.start, secret, opened), queue=COMBAT
        ),
    }


def _alliances() -> Rules:
    return {
        alliances.FormAlliance: Rule(alliances.form_loads, alliances.form),
        alliances.JoinAlliance: Rule(alliances.join_loads, alliances.join),
        alliances.LeaveAlliance: Rule(alliances.leave_loads, alliances.leave),
    }


def _chat() -> Rules:
    return {
        chat.OpenChannel: Rule(chat.open_loads, chat.open_channel),
        chat.EnterChannel: Rule(chat.loads, chat.enter),
        chat.Say: Rule(chat.say_loads, chat.say),
        chat.LeaveChannel: Rule(chat.loads, chat.leave),
    }
