"""Orders wait in a queue of ten, are done in turn, and fail with a code."""

from itertools import pairwise

from msgspec.structs import replace

from app.game.fleets.model.events import (
    FleetStopped,
    OrderFailed,
    OrderTaken,
)
from app.game.fleets.model.travel import LOOP_MIN_MS, PATROL_MS
from tests.unit.game.armada import GALAXY, Armada
from tests.unit.game.world import HOUR_MS, SECOND_MS, refused


def test_a_queued_order_of_an_idle_fleet_is_done_at_once(
    world: Armada, fleet: str
) -> None:
    answer = world.move(fleet, world.clear(fleet, 100), queue=True)
    assert answer["depart_ms"] == world.now_ms


def test_a_queued_order_waits_for_its_turn(world: Armada, fleet: str) -> None:
    start, there = world.near(fleet), world.clear(fleet, 100)
    first = world.move(fleet, there)
    second = world.move(fleet, start, queue=True)
    assert second == {"fleet": fleet, "order": second["order"], "queued": 1}
    world.wait(first["arrive_ms"] - world.now_ms)
    state = world.fleet(fleet)
    assert state.queue == ()
    assert state.course is not None
    assert state.course.depart_ms == first["arrive_ms"]
    assert state.order is not None
    assert state.order.id == second["order"]
    world.wait(HOUR_MS)
    assert world.near(fleet) == start
    assert world.timers == {}


def test_ten_orders_wait_and_the_eleventh_is_refused(world: Armada, fleet: str) -> None:
    there = world.clear(fleet, 300)
    world.move(fleet, there)
    queued = [world.move(fleet, there, queue=True)["queued"] for _ in range(10)]
    assert queued == list(range(1, 11))
    with refused("queue_full", queue_max=10):
        world.move(fleet, there, queue=True)
    assert len(world.fleet(fleet).queue) == 10


def test_ten_orders_are_done_one_after_the_other(world: Armada, fleet: str) -> None:
    start, there = world.near(fleet), world.clear(fleet, 50)
    world.move(fleet, there)
    for turn in range(10):
        world.move(fleet, there if turn % 2 else start, queue=True)
    world.wait(HOUR_MS)
    happened = world.events("fleet", fleet)
    assert sum(isinstance(one, OrderTaken) for one in happened) == 10
    arrivals = [one for one in happened if isinstance(one, FleetStopped)]
    assert len(arrivals) == 11
    lasted = {after.at_ms - before.at_ms for before, after in pairwise(arrivals)}
    assert max(lasted) - min(lasted) <= 1


def test_clear_calls_the_waiting_orders_off(world: Armada, fleet: str) -> None:
    start, there = world.near(fleet), world.clear(fleet, 100)
    world.move(fleet, there)
    world.move(fleet, start, queue=True)
    answer = world.order("fleets.clear", fleet=fleet)
    assert answer == {"fleet": fleet, "cleared": 1}
    world.wait(HOUR_MS)
    assert world.near(fleet) == there
    before = len(world.journal)
    assert world.order("fleets.clear", fleet=fleet)["cleared"] == 0
    assert len(world.journal) == before


def test_an_order_that_does_not_wait_takes_the_place_of_all(
    world: Armada, fleet: str
) -> None:
    start, there = world.near(fleet), world.clear(fleet, 100)
    world.move(fleet, there)
    world.move(fleet, there, queue=True)
    world.move(fleet, start)
    assert world.fleet(fleet).queue == ()
    world.wait(HOUR_MS)
    assert world.near(fleet) == start


def test_an_order_that_fails_takes_those_behind_it_along(world: Armada) -> None:
    fleet = world.launch(interceptor=1)
    start, there = world.near(fleet), world.clear(fleet, 100)
    x, y = map(int, min(GALAXY.protected).split(":"))
    world.move(fleet, there)
    world.move(fleet, {"x": x * 100 + 50, "y": y * 100 + 50}, queue=True)
    world.move(fleet, start, queue=True)
    world.wait(HOUR_MS)
    state = world.fleet(fleet)
    assert world.near(fleet) == there
    assert (state.queue, state.course) == ((), None)
    (failed,) = [
        one for one in world.events("fleet", fleet) if isinstance(one, OrderFailed)
    ]
    assert failed.code == "protected"
    heard = world.heard["player:ann"][-1]
    assert (heard["type"], heard["code"]) == ("fleets.order_failed", "protected")
    assert heard["changes"] == {"queue": []}


def test_orders_that_were_left_over_go_on_with_the_next(
    world: Armada, fleet: str
) -> None:
    """As after a battle that somebody else's order led to."""
    start, there = world.near(fleet), world.clear(fleet, 100)
    world.move(fleet, there)
    world.move(fleet, start, queue=True)
    waiting = world.fleet(fleet).queue
    world.order("fleets.stop", fleet=fleet)
    world.set("fleet", fleet, queue=waiting)
    world.move(fleet, there, queue=True)
    world.wait(HOUR_MS)
    assert world.fleet(fleet).queue == ()
    assert world.near(fleet) == there


def square(world: Armada, fleet: str, side: int = 400) -> list[dict[str, float]]:
    there = world.clear(fleet, side)
    return [world.near(fleet), there]


def test_a_patrol_flies_in_loops(world: Armada, fleet: str) -> None:
    points = square(world, fleet, 800)
    answer = world.order("fleets.patrol", fleet=fleet, points=points)
    assert answer["arrive_ms"] > answer["depart_ms"]
    world.wait(answer["arrive_ms"] - world.now_ms)
    for _ in range(3):
        state = world.fleet(fleet)
        assert state.course is not None
        assert state.stance == "patrol"
        path = [(one.x_milli, one.y_milli) for one in state.course.path]
        there, back = [
            (round(one["x"] * 1_000), round(one["y"] * 1_000)) for one in points
        ]
        assert path == [back, there, back]
        world.wait(state.course.arrive_ms - world.now_ms)


def test_a_patrol_ends_for_the_order_that_waits(world: Armada, fleet: str) -> None:
    points = square(world, fleet, 800)
    world.order("fleets.patrol", fleet=fleet, points=points)
    world.move(fleet, points[0], queue=True)
    world.wait(HOUR_MS)
    state = world.fleet(fleet)
    assert (state.course, state.stance) == (None, "")
    assert world.near(fleet) == points[0]


def test_a_patrol_ends_by_itself_after_a_week(world: Armada, fleet: str) -> None:
    points = square(world, fleet, 800)
    world.order("fleets.patrol", fleet=fleet, points=points)
    order = world.fleet(fleet).order
    assert order is not None
    assert order.until_ms == world.now_ms + PATROL_MS
    soon = replace(order, until_ms=world.now_ms + HOUR_MS // 2)
    world.set("fleet", fleet, order=soon)
    world.wait(HOUR_MS)
    state = world.fleet(fleet)
    assert (state.course, state.stance) == (None, "")
    assert world.timers == {}


def test_refuses_a_patrol_that_is_over_too_soon(world: Armada, fleet: str) -> None:
    here = world.near(fleet)
    with refused("too_short", min_ms=LOOP_MIN_MS, loop_ms=0):
        world.order("fleets.patrol", fleet=fleet, points=[here, here])
    with refused("too_short"):
        world.order(
            "fleets.patrol", fleet=fleet, points=[here, world.clear(fleet, 100)]
        )


def test_refuses_a_patrol_through_what_is_closed(world: Armada, fleet: str) -> None:
    x, y = map(int, min(GALAXY.hazards).split(":"))
    closed = {"x": x * 100 + 50, "y": y * 100 + 50}
    with refused("path_blocked"):
        world.order("fleets.patrol", fleet=fleet, points=[world.near(fleet), closed])


def test_a_stop_ends_a_patrol(world: Armada, fleet: str) -> None:
    points = square(world, fleet, 800)
    world.order("fleets.patrol", fleet=fleet, points=points)
    world.wait(90 * SECOND_MS)
    world.order("fleets.stop", fleet=fleet)
    assert world.fleet(fleet).stance == ""
    assert world.timers == {}


def test_a_patrol_that_became_too_short_by_research_ends(
    world: Armada, fleet: str
) -> None:
    points = square(world, fleet, 800)
    world.order("fleets.patrol", fleet=fleet, points=points)
    world.set("player", "ann", modifiers={"speed": 1_000})
    world.wait(HOUR_MS)
    (failed,) = [
        one for one in world.events("fleet", fleet) if isinstance(one, OrderFailed)
    ]
    assert failed.code == "too_short"
    assert world.timers == {}


def test_a_name_is_changed_once_and_in_battle_too(world: Armada, fleet: str) -> None:
    world.set("fleet", fleet, battle="b")
    for _ in range(2):
        answer = world.order("fleets.rename", fleet=fleet, name="Eyes")
        assert answer == {"fleet": fleet, "name": "Eyes"}
    assert world.fleet(fleet).name == "Eyes"
    assert world.types("player:ann").count("fleets.renamed") == 1
