"""Say what a colony's views look like."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, NotRequired, TypedDict

from app.core.shapes import each_of, some_of
from app.core.units import Decimal
from app.game.colonies.model.buildings import BUILDINGS
from app.game.colonies.model.shapes import (
    BuildingName,
    Levels,
    PlanetTypeName,
    RegionName,
    Ships,
    TechnologyName,
    UnitName,
)
from app.game.colonies.model.stock import RESOURCES, Goods, Resource, ShownStock
from app.game.colonies.model.units import UNITS


class Signpost(TypedDict):
    """What a colony is, and where."""

    id: str
    name: str
    x: Decimal
    y: Decimal
    region: RegionName
    planet_type: PlanetTypeName


class Contest(TypedDict):
    """Who presses a colony: fleets, a battle, an occupier; empty for none."""

    blockades: tuple[str, ...]
    battle: str
    occupier: str
    occupied_until_ms: int


class Plan(TypedDict):
    """What was paid for an order, and when it is its turn and done."""

    order: str
    paid: Goods
    started_ms: int
    complete_ms: int


class ConstructionOrder(Plan):
    """A building's next level in a colony's queue."""

    kind: Literal["building"]
    level: int
    building: BuildingName


class TrainingOrder(Plan):
    """A batch of units in a colony's queue."""

    kind: Literal["training"]
    unit: UnitName
    count: int


QueuedOrder = ConstructionOrder | TrainingOrder


class UnderWay(TypedDict):
    """What a colony is building, as those see who see the colony."""

    order: str
    building: BuildingName
    level: int
    started_ms: int
    complete_ms: int


class ColonyView(Signpost, Contest):
    """A colony as its owner sees it."""

    founded_ms: int
    resources: ShownStock
    buildings: Levels
    queue: list[QueuedOrder]
    units: Ships
    away: Ships
    stationed: tuple[str, ...]


class PublicColony(Signpost, Contest):
    """A colony as those see it whose vision covers it."""

    player: str
    username: str
    buildings: Levels
    construction: UnderWay | None


class HiddenColony(TypedDict):
    """A colony in the fog: an icon."""

    id: str
    x: Decimal
    y: Decimal
    hidden: Literal[True]


ColonyBroadcast = Literal[
    "colonies.founded",
    "colonies.building_started",
    "colonies.building_queued",
    "colonies.building_completed",
    "colonies.building_cancelled",
    "colonies.training_started",
    "colonies.training_queued",
    "colonies.training_completed",
    "colonies.training_cancelled",
    "colonies.demolished",
    "colonies.renamed",
    "colonies.minded",
    "colonies.rates_changed",
    "colonies.research_paid",
    "colonies.research_refunded",
    "colonies.units_launched",
    "colonies.units_landed",
    "colonies.upkeep_released",
    "colonies.upkeep_assumed",
    "colonies.goods_shipped",
    "colonies.goods_delivered",
    "colonies.fleet_stationed",
    "colonies.fleet_relieved",
    "colonies.blockade_begun",
    "colonies.blockade_ended",
    "colonies.siege_begun",
    "colonies.siege_ended",
    "colonies.occupied",
    "colonies.occupation_ended",
]


class ColonyAbout(TypedDict):
    """What a broadcast of a colony was about, for notices."""

    type: ColonyBroadcast
    colony: str
    order: NotRequired[str]
    building: NotRequired[BuildingName]
    level: NotRequired[int]
    unit: NotRequired[UnitName]
    count: NotRequired[int]
    project: NotRequired[str]
    technology: NotRequired[TechnologyName]
    fleet: NotRequired[str]


class ColonyTold(ColonyAbout):
    """A broadcast of a colony to its owner."""

    changes: Annotated[dict[str, Any], some_of(ColonyView)]


class ColonySeen(ColonyAbout):
    """A broadcast of a colony to those whose vision covers it."""

    changes: Annotated[dict[str, Any], some_of(PublicColony)]


class ColonySpotted(ColonyAbout):
    """A broadcast of a colony to those who don't see it."""

    changes: HiddenColony


class Requires(TypedDict):
    """Levels that must stand or be known before."""

    buildings: Mapping[BuildingName, int]
    technologies: Mapping[TechnologyName, int]


class Growth(TypedDict):
    """How a figure of a table grows: multiplied by `factor`, rounded down."""

    times: int
    by: int
    factor: str


class BuildingRules(TypedDict):
    """A building at level 1."""

    cost: Mapping[Resource, int]
    time_ms: int
    output_per_hour: Mapping[Resource, int]
    draw_per_hour: int
    effects: Mapping[str, int]
    requires: Requires


class UnitRules(TypedDict):
    """A unit; `counters` is the percent of damage that it does to others."""

    cost: Mapping[Resource, int]
    time_ms: int
    hp: int
    attack: int
    defense: int
    speed: int
    range: int
    fire_rate: int
    cargo: int
    sensor: int
    upkeep: int
    counters: Mapping[UnitName, int]
    requires: Requires


class BuildingGrowth(TypedDict):
    """How buildings grow by level."""

    level_max: int
    cost: Growth
    time: Growth
    output: Growth
    storage: Growth


class Base(TypedDict):
    """What every colony has before anything is built."""

    output_per_hour: Mapping[Resource, int]
    storage: Annotated[Mapping[Resource, int], each_of(RESOURCES)]


class ColonyRules(TypedDict):
    """The rules of colonies."""

    buildings: Annotated[dict[BuildingName, BuildingRules], each_of(BUILDINGS)]
    units: Annotated[dict[UnitName, UnitRules], each_of(UNITS)]
    growth: BuildingGrowth
    base: Base
    queue_max: int
    refund_percent: int
