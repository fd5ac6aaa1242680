"""Say who hears of a player, and what a player's own view holds."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Literal, NotRequired, TypedDict

from app.core.decider import Heard, States
from app.core.message import Event, Ref
from app.core.shapes import called, some_of
from app.core.units import Decimal, decimal
from app.game.players.model import (
    AllianceEntered,
    AllianceLeft,
    ChannelEntered,
    ChannelLeft,
    ColonyGained,
    FleetGained,
    FleetLost,
    Player,
    PlayerJoined,
    ShieldEnded,
    SkirmishBegun,
    TechnologyLearned,
)

TechnologyName = Annotated[str, called("Technology")]


class PlayerView(TypedDict):
    """A player as the player sees it; `modifiers` sum up what is known.

    `skirmish` is the last battle against pirates, `channels` are those one talks in.
    """

    id: str
    username: str
    credits: Decimal
    shield_until_ms: int
    joined_ms: int
    technologies: dict[TechnologyName, int]
    modifiers: dict[str, int]
    alliance: str | None
    skirmish: str | None
    channels: Sequence[str]


PlayerBroadcast = Literal[
    "players.joined",
    "players.shield_ended",
    "players.technology_learned",
    "players.alliance_entered",
    "players.alliance_left",
    "players.skirmish_begun",
    "players.channel_entered",
    "players.channel_left",
]


class PlayerTold(TypedDict):
    """A broadcast of a player to the player."""

    type: PlayerBroadcast
    technology: NotRequired[TechnologyName]
    level: NotRequired[int]
    channel: NotRequired[str]
    changes: Annotated[dict[str, Any], some_of(PlayerView)]


def room(player_id: str) -> str:
    """Name the room that only this player hears."""
    return f"player:{player_id}"


def sight_changed(player_id: str) -> Heard:
    """Say that what a player's sensors cover changed, to where vision is computed.

    No client hears the room: the instances of the player and of allies listen to it.
    """
    rooms = (f"sight:{player_id}",)
    return Heard(rooms=rooms, type="sight.changed", payload={}, is_signal=True)


def view(player: Player) -> PlayerView:
    """Show a player to themselves."""
    return {
        "id": player.id,
        "username": player.username,
        "credits": decimal(player.credits_milli),
        "shield_until_ms": player.shield_until_ms,
        "joined_ms": player.joined_ms,
        "technologies": player.technologies,
        "modifiers": player.modifiers,
        "alliance": player.alliance or None,
        "skirmish": player.skirmish or None,
        "channels": player.channels,
    }


def audience(ref: Ref, event: Event, states: States, _at_ms: int) -> Iterable[Heard]:
    """Say who hears an event of a player: the player alone.

    `changes` holds new values of fields of `view`. What the empire gains or loses in
    space is told by the colony or the fleet itself.

    Raises:
        TypeError: the event is not one of a player's.
    """
    player: Player = states[ref]
    match event:
        case PlayerJoined():
            yield _heard(player, "players.joined", changes=view(player))
        case ShieldEnded():
            shield = {"shield_until_ms": player.shield_until_ms}
            yield _heard(player, "players.shield_ended", changes=shield)
        case TechnologyLearned(technology=technology, level=level):
            yield _heard(
                player,
                "players.technology_learned",
                technology=technology,
                level=level,
                changes={
                    "technologies": player.technologies,
                    "modifiers": player.modifiers,
                },
            )
            yield sight_changed(player.id)
        case AllianceEntered() | AllianceLeft() | ChannelEntered() | ChannelLeft():
            yield _tied(player, event)
            yield sight_changed(player.id)
        case SkirmishBegun(skirmish=skirmish):
            latest = {"skirmish": skirmish}
            yield _heard(player, "players.skirmish_begun", changes=latest)
        case ColonyGained() | FleetGained() | FleetLost():
            return
        case _:
            raise TypeError(event)


def _tied(
    player: Player,
    event: AllianceEntered | AllianceLeft | ChannelEntered | ChannelLeft,
) -> Heard:
    """Tell with whom the player stands and talks; what is seen or heard follows."""
    allied = {"alliance": player.alliance or None}
    talks = {"channels": player.channels}
    match event:
        case AllianceEntered():
            return _heard(player, "players.alliance_entered", changes=allied)
        case AllianceLeft():
            return _heard(player, "players.alliance_left", changes=allied)
        case ChannelEntered(channel=channel):
            kind: PlayerBroadcast = "players.channel_entered"
        case ChannelLeft(channel=channel):
            kind = "players.channel_left"
    return _heard(player, kind, channel=channel, changes=talks)


def _heard(player: Player, kind: PlayerBroadcast, **payload: Any) -> Heard:
    return Heard(rooms=(room(player.id),), type=kind, payload=payload)
