"""Let a fleet set out: find the way, set the course and its timers, leave the post."""

from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import pairwise

from msgspec.structs import replace

from app.core import chance
from app.core.decider import Due, Outcome
from app.core.message import Event, Rejected
from app.game.colonies.model import state as colonies
from app.game.fleets.model import events, ships, shown, state, travel
from app.game.fleets.model.events import CourseSet, SensorsChanged
from app.game.fleets.model.leaving import entered, left_post
from app.game.fleets.model.state import Fleet, Order, position
from app.game.fleets.rules.command import FleetCommand, Moment
from app.game.galaxy.model import paths
from app.game.galaxy.model.grid import Point
from app.game.galaxy.model.map import region_at, sector_at
from app.game.galaxy.model.weather import weather
from app.game.players.model import Player

TOUCHED_MAX = 4
"""What a timer loads beside fleet and player: what is touched soonest."""


class CrossBorder(FleetCommand, frozen=True, kw_only=True):
    """Enter the next sector: a timer's command, set when a fleet enters the one before.

    `course` is the course on which it does.
    """

    course: str


class Arrive(FleetCommand, frozen=True, kw_only=True):
    """End a course: a timer's command, set with the course.

    `touched` are kind and id of what this order and those that wait are about, so that
    whoever comes there later finds this timer.
    """

    course: str
    touched: tuple[tuple[str, str], ...] = ()


def depart(moment: Moment, fleet: Fleet, order: Order) -> Outcome:
    """Set out from where the fleet is now, on its first leg of an order.

    Raises:
        Needs: the colony whose post it leaves.
        Rejected: `protected`, `path_blocked`, `out_of_range`.
    """
    player = moment.player(fleet.player)
    departed = planned(moment, player, fleet, order)
    own = (*sensed(fleet, player), *entered(fleet, moment.at_ms), departed)
    flying = reduce(events.evolve, own, fleet)
    ref = state.ref(fleet.id)
    return Outcome(
        events=(*left_post(moment.states, fleet), *((ref, event) for event in own)),
        due=(*border_due(flying), *arrival_due(flying)),
        drop=travel.pending(fleet),
        result={
            "fleet": fleet.id,
            "order": order.id,
            "depart_ms": departed.course.depart_ms,
            "arrive_ms": departed.course.arrive_ms,
            "path": shown.points(departed.course.path),
        },
    )


def planned(moment: Moment, player: Player, fleet: Fleet, order: Order) -> CourseSet:
    """Plan the course that leads through an order's points from where a fleet is.

    Raises:
        Rejected: `protected`, `path_blocked`, `out_of_range`.
    """
    start = position(fleet, moment.at_ms)
    legs = order.points[:1] if order.source else order.points
    points = [start]
    for leg in pairwise((start, *legs)):
        points += _way(moment, player, fleet, leg)[1:]
    sky = weather(moment.galaxy.seed, region_at(*start), moment.at_ms)
    speed = ships.speed_milli(fleet.ships, player.modifiers, sky.speed_percent)
    course_id = chance.name(moment.command_id, "course", fleet.id)
    course = travel.course(course_id, points, speed, moment.at_ms)
    if course.arrive_ms - course.depart_ms > travel.TRAVEL_MAX_MS:
        raise Rejected(
            "out_of_range",
            "That is too far for one course.",
            travel_ms=course.arrive_ms - course.depart_ms,
            travel_max_ms=travel.TRAVEL_MAX_MS,
        )
    return CourseSet(course=course, order=order, speed_milli=speed)


def _way(
    moment: Moment, player: Player, fleet: Fleet, leg: tuple[Point, Point]
) -> tuple[Point, ...]:
    is_armed = ships.has_warships(fleet.ships)
    target = sector_at(*leg[1])
    is_strange = target in moment.galaxy.protected and target not in player.sectors
    if is_armed and is_strange:
        raise Rejected("protected", "Strangers' warships are not let in.")
    found = paths.find(moment.galaxy, *leg, warships=is_armed, opened=player.sectors)
    if found is None:
        raise Rejected("path_blocked", "There is no way there.")
    return found


def sensed(fleet: Fleet, player: Player) -> Iterator[Event]:
    """Let a fleet see as far as research has come."""
    now_milli = ships.sensor_milli(fleet.ships, player.modifiers)
    if now_milli != fleet.sensor_milli:
        yield SensorsChanged(sensor_milli=now_milli)


def halted(fleet: Fleet, at_ms: int) -> Fleet:
    """Give a fleet as it stands at the end of its course."""
    x_milli, y_milli = position(fleet, at_ms)
    return replace(
        fleet,
        course=None,
        order=None,
        x_milli=x_milli,
        y_milli=y_milli,
        sector=sector_at(x_milli, y_milli),
        since_ms=at_ms,
    )


def border_due(fleet: Fleet) -> tuple[Due, ...]:
    """Set the timer of the next border on a fleet's course."""
    border = travel.next_crossing(fleet)
    if fleet.course is None or border is None:
        return ()
    command = CrossBorder(
        id=travel.crossing_timer(fleet.course.id, border.at_ms),
        player=fleet.player,
        fleet=fleet.id,
        course=fleet.course.id,
    )
    return (Due(at_ms=border.at_ms, command=command),)


def arrival_due(fleet: Fleet) -> tuple[Due, ...]:
    """Set the timer of the end of a fleet's course, in place of the one there was."""
    if fleet.course is None or fleet.order is None:
        return ()
    command = Arrive(
        id=travel.arrival_timer(fleet.course.id),
        player=fleet.player,
        fleet=fleet.id,
        course=fleet.course.id,
        touched=touched(fleet, (fleet.order, *fleet.queue)),
    )
    return (Due(at_ms=fleet.course.arrive_ms, command=command),)


def touched(fleet: Fleet, orders: Iterable[Order]) -> tuple[tuple[str, str], ...]:
    """Name what orders read or change beside fleet and player, soonest first.

    Those of the orders that wait count, too: what the fleet comes to do after an
    arrival must not be overtaken either (law L7).
    """
    about: list[tuple[str, str]] = []
    for order in orders:
        about += [(colonies.KIND, order.source)] if order.source else []
        about += [order.target] if order.target[1] else []
        if order.kind in ("attack", "colonise", "return"):
            about.append((colonies.KIND, fleet.home))
    return tuple(dict.fromkeys(about))
