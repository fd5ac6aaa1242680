"""Form, join and leave an alliance: internal commands, on no wire yet."""

import app.game.players.model as players
from app.core import chance
from app.core.decider import Needs, Outcome, States, check_new
from app.core.message import Command, Event, Ref, Rejected
from app.game.alliances import model
from app.game.alliances.model import (
    Alliance,
    AllianceFormed,
    MemberJoined,
    MemberLeft,
)
from app.game.players.model import AllianceEntered, AllianceLeft, Player


class FormAlliance(Command, frozen=True, kw_only=True):
    """Form an alliance of one."""


class JoinAlliance(Command, frozen=True, kw_only=True):
    """Become a member."""

    alliance: str


class LeaveAlliance(Command, frozen=True, kw_only=True):
    """Be a member no longer."""


def form_loads(command: FormAlliance) -> tuple[Ref, ...]:
    """Name the player, and the alliance that is to be."""
    return (players.ref(command.player), model.ref(_named(command)))


def form(states: States, command: FormAlliance, _now_ms: int) -> Outcome:
    """Form it.

    Raises:
        Rejected: `no_empire`, `in_alliance`, `id_reused`.
    """
    _unaligned(states, command)
    alliance = _named(command)
    check_new(states, model.ref(alliance))
    formed = AllianceFormed(alliance=alliance, founder=command.player)
    return _outcome(command, alliance, formed, AllianceEntered(alliance=alliance))


def join_loads(command: JoinAlliance) -> tuple[Ref, ...]:
    """Name the player and the alliance."""
    return (players.ref(command.player), model.ref(command.alliance))


def join(states: States, command: JoinAlliance, _now_ms: int) -> Outcome:
    """Come in.

    Raises:
        Rejected: `no_empire`, `in_alliance`, `not_found`, `alliance_full`.
    """
    _unaligned(states, command)
    alliance: Alliance | None = states[model.ref(command.alliance)]
    if alliance is None or not alliance.members:
        raise Rejected("not_found", "There is no such alliance.")
    if len(alliance.members) >= model.MEMBERS_MAX:
        raise Rejected("alliance_full", members_max=model.MEMBERS_MAX)
    joined = MemberJoined(player=command.player)
    return _outcome(command, alliance.id, joined, AllianceEntered(alliance=alliance.id))


def leave_loads(command: LeaveAlliance) -> tuple[Ref, ...]:
    """Name the player; the alliance turns out on the way."""
    return (players.ref(command.player),)


def leave(states: States, command: LeaveAlliance, _now_ms: int) -> Outcome:
    """Go.

    Raises:
        Needs: the alliance.
        Rejected: `no_empire`, `no_alliance`.
    """
    alliance = _player(states, command).alliance
    if not alliance:
        raise Rejected("no_alliance", "You are in no alliance.")
    if model.ref(alliance) not in states:
        raise Needs(model.ref(alliance))
    return _outcome(
        command, alliance, MemberLeft(player=command.player), AllianceLeft()
    )


def _named(command: FormAlliance) -> str:
    return chance.name(command.id, "alliance")


def _player(states: States, command: Command) -> Player:
    player: Player | None = states[players.ref(command.player)]
    if player is None:
        raise Rejected("no_empire", "Join the galaxy first.")
    return player


def _unaligned(states: States, command: Command) -> None:
    if _player(states, command).alliance:
        raise Rejected("in_alliance", "Leave your alliance first.")


def _outcome(command: Command, alliance: str, there: Event, here: Event) -> Outcome:
    return Outcome(
        events=((model.ref(alliance), there), (players.ref(command.player), here)),
        result={"alliance": alliance},
    )
