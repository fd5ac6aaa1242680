"""Find what a fleet may attack, and say why it may not attack the rest."""

from typing import NamedTuple

import app.game.players.model as players
from app.core.decider import Needs, States
from app.core.message import Ref, Rejected
from app.core.units import decimal, to_milli
from app.game.colonies.model import state as colonies
from app.game.colonies.model.state import Colony
from app.game.fleets.model import ships
from app.game.fleets.model import state as fleets
from app.game.fleets.model.state import Fleet, Waypoint, position
from app.game.galaxy.model.map import Galaxy, sector_at
from app.game.players.model import Player, are_allied
from app.game.vision.model import Sensor, area, spot


class Sighted(NamedTuple):
    """Hold a target and where it is, in milli-units."""

    what: Fleet | Colony
    x_milli: int
    y_milli: int
    sector: str


def ref_of(target: tuple[str, str]) -> Ref:
    """Name the aggregate of a target."""
    kind, name = target
    return colonies.ref(name) if kind == colonies.KIND else fleets.ref(name)


def check_armed(fleet: Fleet) -> None:
    """Check that a fleet is made to attack.

    Raises:
        Rejected: `requirements_missing`.
    """
    if not ships.has_warships(fleet.ships):
        raise Rejected("requirements_missing", "It has no warships.")


def sees(galaxy: Galaxy, fleet: Fleet, sector: str, at_ms: int) -> bool:
    """Tell whether the fleet's own sensors see a sector."""
    at = (Waypoint(*position(fleet, at_ms), at_ms),)
    sensor = Sensor(at, fleet.sensor_milli)
    return bool(area(galaxy.seed, (sensor,), at_ms) & spot(sector))


def sighted(
    galaxy: Galaxy, states: States, fleet: Fleet, target: tuple[str, str], at_ms: int
) -> Sighted:
    """Find a target: every colony is on the map, a fleet must be seen.

    Raises:
        Rejected: `not_found`, whether there is nothing or nothing that is seen.
    """
    found: Fleet | Colony | None = states[ref_of(target)]
    unseen = Rejected("not_found", "There is no such target.")
    if found is None:
        raise unseen
    if isinstance(found, Colony):
        x_milli, y_milli = found.x_milli, found.y_milli
        return Sighted(found, x_milli, y_milli, sector_at(x_milli, y_milli))
    x_milli, y_milli = position(found, at_ms)
    sector = sector_at(x_milli, y_milli)
    if not found.ships or not sees(galaxy, fleet, sector, at_ms):
        raise unseen
    return Sighted(found, x_milli, y_milli, sector)


def check_foe(states: States, attacker: Player, target: Sighted) -> Player:
    """Give the owner of a target, who must be neither the attacker nor an ally.

    Raises:
        Needs: the owner.
        Rejected: `own_target`, `allied`.
    """
    if target.what.player == attacker.id:
        raise Rejected("own_target", "That is your own.")
    ref = players.ref(target.what.player)
    if ref not in states:
        raise Needs(ref)
    owner: Player = states[ref]
    if are_allied(attacker, owner):
        raise Rejected("allied", "That is your ally's.")
    return owner


def check_range(fleet: Fleet, player: Player, place: Sighted, at_ms: int) -> None:
    """Check that a fleet's farthest weapons reach a place.

    Raises:
        Rejected: `out_of_range`, with distance and range in units.
    """
    percent = 100 + player.modifiers.get("range", 0)
    reach_milli = to_milli(ships.reach(fleet.ships)) * percent // 100
    check_within(fleet, (place.x_milli, place.y_milli), reach_milli, at_ms)


def check_within(
    fleet: Fleet, place: tuple[int, int], reach_milli: int, at_ms: int
) -> None:
    """Check that a fleet is no farther than `reach_milli` from a place.

    Raises:
        Rejected: `out_of_range`, with the range in units.
    """
    x_milli, y_milli = position(fleet, at_ms)
    squared = (x_milli - place[0]) ** 2 + (y_milli - place[1]) ** 2
    if squared > reach_milli**2:
        raise Rejected("out_of_range", "Too far away.", range=decimal(reach_milli))


def check_allowed(
    galaxy: Galaxy, fleet: Fleet, target: Sighted, owner: Player, at_ms: int
) -> None:
    """Check that neither place nor shield nor conquest forbids an attack.

    Raises:
        Rejected: `protected`, `shielded`, `occupied`.
    """
    here = sector_at(*position(fleet, at_ms))
    if not galaxy.protected.isdisjoint((here, target.sector)):
        raise Rejected("protected", "Nobody attacks here.")
    if isinstance(target.what, Fleet):
        return
    if owner.shield_until_ms > at_ms:
        raise Rejected("shielded", shield_until_ms=owner.shield_until_ms)
    if target.what.occupier == fleet.player:
        raise Rejected("occupied", "You hold it already.")
