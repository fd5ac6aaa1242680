"""Keep what a player is in one galaxy: an empire's owner, its credits and its lore."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from app.core.message import Event, Ref
from app.core.units import HOUR_MS, to_milli

KIND = "player"

START_CREDITS_MILLI = to_milli(1_000)
SHIELD_MS = 72 * HOUR_MS
"""How long a new empire can't be attacked (tune)."""


class Player(Struct, frozen=True, kw_only=True):
    """Hold one player's empire; the id of the aggregate is the account's id.

    `sectors` names where own colonies stand, each sector once. `modifiers` are the sums
    of what the learned technologies give, mostly in percent (see research). `alliance`
    is the id of the player's alliance, `skirmish` that of the last battle against an
    NPC; both are empty without one. `channels` are those that the player talks in.
    """

    id: str
    username: str
    colonies: tuple[str, ...]
    sectors: tuple[str, ...]
    credits_milli: int
    shield_until_ms: int
    joined_ms: int
    technologies: dict[str, int] = {}
    modifiers: dict[str, int] = {}
    fleets: tuple[str, ...] = ()
    alliance: str = ""
    skirmish: str = ""
    channels: tuple[str, ...] = ()


class PlayerJoined(Event, frozen=True, kw_only=True):
    """Record that an account founded its empire, on `colony` in `sector`."""

    player: str
    username: str
    colony: str
    sector: str
    credits_milli: int
    shield_until_ms: int
    joined_ms: int


class ShieldEnded(Event, frozen=True, kw_only=True):
    """Record that the empire can be attacked from now on."""


class TechnologyLearned(Event, frozen=True, kw_only=True):
    """Record a technology's new level, and all modifiers as they are with it."""

    technology: str
    level: int
    modifiers: dict[str, int]


class ColonyGained(Event, frozen=True, kw_only=True):
    """Record another colony of the empire, in `sector`."""

    colony: str
    sector: str


class FleetGained(Event, frozen=True, kw_only=True):
    """Record a fleet that was launched or split off."""

    fleet: str


class FleetLost(Event, frozen=True, kw_only=True):
    """Record that a fleet is no more: landed, merged or destroyed."""

    fleet: str


class AllianceEntered(Event, frozen=True, kw_only=True):
    """Record that the player is a member of an alliance."""

    alliance: str


class AllianceLeft(Event, frozen=True, kw_only=True):
    """Record that the player is a member of no alliance."""


class SkirmishBegun(Event, frozen=True, kw_only=True):
    """Record that the player fights an NPC."""

    skirmish: str


class ChannelEntered(Event, frozen=True, kw_only=True):
    """Record that the player is a member of a channel of talk."""

    channel: str


class ChannelLeft(Event, frozen=True, kw_only=True):
    """Record that the player left a channel of talk."""

    channel: str


EVENTS: tuple[type[Event], ...] = (
    PlayerJoined,
    ShieldEnded,
    TechnologyLearned,
    ColonyGained,
    FleetGained,
    FleetLost,
    AllianceEntered,
    AllianceLeft,
    SkirmishBegun,
    ChannelEntered,
    ChannelLeft,
)


def ref(player_id: str) -> Ref:
    """Name the aggregate of a player."""
    return Ref(KIND, player_id)


def evolve(player: Player | None, event: Event) -> Player:
    """Apply an event to a player.

    Raises:
        TypeError: the event is not one of a player's.
    """
    if isinstance(event, PlayerJoined):
        return _joined(event)
    if player is None:
        raise TypeError(event)
    match event:
        case ShieldEnded():
            return replace(player, shield_until_ms=0)
        case TechnologyLearned(technology=name, level=level):
            known = player.technologies | {name: level}
            return replace(player, technologies=known, modifiers=event.modifiers)
        case AllianceEntered() | AllianceLeft() | ChannelEntered() | ChannelLeft():
            return _tied(player, event)
    return _reached(player, event)


def _tied(player: Player, event: Event) -> Player:
    """Apply with whom the player stands and talks."""
    match event:
        case AllianceEntered(alliance=alliance):
            return replace(player, alliance=alliance)
        case AllianceLeft():
            return replace(player, alliance="")
        case ChannelEntered(channel=channel):
            channels = (*_without(player.channels, channel), channel)
            return replace(player, channels=channels)
        case ChannelLeft(channel=channel):
            return replace(player, channels=_without(player.channels, channel))
    raise TypeError(event)


def _reached(player: Player, event: Event) -> Player:
    """Apply what the empire gained, lost or began in space."""
    match event:
        case ColonyGained(colony=colony, sector=sector):
            sectors = tuple(dict.fromkeys((*player.sectors, sector)))
            return replace(player, colonies=(*player.colonies, colony), sectors=sectors)
        case FleetGained(fleet=fleet):
            return replace(player, fleets=(*player.fleets, fleet))
        case FleetLost(fleet=gone):
            return replace(player, fleets=_without(player.fleets, gone))
        case SkirmishBegun(skirmish=skirmish):
            return replace(player, skirmish=skirmish)
    raise TypeError(event)


def _without(names: tuple[str, ...], gone: str) -> tuple[str, ...]:
    return tuple(name for name in names if name != gone)


def _joined(event: PlayerJoined) -> Player:
    return Player(
        id=event.player,
        username=event.username,
        colonies=(event.colony,),
        sectors=(event.sector,),
        credits_milli=event.credits_milli,
        shield_until_ms=event.shield_until_ms,
        joined_ms=event.joined_ms,
    )


def are_allied(player: Player, other: Player) -> bool:
    """Tell whether two players are members of one alliance."""
    return bool(player.alliance) and player.alliance == other.alliance


def ledger(event: Event) -> Mapping[str, Mapping[str, int]]:
    """Name what an event moved into or out of a purse: cause -> {resource: milli}."""
    if isinstance(event, PlayerJoined):
        return {"start": {"credits": event.credits_milli}}
    return {}


def holdings(player: Player) -> Mapping[str, int]:
    """Give what a player holds, in milli-units."""
    return {"credits": player.credits_milli}
