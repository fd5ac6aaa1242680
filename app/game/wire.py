"""Turn wire messages into commands, by one table for Socket.IO and HTTP alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from marshmallow import Schema, ValidationError

from app.core.checks import Load, loader
from app.core.message import Command, Rejected
from app.game.arenas import schema as arenas
from app.game.arenas.rules import BeginArena, BeginSkirmish, JoinArena
from app.game.chat import schema as chat
from app.game.chat.rules import LeaveChannel, OpenChannel, Say
from app.game.colonies import schema as colonies
from app.game.colonies.rules.build import Build
from app.game.colonies.rules.cancel import CancelOrder
from app.game.colonies.rules.demolish import Demolish
from app.game.colonies.rules.rename import RenameColony
from app.game.colonies.rules.sync import SyncStock
from app.game.colonies.rules.train import Train
from app.game.combat import schema as combat
from app.game.combat.rules.attack import Attack
from app.game.combat.rules.orders import Focus, Retreat, TakeFormation
from app.game.combat.rules.reinforce import Reinforce
from app.game.combat.rules.salvage import Salvage
from app.game.fleets import schema as fleets
from app.game.fleets.rules.colonise import Colonise
from app.game.fleets.rules.land import Return
from app.game.fleets.rules.launch import Launch
from app.game.fleets.rules.merge import MergeFleets
from app.game.fleets.rules.move import Move, StopFleet
from app.game.fleets.rules.orders import ClearOrders
from app.game.fleets.rules.patrol import Patrol
from app.game.fleets.rules.posts import Blockade, Defend
from app.game.fleets.rules.rename import RenameFleet
from app.game.fleets.rules.split import SplitFleet
from app.game.fleets.rules.transport import Transport
from app.game.research import rules as research_rules
from app.game.research import schema as research

FIELDS_MAX = 20
FIELD_CHARACTERS_MAX = 64
"""How much of a bad message's own words its refusal repeats."""


Find = Callable[[Sequence[str]], Mapping[str, str]]
"""Usernames -> those of the players so called, by their ids; may refuse."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """Say how a wire message is checked, what it becomes, and whose limit it counts.

    `result` describes what the ack of an accepted command holds, `people` names the
    field with usernames.
    """

    schema: type[Schema]
    result: type[Schema]
    command: type[Command]
    limit: str
    people: str = ""


WIRE: Mapping[str, Wire] = {
    "colonies.build": Wire(
        schema=colonies.BuildSchema,
        result=colonies.BuildResult,
        command=Build,
        limit="build",
    ),
    "colonies.train": Wire(
        schema=colonies.TrainSchema,
        result=colonies.TrainResult,
        command=Train,
        limit="build",
    ),
    "colonies.cancel": Wire(
        schema=colonies.CancelSchema,
        result=colonies.CancelResult,
        command=CancelOrder,
        limit="build",
    ),
    "colonies.demolish": Wire(
        schema=colonies.DemolishSchema,
        result=colonies.DemolishResult,
        command=Demolish,
        limit="build",
    ),
    "colonies.sync": Wire(
        schema=colonies.SyncSchema,
        result=colonies.SyncResult,
        command=SyncStock,
        limit="all",
    ),
    "colonies.rename": Wire(
        schema=colonies.RenameSchema,
        result=colonies.RenameResult,
        command=RenameColony,
        limit="build",
    ),
    "research.start": Wire(
        schema=research.StartSchema,
        result=research.StartResult,
        command=research_rules.StartResearch,
        limit="build",
    ),
    "research.cancel": Wire(
        schema=research.CancelSchema,
        result=research.CancelResult,
        command=research_rules.CancelResearch,
        limit="build",
    ),
    "fleets.launch": Wire(
        schema=fleets.LaunchSchema,
        result=fleets.FleetResult,
        command=Launch,
        limit="all",
    ),
    "fleets.move": Wire(
        schema=fleets.MoveSchema,
        result=fleets.MoveResult,
        command=Move,
        limit="move",
    ),
    "fleets.stop": Wire(
        schema=fleets.FleetSchema,
        result=fleets.StopResult,
        command=StopFleet,
        limit="all",
    ),
    "fleets.clear": Wire(
        schema=fleets.FleetSchema,
        result=fleets.ClearResult,
        command=ClearOrders,
        limit="all",
    ),
    "fleets.split": Wire(
        schema=fleets.SplitSchema,
        result=fleets.SplitResult,
        command=SplitFleet,
        limit="all",
    ),
    "fleets.merge": Wire(
        schema=fleets.MergeSchema,
        result=fleets.MergeResult,
        command=MergeFleets,
        limit="all",
    ),
    "fleets.defend": Wire(
        schema=fleets.PostSchema,
        result=fleets.CourseResult,
        command=Defend,
        limit="move",
    ),
    "fleets.patrol": Wire(
        schema=fleets.PatrolSchema,
        result=fleets.CourseResult,
        command=Patrol,
        limit="move",
    ),
    "fleets.blockade": Wire(
        schema=fleets.PostSchema,
        result=fleets.CourseResult,
        command=Blockade,
        limit="move",
    ),
    "fleets.transport": Wire(
        schema=fleets.TransportSchema,
        result=fleets.CourseResult,
        command=Transport,
        limit="move",
    ),
    "fleets.colonise": Wire(
        schema=fleets.ColoniseSchema,
        result=fleets.CourseResult,
        command=Colonise,
        limit="move",
    ),
    "fleets.return": Wire(
        schema=fleets.ReturnSchema,
        result=fleets.CourseResult,
        command=Return,
        limit="move",
    ),
    "fleets.rename": Wire(
        schema=fleets.RenameSchema,
        result=fleets.RenameResult,
        command=RenameFleet,
        limit="all",
    ),
    "fleets.attack": Wire(
        schema=combat.AttackSchema,
        result=combat.AttackResult,
        command=Attack,
        limit="attack",
    ),
    "fleets.salvage": Wire(
        schema=combat.SalvageSchema,
        result=combat.SalvageResult,
        command=Salvage,
        limit="move",
    ),
    "combat.reinforce": Wire(
        schema=combat.ReinforceSchema,
        result=combat.ReinforceResult,
        command=Reinforce,
        limit="attack",
    ),
    "combat.focus": Wire(
        schema=combat.FocusSchema,
        result=combat.OrderResult,
        command=Focus,
        limit="attack",
    ),
    "combat.retreat": Wire(
        schema=combat.RetreatSchema,
        result=combat.OrderResult,
        command=Retreat,
        limit="attack",
    ),
    "combat.formation": Wire(
        schema=combat.FormationSchema,
        result=combat.OrderResult,
        command=TakeFormation,
        limit="attack",
    ),
    "battle:begin": Wire(
        schema=arenas.BeginSchema,
        result=arenas.BeginResult,
        command=BeginArena,
        limit="attack",
    ),
    "battle:join": Wire(
        schema=arenas.JoinSchema,
        result=arenas.JoinResult,
        command=JoinArena,
        limit="attack",
    ),
    "skirmish:begin": Wire(
        schema=arenas.SkirmishSchema,
        result=arenas.SkirmishResult,
        command=BeginSkirmish,
        limit="attack",
    ),
    "chat.open": Wire(
        schema=chat.OpenSchema,
        result=chat.OpenResult,
        command=OpenChannel,
        limit="chat",
        people="players",
    ),
    "chat.say": Wire(
        schema=chat.SaySchema,
        result=chat.SayResult,
        command=Say,
        limit="chat",
    ),
    "chat.leave": Wire(
        schema=chat.LeaveSchema,
        result=chat.LeaveResult,
        command=LeaveChannel,
        limit="chat",
    ),
}


@cache
def _load(name: str) -> Load:
    return loader(WIRE[name].schema())


def _nobody(_names: Sequence[str]) -> Mapping[str, str]:
    raise Rejected("not_found", "There is no such player.")


def translate(
    name: str, data: Any, *, player: str, command_id: str, find: Find = _nobody
) -> Command:
    """Turn a wire message into a command. `data` comes without its frame's `id`.

    Raises:
        Rejected: `unknown_command`, `invalid` with what is wrong by field, or
            `not_found` where `find` knows a name not.
    """
    wire = WIRE.get(name)
    if wire is None:
        raise Rejected("unknown_command")
    try:
        payload = _load(name)(data)
    except ValidationError as error:
        raise Rejected("invalid", fields=printable(error.messages)) from error
    if wire.people:
        payload[wire.people] = find(payload[wire.people])
    return wire.command(id=command_id, player=player, **payload)


def printable(messages: Any) -> Any:
    """Make messages safe to send: their keys are what the client called its fields."""
    if not isinstance(messages, dict):
        return messages
    kept = islice(messages.items(), FIELDS_MAX)
    return {
        str(name)[:FIELD_CHARACTERS_MAX].encode(errors="replace").decode(): printable(
            message
        )
        for name, message in kept
    }
