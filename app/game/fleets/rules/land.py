"""Bring a fleet home: its ships land, its goods go into the stock."""

from msgspec.structs import replace

import app.game.players.model as players
from app.core.decider import Outcome, States
from app.core.message import Event, Ref, Rejected
from app.game.colonies.model import events as colony_events
from app.game.colonies.model import state as colonies
from app.game.colonies.model.garrison import GoodsDelivered, UnitsLanded
from app.game.colonies.model.production import production
from app.game.colonies.model.state import Colony
from app.game.colonies.model.stock import accrue
from app.game.colonies.model.terms import owned
from app.game.colonies.model.units import together, without
from app.game.fleets.model import state
from app.game.fleets.model.events import FleetDissolved
from app.game.fleets.model.state import Fleet, Order
from app.game.fleets.rules.arrival import Arrival
from app.game.fleets.rules.command import Moment, OrderingCommand
from app.game.fleets.rules.orders import commanded, give, order_id
from app.game.fleets.rules.upkeep import released
from app.game.galaxy.model.map import Galaxy
from app.game.players.model import FleetLost, Player


class Return(OrderingCommand, frozen=True, kw_only=True):
    """Fly to an own colony and land there; to the fleet's home where none is named."""

    colony: str = ""


def return_loads(command: Return) -> tuple[Ref, ...]:
    """Name the fleet, its owner and the colony, unless it is the fleet's home."""
    named = (colonies.ref(command.colony),) if command.colony else ()
    return (state.ref(command.fleet), players.ref(command.player), *named)


def bring_home(galaxy: Galaxy, states: States, command: Return, now_ms: int) -> Outcome:
    """Set out for the colony.

    Raises:
        Needs: the battle that it is in, or the colony whose post it leaves.
        Rejected: `not_found`, `in_battle`, `queue_full`, `protected`, `path_blocked`,
            `out_of_range`.
    """
    fleet = commanded(states, command)
    home = command.colony or fleet.home
    place = _place(galaxy, states, home, command)
    order = Order(
        id=order_id(command),
        kind="return",
        points=(place,),
        target=(colonies.KIND, home),
    )
    return give(Moment(galaxy, states, now_ms, command.id), command, order)


def _place(
    galaxy: Galaxy, states: States, colony_id: str, command: Return
) -> tuple[int, int]:
    if not command.colony:
        planet = galaxy.planets[colony_id]
        return planet.x_milli, planet.y_milli
    colony, _player = owned(states, colony_id, command.player)
    return colony.x_milli, colony.y_milli


def landed(arrival: Arrival) -> Outcome:
    """Land: the fleet is no more, its ships stand in the colony.

    Raises:
        Rejected: `not_found`; `blockaded` where it carries goods.
    """
    fleet, at_ms = arrival.fleet, arrival.moment.at_ms
    name = arrival.order.target[1]
    colony, player = owned(arrival.moment.states, name, fleet.player)
    if colony.blockades and fleet.cargo:
        raise Rejected("blockaded", "The colony is blockaded.")
    ref = colonies.ref(name)
    return Outcome(
        events=(
            *((ref, event) for event in _received(colony, player, fleet, at_ms)),
            *_released(arrival, player),
            (
                arrival.ref,
                FleetDissolved(reason="landed", cargo=fleet.cargo, at_ms=at_ms),
            ),
            (players.ref(player.id), FleetLost(fleet=fleet.id)),
        )
    )


def _received(
    colony: Colony, player: Player, fleet: Fleet, at_ms: int
) -> tuple[Event, ...]:
    delivered: tuple[Event, ...] = ()
    if fleet.cargo:
        delivered = (delivery(colony, fleet, at_ms),)
        colony = colony_events.evolve(colony, delivered[0])
    returned = fleet.ships if colony.id == fleet.home else {}
    grown = replace(
        colony,
        units=together(colony.units, fleet.ships),
        away=without(colony.away, returned),
    )
    arrived = UnitsLanded(
        fleet=fleet.id,
        units=fleet.ships,
        returned=returned,
        accrual=accrue(colony.stock, at_ms),
        production=production(grown, player.modifiers),
    )
    return (*delivered, arrived)


def delivery(colony: Colony, fleet: Fleet, at_ms: int) -> GoodsDelivered:
    """Put all that a fleet carries into a colony's stock."""
    return GoodsDelivered(
        fleet=fleet.id, cargo=fleet.cargo, accrual=accrue(colony.stock, at_ms)
    )


def _released(arrival: Arrival, player: Player) -> tuple[tuple[Ref, Event], ...]:
    """Let the home no longer pay for ships that now stand elsewhere."""
    fleet = arrival.fleet
    if fleet.home == arrival.order.target[1]:
        return ()
    ref = colonies.ref(fleet.home)
    home: Colony = arrival.moment.states[ref]
    return ((ref, released(home, player, fleet.ships, arrival.moment.at_ms)),)
