"""Carry goods from one own colony to another."""

from collections.abc import Mapping

from msgspec.structs import replace

from app.core.decider import Outcome, States
from app.core.message import Ref, Rejected
from app.core.units import decimal, to_milli
from app.game.colonies.model import state as colonies
from app.game.colonies.model.garrison import GoodsShipped
from app.game.colonies.model.state import Colony
from app.game.colonies.model.stock import accrue, settle
from app.game.colonies.model.terms import check_paid, owned
from app.game.fleets.model import ships
from app.game.fleets.model.events import CargoLoaded, CargoUnloaded, evolve
from app.game.fleets.model.state import Fleet, Order
from app.game.fleets.rules.arrival import Arrival, done, stopped
from app.game.fleets.rules.command import Moment, OrderingCommand, loads
from app.game.fleets.rules.departure import depart
from app.game.fleets.rules.land import delivery
from app.game.fleets.rules.orders import commanded, give, order_id
from app.game.galaxy.model.map import Galaxy
from app.game.players.model import Player


class Transport(OrderingCommand, frozen=True, kw_only=True):
    """Load `cargo`, in whole units, at the `source` and unload it at the `target`."""

    source: str
    target: str
    cargo: dict[str, int]


def transport_loads(command: Transport) -> tuple[Ref, ...]:
    """Name the fleet, its owner and both colonies."""
    both = (colonies.ref(command.source), colonies.ref(command.target))
    return tuple(dict.fromkeys((*loads(command), *both)))


def transport(
    galaxy: Galaxy, states: States, command: Transport, now_ms: int
) -> Outcome:
    """Set out to where the goods are.

    Raises:
        Needs: the battle that it is in, or the colony whose post it leaves.
        Rejected: `not_found`, `in_battle`, `no_room`, `queue_full`, `protected`,
            `path_blocked`, `out_of_range`.
    """
    fleet = commanded(states, command)
    source, player = owned(states, command.source, command.player)
    target, _player = owned(states, command.target, command.player)
    cargo = {name: to_milli(units) for name, units in command.cargo.items()}
    _check_room(fleet, player, cargo)
    order = Order(
        id=order_id(command),
        kind="transport",
        points=((source.x_milli, source.y_milli), (target.x_milli, target.y_milli)),
        target=(colonies.KIND, target.id),
        source=source.id,
        cargo=cargo,
    )
    return give(Moment(galaxy, states, now_ms, command.id), command, order)


def _check_room(fleet: Fleet, player: Player, cargo: Mapping[str, int]) -> None:
    held = sum(fleet.cargo.values()) + sum(cargo.values())
    room = ships.capacity_milli(fleet.ships, player.modifiers)
    if held > room:
        raise Rejected("no_room", "The holds are too small.", capacity=decimal(room))


def transported(arrival: Arrival) -> Outcome:
    """Load at the source and fly on, or unload at the target.

    Raises:
        Rejected: `not_found`, `blockaded`, `no_room`, `not_enough_resources`; what
            `depart` refuses.
    """
    at = arrival.order.source or arrival.order.target[1]
    colony, player = owned(arrival.moment.states, at, arrival.fleet.player)
    if colony.blockades:
        raise Rejected("blockaded", "The colony is blockaded.")
    if arrival.order.source:
        return _loaded(arrival, colony, player)
    return _unloaded(arrival, colony)


def _loaded(arrival: Arrival, colony: Colony, player: Player) -> Outcome:
    order, at_ms = arrival.order, arrival.moment.at_ms
    _check_room(arrival.fleet, player, order.cargo)
    accrual = accrue(colony.stock, at_ms)
    check_paid(settle(colony.stock, accrual), order.cargo)
    shipped = GoodsShipped(fleet=arrival.fleet.id, cargo=order.cargo, accrual=accrual)
    loaded = CargoLoaded(cause="loaded", cargo=order.cargo)
    fleet = evolve(arrival.fleet, loaded)
    rest = replace(order, source="", cargo={}, points=order.points[1:])
    departed = depart(arrival.moment, fleet, rest)
    both = ((colonies.ref(colony.id), shipped), (arrival.ref, loaded))
    return replace(departed, events=(*both, *departed.events))


def _unloaded(arrival: Arrival, colony: Colony) -> Outcome:
    fleet = arrival.fleet
    stop = stopped(arrival)
    if not fleet.cargo:
        return done(arrival, stop)
    delivered = delivery(colony, fleet, arrival.moment.at_ms)
    unloaded = CargoUnloaded(colony=colony.id, cargo=fleet.cargo)
    return done(
        arrival, stop, (colonies.ref(colony.id), delivered), (arrival.ref, unloaded)
    )
