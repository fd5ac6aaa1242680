"""Give a colony another name."""

from app.core.decider import Outcome, States
from app.game.colonies.model import state
from app.game.colonies.model.events import ColonyRenamed
from app.game.colonies.model.terms import owned
from app.game.colonies.rules.own import ColonyCommand


class RenameColony(ColonyCommand, frozen=True, kw_only=True):
    """Name a colony; the schema has made the name fit to be shown."""

    name: str


def rename(states: States, command: RenameColony, _now_ms: int) -> Outcome:
    """Rename the colony; the name it has already is no event.

    Raises:
        Rejected: `not_found`.
    """
    colony, _player = owned(states, command.colony, command.player)
    result = {"colony": colony.id, "name": command.name}
    if command.name == colony.name:
        return Outcome(result=result)
    renamed = ColonyRenamed(name=command.name)
    return Outcome(events=((state.ref(colony.id), renamed),), result=result)
