"""Take a post at a colony: defend it, or blockade it."""

import app.game.players.model as players
from app.core.decider import Needs, Outcome, States
from app.core.message import Event, Ref, Rejected
from app.game.colonies.model import state as colonies
from app.game.colonies.model.garrison import (
    POSTS_MAX,
    BlockadeBegun,
    FleetStationed,
)
from app.game.colonies.model.state import Colony
from app.game.fleets.model import ships
from app.game.fleets.model.state import Fleet, Order
from app.game.fleets.rules.arrival import Arrival, done, stopped
from app.game.fleets.rules.command import Moment, OrderingCommand, loads
from app.game.fleets.rules.orders import commanded, give, order_id
from app.game.galaxy.model.map import Galaxy, sector_at
from app.game.players.model import Player, are_allied

NO_COLONY = "There is no such colony."


class Defend(OrderingCommand, frozen=True, kw_only=True):
    """Defend an own colony, or an ally's, until told otherwise."""

    colony: str


class Blockade(OrderingCommand, frozen=True, kw_only=True):
    """Blockade somebody else's colony: no transport loads or unloads there."""

    colony: str


def post_loads(command: Defend | Blockade) -> tuple[Ref, ...]:
    """Name the fleet, its owner and the colony."""
    return (*loads(command), colonies.ref(command.colony))


def defend(galaxy: Galaxy, states: States, command: Defend, now_ms: int) -> Outcome:
    """Set out to defend a colony.

    Raises:
        Needs: the colony's owner, the battle, or the colony whose post is left.
        Rejected: `not_found`, `in_battle`, `queue_full`, `protected`, `path_blocked`,
            `out_of_range`.
    """
    commanded(states, command)
    colony: Colony | None = states[colonies.ref(command.colony)]
    if colony is None or not _is_friendly(states, colony, command.player):
        raise Rejected("not_found", NO_COLONY)
    moment = Moment(galaxy, states, now_ms, command.id)
    return give(moment, command, _order("defend", colony, command))


def blockade(galaxy: Galaxy, states: States, command: Blockade, now_ms: int) -> Outcome:
    """Set out to blockade a colony.

    Raises:
        Needs: the colony's owner, the battle, or the colony whose post is left.
        Rejected: `not_found`, `in_battle`, `requirements_missing`, `own_target`,
            `allied`, `protected`, `queue_full`, `path_blocked`, `out_of_range`.
            Whether a shield covers the colony is told on arrival: from afar it is
            nobody's to know.
    """
    _check_warships(commanded(states, command))
    colony: Colony | None = states[colonies.ref(command.colony)]
    if colony is None:
        raise Rejected("not_found", NO_COLONY)
    moment = Moment(galaxy, states, now_ms, command.id)
    _check_foe(moment, colony, command.player)
    return give(moment, command, _order("blockade", colony, command))


def _check_warships(fleet: Fleet) -> None:
    if not ships.has_warships(fleet.ships):
        raise Rejected("requirements_missing", "It takes warships.")


def _order(kind: str, colony: Colony, command: Defend | Blockade) -> Order:
    return Order(
        id=order_id(command),
        kind=kind,
        points=((colony.x_milli, colony.y_milli),),
        target=(colonies.KIND, colony.id),
    )


def _is_friendly(states: States, colony: Colony, player_id: str) -> bool:
    player: Player = states[players.ref(player_id)]
    if colony.player == player_id:
        return True
    return bool(player.alliance) and are_allied(player, _owner(states, colony))


def _check_foe(moment: Moment, colony: Colony, player_id: str) -> Player:
    """Check that a colony may be pressed by a player; give its owner."""
    if colony.player == player_id:
        raise Rejected("own_target", "That colony is yours.")
    owner = _owner(moment.states, colony)
    if are_allied(moment.player(player_id), owner):
        raise Rejected("allied", "That colony is an ally's.")
    if sector_at(colony.x_milli, colony.y_milli) in moment.galaxy.protected:
        raise Rejected("protected", "That sector is protected.")
    return owner


def _owner(states: States, colony: Colony) -> Player:
    ref = players.ref(colony.player)
    if ref not in states:
        raise Needs(ref)
    owner: Player = states[ref]
    return owner


def defended(arrival: Arrival) -> Outcome:
    """Begin to defend the colony.

    Raises:
        Rejected: `posts_full`.
    """
    colony = _colony(arrival)
    _check_room(colony.stationed)
    stationed = FleetStationed(fleet=arrival.fleet.id)
    return _posted(arrival, "defend", stationed)


def blockaded(arrival: Arrival) -> Outcome:
    """Begin the blockade, unless the colony became a friend's or is too young.

    Raises:
        Needs: the colony's owner.
        Rejected: `requirements_missing` where its warships were split off on the way,
            `own_target`, `allied`, `protected`, `shielded`, `posts_full`.
    """
    _check_warships(arrival.fleet)
    colony = _colony(arrival)
    owner = _check_foe(arrival.moment, colony, arrival.fleet.player)
    if owner.shield_until_ms > arrival.moment.at_ms:
        raise Rejected("shielded", "That empire is too young.")
    _check_room(colony.blockades)
    return _posted(arrival, "blockade", BlockadeBegun(fleet=arrival.fleet.id))


def _colony(arrival: Arrival) -> Colony:
    found: Colony = arrival.moment.states[Ref(*arrival.order.target)]
    return found


def _check_room(fleets: tuple[str, ...]) -> None:
    if len(fleets) >= POSTS_MAX:
        raise Rejected("posts_full", "Too many fleets are there.", posts_max=POSTS_MAX)


def _posted(arrival: Arrival, stance: str, event: Event) -> Outcome:
    kind, colony = arrival.order.target
    return done(
        arrival,
        stopped(arrival, stance=stance, post=colony),
        (Ref(kind, colony), event),
    )
