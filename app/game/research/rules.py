"""Say what may happen in research: start, cancel, complete, pass on what it gives."""

from typing import Any

import app.game.players.model as players
from app.core import chance
from app.core.decider import Due, Needs, Outcome, States
from app.core.message import Command, Event, Ref, Rejected
from app.game.colonies.model import buildings
from app.game.colonies.model import state as colonies
from app.game.colonies.model.events import (
    RatesChanged,
    ResearchPaid,
    ResearchRefunded,
)
from app.game.colonies.model.production import production
from app.game.colonies.model.state import Colony
from app.game.colonies.model.stock import Accrual, accrue, in_units, settle
from app.game.colonies.model.terms import (
    check_paid,
    check_requirements,
    owned,
    refund,
)
from app.game.players.model import Player, TechnologyLearned
from app.game.research import model
from app.game.research.model import Project, Research


class StartResearch(Command, frozen=True, kw_only=True):
    """Research the next level of a technology in the lab of a colony."""

    colony: str
    technology: str


class CancelResearch(Command, frozen=True, kw_only=True):
    """Give up the running project of a technology."""

    technology: str


class CompleteResearch(Command, frozen=True, kw_only=True):
    """Complete a project: a timer's command, set when it starts."""

    project: str


class SpreadTechnology(Command, frozen=True, kw_only=True):
    """Bring a colony's rates up to its owner's research: follows each completion."""

    colony: str


def start_loads(command: StartResearch) -> tuple[Ref, ...]:
    """Name the research, the player and the colony that pays."""
    return (*loads(command), colonies.ref(command.colony))


def loads(command: Command) -> tuple[Ref, ...]:
    """Name the research and the player."""
    return (model.ref(command.player), players.ref(command.player))


def spread_loads(command: SpreadTechnology) -> tuple[Ref, ...]:
    """Name the colony and its owner."""
    return (colonies.ref(command.colony), players.ref(command.player))


def start(states: States, command: StartResearch, now_ms: int) -> Outcome:
    """Pay for the level from the colony's stock and start it at once.

    Raises:
        Rejected: `not_found`, `in_progress`, `level_max`, `requirements_missing`,
            `queue_full`, `not_enough_resources`.
    """
    colony, player = owned(states, command.colony, command.player)
    projects = _projects(states, command.player)
    technology = model.TECHNOLOGIES[command.technology]
    _check_level(player, projects, command.technology)
    check_requirements(colony, player, technology.buildings, technology.technologies)
    _check_lab(colony, projects)
    project = _project(colony, player, command, now_ms)
    paid = _paid(colony, project, now_ms)
    started = model.ResearchStarted(project=project)
    return Outcome(
        events=((colonies.ref(colony.id), paid), (model.ref(player.id), started)),
        due=(_due(player, project),),
        result=_answer(project),
    )


def _paid(colony: Colony, project: Project, now_ms: int) -> ResearchPaid:
    accrual = accrue(colony.stock, now_ms)
    check_paid(settle(colony.stock, accrual), project.paid)
    return ResearchPaid(
        project=project.id,
        technology=project.technology,
        paid=project.paid,
        accrual=accrual,
    )


def _projects(states: States, player_id: str) -> tuple[Project, ...]:
    research: Research | None = states[model.ref(player_id)]
    return research.projects if research else ()


def _check_level(
    player: Player, projects: tuple[Project, ...], technology: str
) -> None:
    if any(one.technology == technology for one in projects):
        raise Rejected("in_progress", "This technology is being researched.")
    level_max = model.TECHNOLOGIES[technology].level_max
    if player.technologies.get(technology, 0) >= level_max:
        raise Rejected("level_max", level_max=level_max)


def _check_lab(colony: Colony, projects: tuple[Project, ...]) -> None:
    running = sum(one.colony == colony.id for one in projects)
    allowed = min(colony.buildings.get("research_lab", 0), model.PROJECTS_PER_LAB_MAX)
    if running >= allowed:
        raise Rejected("queue_full", "The lab has its hands full.", queue_max=allowed)


def _project(
    colony: Colony, player: Player, command: StartResearch, now_ms: int
) -> Project:
    level = player.technologies.get(command.technology, 0) + 1
    speed = player.modifiers.get("research_speed", 0)
    speed += buildings.effect(colony.buildings, "research_speed")
    lasts_ms = model.duration_ms(command.technology, level, speed)
    return Project(
        id=chance.name(command.id, "project", now_ms),
        technology=command.technology,
        level=level,
        colony=colony.id,
        paid=model.cost(command.technology, level),
        started_ms=now_ms,
        complete_ms=now_ms + lasts_ms,
    )


def _due(player: Player, project: Project) -> Due:
    command = CompleteResearch(id=_timer(project), player=player.id, project=project.id)
    return Due(at_ms=project.complete_ms, command=command)


def _timer(project: Project) -> str:
    return f"{project.id}.{project.complete_ms}"


def _answer(project: Project) -> dict[str, Any]:
    return {
        "project": project.id,
        "technology": project.technology,
        "level": project.level,
        "colony": project.colony,
        "started_ms": project.started_ms,
        "complete_ms": project.complete_ms,
    }


def cancel(states: States, command: CancelResearch, now_ms: int) -> Outcome:
    """Give the project up; part of its price goes back to the colony that paid.

    Raises:
        Needs: the colony that paid.
        Rejected: `not_found`.
    """
    project = _running(states, command)
    payer = colonies.ref(project.colony)
    if payer not in states:
        raise Needs(payer)
    colony, player = owned(states, project.colony, command.player)
    refunded, cancelled = _given_up(project, accrue(colony.stock, now_ms))
    return Outcome(
        events=((payer, refunded), (model.ref(player.id), cancelled)),
        drop=(_timer(project),),
        result={
            "project": project.id,
            "technology": project.technology,
            "refund": in_units(refunded.refunded),
        },
    )


def _running(states: States, command: CancelResearch) -> Project:
    for project in _projects(states, command.player):
        if project.technology == command.technology:
            return project
    raise Rejected("not_found", "This technology is not being researched.")


def _given_up(
    project: Project, accrual: Accrual
) -> tuple[ResearchRefunded, model.ResearchCancelled]:
    refunded = ResearchRefunded(
        project=project.id,
        technology=project.technology,
        refunded=refund(project.paid),
        accrual=accrual,
    )
    cancelled = model.ResearchCancelled(
        project=project.id, technology=project.technology, level=project.level
    )
    return refunded, cancelled


def complete(states: States, command: CompleteResearch, now_ms: int) -> Outcome:
    """Learn the level, and let each colony of the player follow at the same moment."""
    projects = _projects(states, command.player)
    player: Player | None = states[players.ref(command.player)]
    found = [one for one in projects if one.id == command.project]
    if player is None or not found:
        return Outcome()
    technology, level = found[0].technology, found[0].level
    learned = TechnologyLearned(
        technology=technology,
        level=level,
        modifiers=model.modifiers(player.technologies | {technology: level}),
    )
    completed = model.ResearchCompleted(
        project=command.project, technology=technology, level=level
    )
    events: tuple[tuple[Ref, Event], ...] = (
        (model.ref(player.id), completed),
        (players.ref(player.id), learned),
    )
    return Outcome(events=events, due=_follow_ups(player, command, now_ms))


def _follow_ups(
    player: Player, command: CompleteResearch, now_ms: int
) -> tuple[Due, ...]:
    return tuple(
        Due(
            at_ms=now_ms,
            command=SpreadTechnology(
                id=f"{command.id}.{colony}", player=player.id, colony=colony
            ),
        )
        for colony in player.colonies
    )


def spread(states: States, command: SpreadTechnology, now_ms: int) -> Outcome:
    """Change the colony's rates and capacities where research changed them.

    Raises:
        Rejected: `not_found`, where the colony went to another owner meanwhile.
    """
    colony, player = owned(states, command.colony, command.player)
    new = production(colony, player.modifiers)
    if new == colony.stock.production:
        return Outcome()
    changed = RatesChanged(accrual=accrue(colony.stock, now_ms), production=new)
    return Outcome(events=((colonies.ref(colony.id), changed),))
