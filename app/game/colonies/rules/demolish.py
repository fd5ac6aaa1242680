"""Demolish a building, all its levels at once."""

from msgspec.structs import replace

from app.core.decider import Outcome, States
from app.core.message import Rejected
from app.game.colonies.model import state
from app.game.colonies.model.buildings import BUILDINGS
from app.game.colonies.model.events import BuildingDemolished
from app.game.colonies.model.production import production
from app.game.colonies.model.state import Colony
from app.game.colonies.model.stock import accrue
from app.game.colonies.model.terms import owned
from app.game.colonies.model.units import UNITS
from app.game.colonies.rules.own import ColonyCommand


class Demolish(ColonyCommand, frozen=True, kw_only=True):
    """Tear a building down. Nothing comes back."""

    building: str


def demolish(states: States, command: Demolish, now_ms: int) -> Outcome:
    """Take the building away; what it made or stored ends at once.

    Raises:
        Rejected: `not_found`, `in_progress` where an order for it stands in line,
            `requirements_missing` where something else needs it.
    """
    colony, player = owned(states, command.colony, command.player)
    level = colony.buildings.get(command.building, 0)
    if level == 0:
        raise Rejected("not_found", "There is no such building.")
    if any(one.building == command.building for one in colony.constructions):
        raise Rejected("in_progress", "Cancel its orders first.")
    needed_by = _needed_by(colony, command.building)
    if needed_by:
        raise Rejected("requirements_missing", needed_by=needed_by)
    rest = {name: n for name, n in colony.buildings.items() if name != command.building}
    event = BuildingDemolished(
        building=command.building,
        level=level,
        accrual=accrue(colony.stock, now_ms),
        production=production(replace(colony, buildings=rest), player.modifiers),
    )
    result = {"colony": colony.id, "building": command.building, "level": 0}
    return Outcome(events=((state.ref(colony.id), event),), result=result)


def _needed_by(colony: Colony, building: str) -> list[str]:
    """Name what stands or is ordered here and can't be without the building."""
    standing = {*colony.buildings, *(one.building for one in colony.constructions)}
    training = {one.unit for one in colony.trainings}
    needy = [name for name in standing if building in BUILDINGS[name].buildings]
    needy += [name for name in training if building in UNITS[name].buildings]
    return sorted(needy)
