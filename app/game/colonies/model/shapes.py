"""Say how colonies, planets and what they hold are named on the wire."""

from typing import Annotated

from app.core.shapes import called, one_of
from app.game.colonies.model.buildings import BUILDINGS
from app.game.colonies.model.units import UNITS
from app.game.galaxy.model.map import PLANET_PERCENT, REGIONS

BuildingName = Annotated[str, one_of("Building", BUILDINGS)]
UnitName = Annotated[str, one_of("Unit", UNITS)]
RegionName = Annotated[str, one_of("Region", REGIONS)]
PlanetTypeName = Annotated[str, one_of("PlanetType", PLANET_PERCENT)]
TechnologyName = Annotated[str, called("Technology")]

Levels = dict[BuildingName, int]
Ships = dict[UnitName, int]
