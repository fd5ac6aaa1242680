"""Give a fleet another name."""

from app.core.decider import Outcome, States
from app.game.fleets.model import state
from app.game.fleets.model.events import FleetRenamed
from app.game.fleets.model.terms import owned
from app.game.fleets.rules.command import FleetCommand


class RenameFleet(FleetCommand, frozen=True, kw_only=True):
    """Name a fleet; the schema has made the name fit to be shown."""

    name: str


def rename(states: States, command: RenameFleet, _now_ms: int) -> Outcome:
    """Rename the fleet, in battle or not; the name it has already is no event.

    Raises:
        Rejected: `not_found`.
    """
    fleet = owned(states, command.fleet, command.player)
    result = {"fleet": fleet.id, "name": command.name}
    if command.name == fleet.name:
        return Outcome(result=result)
    renamed = FleetRenamed(name=command.name)
    return Outcome(events=((state.ref(fleet.id), renamed),), result=result)
