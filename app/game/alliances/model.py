"""Keep who stands together: members share what their sensors see."""

from msgspec import Struct

from app.core.message import Event, Ref

KIND = "alliance"

MEMBERS_MAX = 50


class Alliance(Struct, frozen=True, kw_only=True):
    """Hold an alliance and its members' ids, in the order in which they came.

    One that all have left stays empty, and nobody can join it any more.
    """

    id: str
    members: tuple[str, ...]


class AllianceFormed(Event, frozen=True, kw_only=True):
    """Record a new alliance of one."""

    alliance: str
    founder: str


class MemberJoined(Event, frozen=True, kw_only=True):
    """Record a new member."""

    player: str


class MemberLeft(Event, frozen=True, kw_only=True):
    """Record that a member is none any more."""

    player: str


EVENTS: tuple[type[Event], ...] = (AllianceFormed, MemberJoined, MemberLeft)


def ref(alliance_id: str) -> Ref:
    """Name the aggregate of an alliance."""
    return Ref(KIND, alliance_id)


def evolve(alliance: Alliance | None, event: Event) -> Alliance:
    """Apply an event to an alliance.

    Raises:
        TypeError: the event is not one of an alliance's.
    """
    if isinstance(event, AllianceFormed):
        return Alliance(id=event.alliance, members=(event.founder,))
    if alliance is None:
        raise TypeError(event)
    match event:
        case MemberJoined(player=player):
            members = (*alliance.members, player)
        case MemberLeft(player=player):
            members = tuple(one for one in alliance.members if one != player)
        case _:
            raise TypeError(event)
    return Alliance(id=alliance.id, members=members)
