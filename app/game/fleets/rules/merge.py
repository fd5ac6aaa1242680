"""Merge a fleet into another one close by."""

import app.game.players.model as players
from app.core.decider import Needs, Outcome, States
from app.core.message import Event, Ref, Rejected
from app.core.units import decimal
from app.game.colonies.model import state as colonies
from app.game.colonies.model.state import Colony
from app.game.colonies.model.units import together
from app.game.fleets.model import ships, state, travel
from app.game.fleets.model.events import FleetDissolved, ShipsJoined
from app.game.fleets.model.leaving import entered, left_post
from app.game.fleets.model.state import Fleet, position
from app.game.fleets.model.terms import at_peace, owned
from app.game.fleets.model.travel import MERGE_REACH_MILLI
from app.game.fleets.rules.command import FleetCommand, loads
from app.game.fleets.rules.orders import commanded
from app.game.fleets.rules.upkeep import assumed, released
from app.game.galaxy.model.map import Galaxy
from app.game.players.model import FleetLost, Player


class MergeFleets(FleetCommand, frozen=True, kw_only=True):
    """Let all ships and goods of a fleet join another, which goes on as before."""

    into: str


def merge_loads(command: MergeFleets) -> tuple[Ref, ...]:
    """Name both fleets and their owner."""
    return tuple(dict.fromkeys((*loads(command), state.ref(command.into))))


def merge(galaxy: Galaxy, states: States, command: MergeFleets, now_ms: int) -> Outcome:
    """Merge; where their homes differ, the other home pays from now on.

    Raises:
        Needs: a battle, both homes, or the colony whose post the fleet leaves.
        Rejected: `not_found`, `in_battle`, `invalid`, `out_of_range`; `too_slow` and
            `protected` where the fleet couldn't be where the other is or flies to.
    """
    fleet = commanded(states, command)
    into = owned(states, command.into, command.player)
    at_peace(states, into)
    if fleet.id == into.id:
        wrong = {"into": ["Must be another fleet."]}
        raise Rejected("invalid", "A fleet can't join itself.", fields=wrong)
    player: Player = states[players.ref(command.player)]
    _check_close(fleet, into, now_ms)
    _check_along(galaxy, player, fleet, into)
    fleet_events = (*entered(fleet, now_ms), _dissolved(fleet, now_ms))
    into_events = (*entered(into, now_ms), _joined(fleet, into, player))
    return Outcome(
        events=(
            *left_post(states, fleet),
            *_moved_upkeep(states, fleet, into, now_ms),
            *((state.ref(fleet.id), event) for event in fleet_events),
            *((state.ref(into.id), event) for event in into_events),
            (players.ref(player.id), FleetLost(fleet=fleet.id)),
        ),
        drop=travel.pending(fleet),
        result={"fleet": into.id, "ships": together(into.ships, fleet.ships)},
    )


def _check_close(fleet: Fleet, into: Fleet, now_ms: int) -> None:
    here, there = position(fleet, now_ms), position(into, now_ms)
    squared = (here[0] - there[0]) ** 2 + (here[1] - there[1]) ** 2
    if squared > MERGE_REACH_MILLI**2:
        raise Rejected(
            "out_of_range",
            "They are too far apart.",
            reach=decimal(MERGE_REACH_MILLI),
        )


def _check_along(galaxy: Galaxy, player: Player, fleet: Fleet, into: Fleet) -> None:
    """Check that a fleet may go where the other one is going, and as fast."""
    if into.course and ships.speed(fleet.ships) < ships.speed(into.ships):
        raise Rejected("too_slow", "It would not keep up.")
    if ships.has_warships(into.ships) or not ships.has_warships(fleet.ships):
        return
    strange = galaxy.protected.difference(player.sectors)
    if not strange.isdisjoint(travel.sectors_ahead(into)):
        raise Rejected("protected", "Strangers' warships are not let in.")


def _dissolved(fleet: Fleet, now_ms: int) -> FleetDissolved:
    return FleetDissolved(reason="merged", cargo=fleet.cargo, at_ms=now_ms)


def _joined(fleet: Fleet, into: Fleet, player: Player) -> ShipsJoined:
    both = together(into.ships, fleet.ships)
    return ShipsJoined(
        ships=fleet.ships,
        cargo=fleet.cargo,
        sensor_milli=ships.sensor_milli(both, player.modifiers),
        origin=fleet.id,
    )


def _moved_upkeep(
    states: States, fleet: Fleet, into: Fleet, now_ms: int
) -> tuple[tuple[Ref, Event], ...]:
    if fleet.home == into.home:
        return ()
    old, new = colonies.ref(fleet.home), colonies.ref(into.home)
    missing = [ref for ref in (old, new) if ref not in states]
    if missing:
        raise Needs(*missing)
    before: Colony = states[old]
    after: Colony = states[new]
    player: Player = states[players.ref(fleet.player)]
    return (
        (old, released(before, player, fleet.ships, now_ms)),
        (new, assumed(after, player, fleet.ships, now_ms)),
    )
