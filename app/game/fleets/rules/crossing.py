"""Let a fleet cross the border between two sectors."""

from app.core.decider import Outcome, States
from app.core.message import Ref
from app.game.fleets.model import events, state, travel
from app.game.fleets.model.events import SectorEntered
from app.game.fleets.model.state import Fleet
from app.game.fleets.rules.departure import CrossBorder, border_due
from app.game.galaxy.model.map import sector_at


def cross_loads(command: CrossBorder) -> tuple[Ref, ...]:
    """Name the fleet alone."""
    return (state.ref(command.fleet),)


def cross(states: States, command: CrossBorder, _now_ms: int) -> Outcome:
    """Enter the next sector at the time the course says, whenever this runs."""
    fleet: Fleet | None = states[state.ref(command.fleet)]
    border = travel.next_crossing(fleet) if fleet else None
    if fleet is None or border is None or _is_old(fleet, command):
        return Outcome()
    entered = SectorEntered(
        sector=sector_at(border.x_milli, border.y_milli),
        left=fleet.sector,
        at_ms=border.at_ms,
    )
    return Outcome(
        events=((state.ref(fleet.id), entered),),
        due=border_due(events.evolve(fleet, entered)),
    )


def _is_old(fleet: Fleet, command: CrossBorder) -> bool:
    return fleet.course is None or fleet.course.id != command.course
