"""Compute courses: when a fleet is where, to the millisecond, in integers.

Every leg's time is rounded up. Positions on a leg are rounded down, and a border is
crossed at the first millisecond whose position lies behind it.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import isqrt

from app.core.units import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, to_milli
from app.game.fleets.model.state import Course, Fleet, Waypoint, along
from app.game.galaxy.model.grid import Point
from app.game.galaxy.model.map import SECTOR_MILLI, sector_at

TRAVEL_MAX_MS = HOUR_MS
"""How long one course may take (tune)."""
VIA_MAX = 10
"""Points that a move may pass on its way."""
MERGE_REACH_MILLI = to_milli(20)
"""How close two fleets have to be to merge (tune)."""
PATROL_POINTS_MIN, PATROL_POINTS_MAX = 2, 10
LOOP_MIN_MS = MINUTE_MS
"""How long a patrol's loop takes at least: each costs the cluster a commit (tune)."""
PATROL_MS = 7 * DAY_MS
"""How long a patrol goes on without being renewed (tune)."""


def leg_ms(start: Point, end: Point, speed_milli: int) -> int:
    """Give the least whole time in which a speed (milli-units a second) gets there."""
    squared = (end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2
    if squared == 0:
        return 0
    scaled = isqrt(squared * SECOND_MS**2 - 1) + 1
    return -(-scaled // speed_milli)


def course(
    course_id: str, points: Sequence[Point], speed_milli: int, depart_ms: int
) -> Course:
    """Fly through points, from the first; both ends stand in the course."""
    path = [Waypoint(*points[0], depart_ms)]
    for start, end in pairwise(points):
        lasts_ms = leg_ms(start, end, speed_milli)
        if lasts_ms:
            path.append(Waypoint(*end, path[-1].at_ms + lasts_ms))
    if len(path) == 1:
        path *= 2
    return Course(id=course_id, path=tuple(path))


def crossing(path: tuple[Waypoint, ...], after_ms: int) -> Waypoint | None:
    """Give where and when a path first leaves the sector that it is in at a time."""
    for start, end in pairwise(path):
        if end.at_ms > after_ms:
            at_ms = start.at_ms + _leaves(start, end, max(after_ms, start.at_ms))
            if at_ms <= end.at_ms:
                return Waypoint(*along(path, at_ms), at_ms)
    return None


def _leaves(start: Waypoint, end: Waypoint, after_ms: int) -> int:
    """Give the time from the start of a leg on at which it leaves a sector.

    After the leg's end where it doesn't leave it.
    """
    here_x, here_y = along((start, end), after_ms)
    whole_ms = end.at_ms - start.at_ms
    return min(
        _passes(start.x_milli, end.x_milli, here_x, whole_ms),
        _passes(start.y_milli, end.y_milli, here_y, whole_ms),
    )


def _passes(start: int, end: int, here: int, whole_ms: int) -> int:
    """Do so along one axis."""
    low = here // SECTOR_MILLI * SECTOR_MILLI
    if end > start:
        return -(-(low + SECTOR_MILLI - start) * whole_ms // (end - start))
    if end < start:
        return (start - low) * whole_ms // (start - end) + 1
    return whole_ms + 1


def next_crossing(fleet: Fleet) -> Waypoint | None:
    """Give where and when a fleet leaves its sector, if it does before it arrives."""
    if fleet.course is None:
        return None
    found = crossing(fleet.course.path, fleet.since_ms)
    if found is None or found.at_ms >= fleet.course.arrive_ms:
        return None
    return found


def sectors_ahead(fleet: Fleet) -> Iterator[str]:
    """Name the sector that a fleet is in, and those that its course enters."""
    yield fleet.sector
    if fleet.course is None:
        return
    path = fleet.course.path
    border = crossing(path, fleet.since_ms)
    while border is not None:
        yield sector_at(border.x_milli, border.y_milli)
        border = crossing(path, border.at_ms)


def arrival_timer(course_id: str) -> str:
    """Name the timer of a course's arrival."""
    return f"{course_id}.a"


def crossing_timer(course_id: str, at_ms: int) -> str:
    """Name the timer of a course's crossing."""
    return f"{course_id}.x{at_ms}"


def pending(fleet: Fleet) -> tuple[str, ...]:
    """Name the timers of a fleet's course: what ends the course drops them."""
    if fleet.course is None:
        return ()
    names = [arrival_timer(fleet.course.id)]
    border = next_crossing(fleet)
    if border is not None:
        names.append(crossing_timer(fleet.course.id, border.at_ms))
    return tuple(names)


def visit(fleet: Fleet) -> tuple[Waypoint, ...]:
    """Give a fleet's path inside of its sector, from entry to exit or stop.

    One point where it stands. Nothing of it lies in another sector.
    """
    if fleet.course is None:
        return (Waypoint(fleet.x_milli, fleet.y_milli, fleet.since_ms),)
    path = fleet.course.path
    border = crossing(path, fleet.since_ms)
    first_ms = max(fleet.since_ms, path[0].at_ms)
    last_ms = path[-1].at_ms if border is None else border.at_ms - 1
    inside = [one for one in path if first_ms < one.at_ms < last_ms]
    ends_ms = dict.fromkeys((first_ms, last_ms))
    first, *last = [Waypoint(*along(path, at_ms), at_ms) for at_ms in ends_ms]
    return (first, *inside, *last)
