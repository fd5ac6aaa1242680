"""Say who hears of research: the player alone."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, TypedDict

from app.core.decider import Heard, States
from app.core.message import Event, Ref
from app.core.shapes import each_of, one_of, some_of
from app.core.units import SECOND_MS
from app.game.colonies.model.stock import Resource
from app.game.colonies.views.catalogue import FROM_FIRST, growth
from app.game.colonies.views.shapes import Growth, Requires
from app.game.players.views import room
from app.game.research import model
from app.game.research.model import (
    Project,
    Research,
    ResearchCancelled,
    ResearchCompleted,
    ResearchStarted,
    Technology,
)

TechnologyName = Annotated[str, one_of("Technology", model.TECHNOLOGIES)]


class ProjectView(TypedDict):
    """A technology's next level, being researched."""

    project: str
    technology: TechnologyName
    level: int
    colony: str
    started_ms: int
    complete_ms: int


class ResearchView(TypedDict):
    """What a player is researching."""

    projects: list[ProjectView]


class ResearchTold(TypedDict):
    """A broadcast of research to the player."""

    type: Literal["research.started", "research.completed", "research.cancelled"]
    technology: TechnologyName
    level: int
    changes: Annotated[dict[str, Any], some_of(ResearchView)]


class TechnologyRules(TypedDict):
    """A technology at level 1; every level adds `effects`."""

    branch: str
    cost: Mapping[Resource, int]
    time_ms: int
    level_max: int
    effects: Mapping[str, int]
    requires: Requires


class ResearchGrowth(TypedDict):
    """How technologies grow by level."""

    cost: Growth
    time: Growth


class ResearchRules(TypedDict):
    """The rules of research."""

    technologies: Annotated[
        dict[TechnologyName, TechnologyRules], each_of(model.TECHNOLOGIES)
    ]
    growth: ResearchGrowth
    projects_per_lab_max: int


def view(research: Research | None) -> ResearchView:
    """Show a player's research; there is none before the first project."""
    projects = research.projects if research else ()
    return {"projects": [_shown(project) for project in projects]}


def _shown(project: Project) -> ProjectView:
    return {
        "project": project.id,
        "technology": project.technology,
        "level": project.level,
        "colony": project.colony,
        "started_ms": project.started_ms,
        "complete_ms": project.complete_ms,
    }


def audience(ref: Ref, event: Event, states: States, _at_ms: int) -> Iterable[Heard]:
    """Say who hears an event of research. `changes` holds new fields of `view`.

    Raises:
        TypeError: the event is not one of research.
    """
    match event:
        case ResearchStarted(project=project):
            kind, technology, level = "started", project.technology, project.level
        case ResearchCompleted(technology=technology, level=level):
            kind = "completed"
        case ResearchCancelled(technology=technology, level=level):
            kind = "cancelled"
        case _:
            raise TypeError(event)
    payload = {
        "technology": technology,
        "level": level,
        "changes": view(states[ref]),
    }
    yield Heard(rooms=(room(ref.id),), type=f"research.{kind}", payload=payload)


def catalogue() -> ResearchRules:
    """Show the tree and how cost and time grow, for `GET /rules`."""
    return {
        "technologies": {
            name: _technology(one) for name, one in model.TECHNOLOGIES.items()
        },
        "growth": {
            "cost": growth(model.COST_GROWTH, FROM_FIRST),
            "time": growth(model.TIME_GROWTH, FROM_FIRST),
        },
        "projects_per_lab_max": model.PROJECTS_PER_LAB_MAX,
    }


def _technology(table: Technology) -> TechnologyRules:
    return {
        "branch": table.branch,
        "cost": table.cost,
        "time_ms": table.time_s * SECOND_MS,
        "level_max": table.level_max,
        "effects": table.effects,
        "requires": {
            "buildings": table.buildings,
            "technologies": table.technologies,
        },
    }
