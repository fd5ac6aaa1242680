"""Gather from the history's events what detectors look at."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from app.core.message import Event
from app.core.units import SECOND_MS
from app.game.anticheat.model.happened import Happened
from app.game.anticheat.model.traces import Claim, Forecast, Leg
from app.game.anticheat.rules.speed import distance_milli
from app.game.colonies.model.events import ClaimNoted
from app.game.fleets.model.events import (
    BattleEntered,
    CourseSet,
    FleetLaunched,
    FleetStopped,
)

SIGHTINGS: tuple[type[Event], ...] = (
    FleetLaunched,
    CourseSet,
    FleetStopped,
    BattleEntered,
)
"""Events that tell where a fleet is."""

Place = tuple[int, int]


class _Sighting(NamedTuple):
    place: Place
    at_ms: int
    speed_milli: int


def claims_of(
    history: Iterable[Happened], capacities: Mapping[str, Mapping[str, int]]
) -> dict[str, list[Claim]]:
    """Give the claims beyond the truth, by player."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for one in history:
        if isinstance(one.event, ClaimNoted):
            claim = Claim(
                at_ms=one.event.at_ms,
                colony=one.subject,
                claimed=one.event.claimed,
                held=one.event.held,
                capacity=dict(capacities.get(one.subject, {})),
            )
            found[one.player].append(claim)
    return found


def forecasts_of(history: Iterable[Happened]) -> dict[str, list[Forecast]]:
    """Give the arrivals that clients claimed, by player."""
    found: dict[str, list[Forecast]] = defaultdict(list)
    for one in history:
        if isinstance(one.event, CourseSet) and one.event.predicted_ms:
            found[one.player].append(_forecast(one.subject, one.event))
    return found


def legs_of(
    history: Iterable[Happened],
    before: Mapping[str, Happened],
    owners: Mapping[str, str],
) -> list[Leg]:
    """Give the ways of all fleets, from what was known last `before` the history."""
    last = {fleet: _sighting(one.event) for fleet, one in before.items()}
    legs: list[Leg] = []
    for one in history:
        if not isinstance(one.event, SIGHTINGS):
            continue
        fleet, seen = one.subject, _sighting(one.event)
        ways = [(last[fleet], seen)] if fleet in last else []
        ways += pairwise(_planned(one.event))
        legs += [_leg(fleet, owners.get(fleet, one.player), *way) for way in ways]
        last[fleet] = seen
    return legs


def _forecast(fleet: str, event: CourseSet) -> Forecast:
    path = event.course.path
    start, end = ((point.x_milli, point.y_milli) for point in (path[0], path[-1]))
    points = (*event.order.points, end) if event.order.kind == "move" else (end,)
    return Forecast(
        at_ms=event.course.depart_ms,
        fleet=fleet,
        claimed_ms=event.predicted_ms,
        arrive_ms=event.course.arrive_ms,
        travel_ms=_length((start, *points)) * SECOND_MS // max(1, event.speed_milli),
    )


def _length(places: Sequence[Place]) -> int:
    return sum(distance_milli(start, end) for start, end in pairwise(places))


def _sighting(event: Event) -> _Sighting:
    match event:
        case CourseSet(course=course, speed_milli=speed_milli):
            start = course.path[0]
            place = start.x_milli, start.y_milli
            return _Sighting(place, start.at_ms, speed_milli)
        case FleetLaunched() | FleetStopped() | BattleEntered():
            return _Sighting((event.x_milli, event.y_milli), event.at_ms, 0)
    raise TypeError(event)


def _planned(event: Event) -> Iterator[_Sighting]:
    """Give the waypoints of a course that is set."""
    if isinstance(event, CourseSet):
        for point in event.course.path:
            place = point.x_milli, point.y_milli
            yield _Sighting(place, point.at_ms, event.speed_milli)


def _leg(fleet: str, player: str, start: _Sighting, end: _Sighting) -> Leg:
    return Leg(
        fleet=fleet,
        player=player,
        from_milli=start.place,
        to_milli=end.place,
        from_ms=start.at_ms,
        to_ms=end.at_ms,
        speed_milli=start.speed_milli,
    )
