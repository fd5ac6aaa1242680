"""Keep what a player researches, and the tree of what can be researched.

Costs are whole units at level 1; all numbers are (tune).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from app.core.message import Event, Ref
from app.core.units import SECOND_MS, to_milli

KIND = "research"

PROJECTS_PER_LAB_MAX = 5
COST_GROWTH = (8, 5)
TIME_GROWTH = (3, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Technology:
    """Describe one technology; `effects` are what every level adds to a modifier."""

    branch: str
    cost: Mapping[str, int]
    time_s: int
    level_max: int
    effects: Mapping[str, int]
    lab: int = 1
    technologies: Mapping[str, int] = field(default_factory=dict)

    @property
    def buildings(self) -> Mapping[str, int]:
        """Give the levels of buildings that it needs."""
        return {"research_lab": self.lab}


def _costs(minerals: int, energy: int, rare_elements: int = 0) -> dict[str, int]:
    costs = {"minerals": minerals, "energy": energy, "rare_elements": rare_elements}
    return {resource: units for resource, units in costs.items() if units}


TECHNOLOGIES: Mapping[str, Technology] = {
    "mining_drills": Technology(
        branch="economy",
        cost=_costs(100, 80),
        time_s=15,
        level_max=20,
        effects={"minerals_rate": 5},
    ),
    "reactor_design": Technology(
        branch="economy",
        cost=_costs(90, 100),
        time_s=15,
        level_max=20,
        effects={"energy_rate": 5},
    ),
    "refining": Technology(
        branch="economy",
        cost=_costs(180, 160, 10),
        time_s=30,
        level_max=20,
        effects={"rare_elements_rate": 5},
        lab=2,
        technologies={"mining_drills": 2},
    ),
    "hydroponics": Technology(
        branch="economy",
        cost=_costs(120, 90),
        time_s=20,
        level_max=20,
        effects={"population_rate": 5},
    ),
    "logistics": Technology(
        branch="economy",
        cost=_costs(150, 100),
        time_s=25,
        level_max=20,
        effects={"storage": 10},
        technologies={"mining_drills": 1},
    ),
    "automation": Technology(
        branch="economy",
        cost=_costs(220, 220, 20),
        time_s=40,
        level_max=10,
        effects={"build_speed": 5},
        lab=2,
        technologies={"reactor_design": 2, "logistics": 1},
    ),
    "ballistics": Technology(
        branch="military",
        cost=_costs(140, 100),
        time_s=20,
        level_max=20,
        effects={"attack": 5},
    ),
    "armor_plating": Technology(
        branch="military",
        cost=_costs(180, 80),
        time_s=25,
        level_max=20,
        effects={"hp": 5},
    ),
    "deflectors": Technology(
        branch="military",
        cost=_costs(160, 240, 15),
        time_s=40,
        level_max=20,
        effects={"defense": 5},
        lab=3,
        technologies={"armor_plating": 2, "reactor_design": 2},
    ),
    "targeting": Technology(
        branch="military",
        cost=_costs(150, 200, 15),
        time_s=40,
        level_max=10,
        effects={"range": 3},
        lab=2,
        technologies={"ballistics": 2},
    ),
    "mass_production": Technology(
        branch="military",
        cost=_costs(260, 200, 20),
        time_s=50,
        level_max=10,
        effects={"train_speed": 10},
        lab=3,
        technologies={"automation": 1},
    ),
    "capital_hulls": Technology(
        branch="military",
        cost=_costs(600, 400, 80),
        time_s=120,
        level_max=5,
        effects={"hp": 5},
        lab=6,
        technologies={"armor_plating": 5, "mass_production": 3},
    ),
    "propulsion": Technology(
        branch="expansion",
        cost=_costs(120, 160),
        time_s=25,
        level_max=20,
        effects={"speed": 5},
    ),
    "sensors": Technology(
        branch="expansion",
        cost=_costs(100, 140),
        time_s=20,
        level_max=20,
        effects={"sensor_range": 10},
    ),
    "cargo_holds": Technology(
        branch="expansion",
        cost=_costs(180, 100),
        time_s=25,
        level_max=20,
        effects={"cargo": 10},
        technologies={"logistics": 1},
    ),
    "supply_lines": Technology(
        branch="expansion",
        cost=_costs(200, 220, 15),
        time_s=40,
        level_max=10,
        effects={"upkeep": -4},
        lab=2,
        technologies={"propulsion": 2, "cargo_holds": 1},
    ),
    "terraforming": Technology(
        branch="expansion",
        cost=_costs(300, 260, 25),
        time_s=60,
        level_max=20,
        effects={"housing": 10},
        lab=3,
        technologies={"hydroponics": 3},
    ),
    "colonisation": Technology(
        branch="expansion",
        cost=_costs(800, 800, 100),
        time_s=150,
        level_max=10,
        effects={"colonies": 1},
        lab=4,
        technologies={"propulsion": 3, "hydroponics": 2},
    ),
    "protocol": Technology(
        branch="diplomacy",
        cost=_costs(100, 120),
        time_s=20,
        level_max=10,
        effects={"treaties": 1},
    ),
    "trade_law": Technology(
        branch="diplomacy",
        cost=_costs(160, 120),
        time_s=30,
        level_max=10,
        effects={"market_fee": -3},
        technologies={"protocol": 1},
    ),
    "brokerage": Technology(
        branch="diplomacy",
        cost=_costs(220, 180, 10),
        time_s=40,
        level_max=10,
        effects={"market_orders": 5},
        lab=2,
        technologies={"trade_law": 2},
    ),
    "cultural_exchange": Technology(
        branch="diplomacy",
        cost=_costs(200, 200, 10),
        time_s=40,
        level_max=10,
        effects={"alliance_members": 2},
        lab=2,
        technologies={"protocol": 2},
    ),
    "shared_science": Technology(
        branch="diplomacy",
        cost=_costs(260, 300, 20),
        time_s=60,
        level_max=10,
        effects={"research_speed": 5},
        lab=3,
        technologies={"cultural_exchange": 1},
    ),
    "intelligence": Technology(
        branch="diplomacy",
        cost=_costs(240, 320, 30),
        time_s=60,
        level_max=10,
        effects={"sensor_range": 5},
        lab=3,
        technologies={"protocol": 2, "sensors": 2},
    ),
}


def modifiers(levels: Mapping[str, int]) -> dict[str, int]:
    """Sum what all learned levels give."""
    sums: dict[str, int] = {}
    for technology, level in levels.items():
        for name, each in TECHNOLOGIES[technology].effects.items():
            sums[name] = sums.get(name, 0) + each * level
    return sums


def cost(technology: str, level: int) -> dict[str, int]:
    """Give what a level costs, in milli-units."""
    multiple, part = COST_GROWTH[0] ** (level - 1), COST_GROWTH[1] ** (level - 1)
    return {
        resource: to_milli(base * multiple // part)
        for resource, base in TECHNOLOGIES[technology].cost.items()
    }


def duration_ms(technology: str, level: int, speed_percent: int) -> int:
    """Give how long a level takes, at `100 + speed_percent` of the pace."""
    multiple, part = TIME_GROWTH[0] ** (level - 1), TIME_GROWTH[1] ** (level - 1)
    base_ms = TECHNOLOGIES[technology].time_s * SECOND_MS * multiple // part
    lasts_ms: int = base_ms * 100 // (100 + speed_percent)
    return lasts_ms


class Project(Struct, frozen=True, kw_only=True):
    """Hold a level under way in the lab of a colony, which paid for it."""

    id: str
    technology: str
    level: int
    colony: str
    paid: dict[str, int]
    started_ms: int
    complete_ms: int


class Research(Struct, frozen=True, kw_only=True):
    """Hold a player's running projects; the id of the aggregate is the player's."""

    projects: tuple[Project, ...] = ()


class ResearchStarted(Event, frozen=True, kw_only=True):
    """Record a new project."""

    project: Project


class ResearchCompleted(Event, frozen=True, kw_only=True):
    """Record that a project reached its level."""

    project: str
    technology: str
    level: int


class ResearchCancelled(Event, frozen=True, kw_only=True):
    """Record that a project was given up."""

    project: str
    technology: str
    level: int


EVENTS: tuple[type[Event], ...] = (
    ResearchStarted,
    ResearchCompleted,
    ResearchCancelled,
)


def ref(player_id: str) -> Ref:
    """Name the aggregate of a player's research."""
    return Ref(KIND, player_id)


def evolve(research: Research | None, event: Event) -> Research:
    """Apply an event to a player's research.

    Raises:
        TypeError: the event is not one of research.
    """
    running = research.projects if research else ()
    match event:
        case ResearchStarted(project=project):
            return Research(projects=(*running, project))
        case ResearchCompleted(project=ended) | ResearchCancelled(project=ended):
            return Research(projects=tuple(one for one in running if one.id != ended))
    raise TypeError(event)
