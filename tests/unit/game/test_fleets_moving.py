"""Fleets launch, fly by the server's times, change course in flight, and stop."""

from itertools import pairwise
from math import ceil

from app.core.message import Ref
from app.game.fleets.model.events import (
    CourseSet,
    FleetStopped,
    SectorEntered,
)
from app.game.fleets.model.state import along
from app.game.galaxy.model.map import sector_at
from tests.unit.game.armada import GALAXY, Armada, Idle
from tests.unit.game.world import HOUR_MS, SECOND_MS, START_MS


def test_a_launch_makes_a_fleet_at_the_colony(world: Armada) -> None:
    colony = world.player().colonies[0]
    fleet = world.launch(scout=3, fighter=2)
    state, home = world.fleet(fleet), world.colony(colony)
    assert (state.ships, state.home) == ({"scout": 3, "fighter": 2}, colony)
    assert (state.x_milli, state.y_milli) == (home.x_milli, home.y_milli)
    assert world.player().fleets == (fleet,)
    assert (home.units, home.away) == ({}, {"scout": 3, "fighter": 2})


def test_a_launch_answers_the_fleet_as_its_owner_sees_it(world: Armada) -> None:
    colony = world.player().colonies[0]
    world.set("colony", colony, units={"scout": 3})
    answer = world.order(
        "fleets.launch", colony=colony, ships={"scout": 2}, name="Eyes"
    )
    view = world.snapshot("player:ann")["fleets"][answer["fleet"]]
    assert answer == {"fleet": answer["fleet"]} | view
    assert (view["name"], view["speed"], view["path"]) == ("Eyes", 24, [])
    assert world.colony(colony).units == {"scout": 1}


def test_launched_ships_cost_their_home_what_they_did_before(world: Armada) -> None:
    colony = world.player().colonies[0]
    world.set("colony", colony, units={"frigate": 20})
    before = world.colony(colony).stock.production
    world.order("fleets.launch", colony=colony, ships={"frigate": 20})
    world.set("colony", colony)
    assert world.colony(colony).stock.production == before


def test_a_move_answers_departure_arrival_and_path(world: Armada, fleet: str) -> None:
    start = world.near(fleet)
    to = world.clear(fleet, 240)
    answer = world.move(fleet, to)
    speed = 24 * world.speed_percent(fleet) / 100
    lasts_ms = ceil(round(240 / speed * 1_000, 6))
    assert answer["depart_ms"] == START_MS
    assert answer["arrive_ms"] == START_MS + lasts_ms
    assert answer["path"] == [
        {**start, "at_ms": START_MS},
        {**to, "at_ms": START_MS + lasts_ms},
    ]
    assert answer["corrected_ms"] == 0


def test_the_slowest_ship_sets_the_speed(world: Armada) -> None:
    fleet = world.launch(scout=3, battleship=1)
    answer = world.move(fleet, world.clear(fleet, 200))
    speed = 4 * world.speed_percent(fleet) / 100
    lasts_ms = answer["arrive_ms"] - answer["depart_ms"]
    assert lasts_ms == ceil(round(200 / speed * 1_000, 6))


def test_research_makes_new_courses_faster_but_not_the_present_one(
    world: Armada, fleet: str
) -> None:
    slow = world.move(fleet, world.clear(fleet, 200))
    world.set("player", "ann", modifiers={"speed": 100})
    state = world.fleet(fleet)
    assert state.course is not None
    assert state.course.arrive_ms == slow["arrive_ms"]
    world.order("fleets.stop", fleet=fleet)
    fast = world.move(fleet, world.clear(fleet, 200))
    lasts_ms = [one["arrive_ms"] - one["depart_ms"] for one in (slow, fast)]
    assert lasts_ms[1] == ceil(lasts_ms[0] / 2)


def test_weather_of_the_departure_changes_the_speed(world: Armada, fleet: str) -> None:
    lasted = {}
    to = world.clear(fleet, 100)
    for _ in range(60):
        percent = world.speed_percent(fleet)
        answer = world.move(fleet, to)
        lasted[percent] = answer["arrive_ms"] - answer["depart_ms"]
        world.wait(HOUR_MS)
        home = world.fleet(fleet).home
        world.set(
            "fleet", fleet, x_milli=world.colony(home).x_milli,
            y_milli=world.colony(home).y_milli,
        )  # fmt: skip
    assert len(lasted) > 2
    for percent, lasts_ms in lasted.items():
        assert lasts_ms == ceil(round(100 / (24 * percent / 100) * 1_000, 6))


def test_an_arrival_is_exact_to_the_millisecond(world: Armada, fleet: str) -> None:
    to = world.clear(fleet, 240)
    arrive_ms = world.move(fleet, to)["arrive_ms"]
    world.wait(arrive_ms - world.now_ms - 1)
    assert world.fleet(fleet).course is not None
    world.wait(1)
    state = world.fleet(fleet)
    assert state.course is None
    assert world.near(fleet) == to
    stopped = world.events("fleet", fleet)[-1]
    assert isinstance(stopped, FleetStopped)
    assert (stopped.at_ms, stopped.is_arrival) == (arrive_ms, True)


def test_an_arrival_is_exact_however_late_it_is_settled() -> None:
    world = Idle()
    world.home()
    fleet = world.launch(scout=3)
    arrive_ms = world.move(fleet, world.clear(fleet, 240))["arrive_ms"]
    world.wait(3 * HOUR_MS)
    world.order("fleets.rename", fleet=fleet, name="Late")
    happened = world.events("fleet", fleet)
    stopped = next(one for one in happened if isinstance(one, FleetStopped))
    assert stopped.at_ms == arrive_ms
    assert world.fleet(fleet).since_ms == arrive_ms


def test_borders_are_crossed_at_the_first_millisecond_behind(
    world: Armada, fleet: str
) -> None:
    answer = world.move(fleet, world.clear(fleet, 350))
    course = world.fleet(fleet).course
    assert course is not None
    world.wait(answer["arrive_ms"] - world.now_ms)
    crossings = [
        one for one in world.events("fleet", fleet) if isinstance(one, SectorEntered)
    ]
    assert len(crossings) >= 3
    for one in crossings:
        assert sector_at(*along(course.path, one.at_ms)) == one.sector
        assert sector_at(*along(course.path, one.at_ms - 1)) == one.left
    for before, after in pairwise(crossings):
        assert before.sector == after.left


def test_nothing_but_crossings_happens_on_the_way(world: Armada, fleet: str) -> None:
    answer = world.move(fleet, world.clear(fleet, 350))
    before = len(world.journal)
    world.wait(answer["arrive_ms"] - world.now_ms - 1)
    happened = {type(event) for _ref, event in world.journal[before:]}
    assert happened == {SectorEntered}


def test_a_course_changed_in_flight_begins_where_the_fleet_is(
    world: Armada, fleet: str
) -> None:
    first = world.move(fleet, world.clear(fleet, 300))
    world.wait(5 * SECOND_MS + 7)
    here = world.near(fleet)
    assert here not in (first["path"][0], first["path"][-1])
    home = {key: first["path"][0][key] for key in ("x", "y")}
    second = world.move(fleet, home)
    assert second["path"][0] == {**here, "at_ms": world.now_ms}
    world.wait(HOUR_MS)
    assert world.near(fleet) == home
    arrivals = [
        one for one in world.events("fleet", fleet) if isinstance(one, FleetStopped)
    ]
    assert [one.at_ms for one in arrivals] == [second["arrive_ms"]]
    assert world.timers == {}


def test_a_stop_lets_the_fleet_stand_where_it_is(world: Armada, fleet: str) -> None:
    world.move(fleet, world.clear(fleet, 300))
    world.move(fleet, world.clear(fleet, 100), queue=True)
    world.wait(5 * SECOND_MS)
    here = world.near(fleet)
    answer = world.order("fleets.stop", fleet=fleet)
    assert answer == {"fleet": fleet, **here, "at_ms": world.now_ms}
    state = world.fleet(fleet)
    assert (state.course, state.order, state.queue) == (None, None, ())
    assert world.timers == {}
    world.wait(HOUR_MS)
    assert world.near(fleet) == here


def test_stopping_what_stands_is_no_event(world: Armada, fleet: str) -> None:
    before = len(world.journal)
    world.order("fleets.stop", fleet=fleet)
    assert len(world.journal) == before


def test_moving_to_where_one_is_arrives_at_once(world: Armada, fleet: str) -> None:
    answer = world.move(fleet, world.near(fleet))
    assert answer["arrive_ms"] == answer["depart_ms"] == START_MS
    world.wait(0)
    assert world.fleet(fleet).course is None


def test_via_points_are_passed_in_turn(world: Armada, fleet: str) -> None:
    start = world.near(fleet)
    via = world.clear(fleet, 100)
    answer = world.move(fleet, start, via=[via])
    assert [{"x": one["x"], "y": one["y"]} for one in answer["path"]] == [
        start, via, start,
    ]  # fmt: skip


def test_a_predicted_arrival_is_corrected_and_kept_as_a_claim(
    world: Armada, fleet: str
) -> None:
    to = world.clear(fleet, 200)
    claim = START_MS + 1_000
    answer = world.move(fleet, to, predicted_arrival_ms=claim)
    assert answer["corrected_ms"] == answer["arrive_ms"] - claim
    (course,) = [
        one for one in world.events("fleet", fleet) if isinstance(one, CourseSet)
    ]
    assert course.predicted_ms == claim


def test_paths_lead_around_hazards(world: Armada, fleet: str) -> None:
    for planet in GALAXY.homes:
        answer = world.move(
            fleet, {"x": planet.x_milli / 1_000, "y": planet.y_milli / 1_000}
        )
        if len(answer["path"]) > 2:
            break
        world.order("fleets.stop", fleet=fleet)
    assert len(answer["path"]) > 2
    world.wait(HOUR_MS)
    entered = {
        one.sector
        for one in world.events("fleet", fleet)
        if isinstance(one, SectorEntered)
    }
    assert entered
    assert not entered & set(GALAXY.hazards)


def test_two_orders_at_the_same_millisecond_leave_the_later_one(
    world: Armada, fleet: str
) -> None:
    there = world.clear(fleet, 200)
    world.move(fleet, there)
    here = world.near(fleet)
    second = world.move(fleet, here)
    assert second["depart_ms"] == second["arrive_ms"] == world.now_ms
    world.wait(HOUR_MS)
    assert world.near(fleet) == here
    assert world.timers == {}


def test_sensors_follow_research_with_the_next_course(
    world: Armada, fleet: str
) -> None:
    assert world.fleet(fleet).sensor_milli == 600_000
    world.set("player", "ann", modifiers={"sensor_range": 10})
    world.move(fleet, world.clear(fleet, 100))
    assert world.fleet(fleet).sensor_milli == 660_000
    assert world.states[Ref("fleet", fleet)].sensor_milli == 660_000
