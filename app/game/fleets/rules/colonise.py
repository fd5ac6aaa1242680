"""Found a colony: a colony ship becomes one, on a free planet."""

from msgspec.structs import replace

import app.game.players.model as players
from app.core.decider import Outcome, States
from app.core.message import Event, Ref, Rejected
from app.core.units import to_milli
from app.game.colonies.model import state as colonies
from app.game.colonies.model.events import ColonyFounded
from app.game.colonies.model.events import evolve as evolve_colony
from app.game.colonies.model.production import production
from app.game.colonies.model.state import AWAKE_MS, Colony
from app.game.colonies.model.stock import RESOURCES, Production
from app.game.colonies.model.units import without
from app.game.fleets.model import ships
from app.game.fleets.model.events import CargoUnloaded, FleetDissolved, ShipsSpent
from app.game.fleets.model.state import Fleet, Order
from app.game.fleets.rules.arrival import Arrival, Happened, done, stopped
from app.game.fleets.rules.command import Moment, OrderingCommand, loads
from app.game.fleets.rules.land import delivery
from app.game.fleets.rules.orders import commanded, give, order_id
from app.game.fleets.rules.upkeep import released
from app.game.galaxy.model.map import Galaxy, Planet
from app.game.players.model import ColonyGained, FleetLost, Player

SHIP = "colony_ship"
COLONIES_FIRST = 1
"""Colonies that an empire may have before research allows more."""
START_UNITS = {"energy": 500, "minerals": 500, "rare_elements": 50, "population": 300}
"""What a new colony starts with, in units (tune)."""


class Colonise(OrderingCommand, frozen=True, kw_only=True):
    """Found a colony on a planet."""

    planet: str


def colonise_loads(command: Colonise) -> tuple[Ref, ...]:
    """Name the fleet, its owner and the colony that is to be."""
    return (*loads(command), colonies.ref(command.planet))


def colonise(galaxy: Galaxy, states: States, command: Colonise, now_ms: int) -> Outcome:
    """Set out for the planet.

    Raises:
        Needs: the battle that it is in, or the colony whose post it leaves.
        Rejected: `not_found`, `in_battle`, `requirements_missing`, `colony_limit`,
            `planet_taken`, `queue_full`, `protected`, `path_blocked`, `out_of_range`.
    """
    fleet = commanded(states, command)
    planet = galaxy.planets.get(command.planet)
    if planet is None:
        raise Rejected("not_found", "There is no such planet.")
    moment = Moment(galaxy, states, now_ms, command.id)
    _check(moment, fleet, planet)
    order = Order(
        id=order_id(command),
        kind="colonise",
        points=((planet.x_milli, planet.y_milli),),
        target=(colonies.KIND, planet.id),
    )
    return give(moment, command, order)


def _check(moment: Moment, fleet: Fleet, planet: Planet) -> None:
    if not fleet.ships.get(SHIP):
        raise Rejected("requirements_missing", missing={"ships": {SHIP: 1}})
    player = moment.player(fleet.player)
    limit = COLONIES_FIRST + player.modifiers.get("colonies", 0)
    if len(player.colonies) >= limit:
        raise Rejected("colony_limit", colonies_max=limit)
    if moment.states[colonies.ref(planet.id)] is not None:
        raise Rejected("planet_taken", "Somebody lives there.")


def colonised(arrival: Arrival) -> Outcome:
    """Found the colony with what a ship brings; all cargo goes into its stock.

    Raises:
        Rejected: `requirements_missing`, `colony_limit`, `planet_taken`.
    """
    moment, fleet = arrival.moment, arrival.fleet
    planet = moment.galaxy.planets[arrival.order.target[1]]
    _check(moment, fleet, planet)
    player = moment.player(fleet.player)
    ref = colonies.ref(planet.id)
    founded = _founded(planet, player, moment.at_ms)
    to_colony: list[Event] = [founded]
    if fleet.cargo:
        colony = evolve_colony(None, founded)
        to_colony.append(delivery(colony, fleet, moment.at_ms))
    gained = ColonyGained(colony=planet.id, sector=fleet.sector)
    return _spent(
        arrival,
        *((ref, event) for event in to_colony),
        (players.ref(player.id), gained),
        _released(arrival, player),
    )


def _spent(arrival: Arrival, *events: Happened) -> Outcome:
    """Use the ship up, and the fleet with it where nothing else flies in it."""
    fleet, at_ms = arrival.fleet, arrival.moment.at_ms
    left = without(fleet.ships, {SHIP: 1})
    if not left:
        over = FleetDissolved(reason="colonised", cargo=fleet.cargo, at_ms=at_ms)
        lost = (players.ref(fleet.player), FleetLost(fleet=fleet.id))
        return Outcome(events=(*events, (arrival.ref, over), lost))
    modifiers = arrival.moment.player(fleet.player).modifiers
    own: list[Event] = []
    if fleet.cargo:
        own.append(CargoUnloaded(colony=arrival.order.target[1], cargo=fleet.cargo))
    sees_milli = ships.sensor_milli(left, modifiers)
    own.append(ShipsSpent(ships={SHIP: 1}, sensor_milli=sees_milli))
    return done(
        arrival,
        *events,
        stopped(arrival),
        *((arrival.ref, event) for event in own),
    )


def _released(arrival: Arrival, player: Player) -> Happened:
    ref = colonies.ref(arrival.fleet.home)
    home: Colony = arrival.moment.states[ref]
    return (ref, released(home, player, {SHIP: 1}, arrival.moment.at_ms))


def _founded(planet: Planet, player: Player, at_ms: int) -> ColonyFounded:
    bare = ColonyFounded(
        colony=planet.id,
        player=player.id,
        username=player.username,
        name=f"Colony {len(player.colonies) + 1}",
        x_milli=planet.x_milli,
        y_milli=planet.y_milli,
        region=planet.region,
        planet_type=planet.type,
        at_ms=at_ms,
        until_ms=at_ms + AWAKE_MS,
        start={name: to_milli(START_UNITS[name]) for name in RESOURCES},
        production=Production(rates={}, capacities_milli={}),
    )
    made = production(evolve_colony(None, bare), player.modifiers)
    return replace(bare, production=made)
