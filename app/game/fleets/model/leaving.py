"""Say what must be told when a fleet leaves off what it does, whatever it does next."""

from collections.abc import Iterator

from app.core.decider import Needs, States
from app.core.message import Command, Event, Ref
from app.game.colonies.model import garrison
from app.game.colonies.model import state as colonies
from app.game.fleets.model.events import FleetStopped, SectorEntered
from app.game.fleets.model.ships import Ships, has_warships
from app.game.fleets.model.state import Fleet, position
from app.game.galaxy.model.map import sector_at


class ReleaseUpkeep(Command, frozen=True, kw_only=True):
    """Let a colony no longer pay for ships of its own that are no more."""

    colony: str
    ships: dict[str, int]


def left_post(states: States, fleet: Fleet) -> tuple[tuple[Ref, Event], ...]:
    """Let the colony know that a fleet leaves its post there, if it has one.

    Raises:
        Needs: the colony.
    """
    if not fleet.post:
        return ()
    colony = colonies.ref(fleet.post)
    if colony not in states:
        raise Needs(colony)
    if fleet.stance == "defend":
        return ((colony, garrison.FleetRelieved(fleet=fleet.id)),)
    return ((colony, garrison.BlockadeEnded(fleet=fleet.id)),)


def is_too_weak(fleet: Fleet, left: Ships) -> bool:
    """Tell whether a fleet blockades, but not with the ships that it has left."""
    return fleet.stance == "blockade" and not has_warships(left)


def stood_down(fleet: Fleet, at_ms: int) -> FleetStopped:
    """Let a fleet stand where it is, without stance or post."""
    x_milli, y_milli = position(fleet, at_ms)
    return FleetStopped(
        x_milli=x_milli,
        y_milli=y_milli,
        sector=sector_at(x_milli, y_milli),
        at_ms=at_ms,
        is_arrival=False,
    )


def entered(fleet: Fleet, at_ms: int) -> Iterator[SectorEntered]:
    """Let a fleet be in the sector of its position, at the moment it gets there.

    Its timer does so otherwise; of two timers at one moment, another may be first.
    """
    sector = sector_at(*position(fleet, at_ms))
    if sector != fleet.sector:
        yield SectorEntered(sector=sector, left=fleet.sector, at_ms=at_ms)
