"""What the history's events say of fleets, claims and battles."""

import pytest

from app.core.message import Event
from app.core.units import to_milli
from app.game.anticheat.model.happened import Happened
from app.game.anticheat.model.traces import Gift
from app.game.anticheat.rules.gather import claims_of, forecasts_of, legs_of
from app.game.anticheat.rules.plunder import gifts_of
from app.game.anticheat.rules.record import fought
from app.game.anticheat.rules.speed import impossible_speed
from app.game.colonies.model.events import ClaimNoted
from app.game.combat.model.engine.run import fight
from app.game.combat.model.engine.spec import Force, Order
from app.game.combat.model.events import (
    BattleBegan,
    BattleEnded,
    ForceJoined,
    OrderGiven,
    PlunderTaken,
    StepFought,
)
from app.game.combat.model.state import Battle, Party
from app.game.fleets.model.events import (
    BattleEntered,
    CourseSet,
    FleetLaunched,
    FleetStopped,
)
from app.game.fleets.model.state import Course, Waypoint
from app.game.fleets.model.state import Order as FleetOrder

SPEED_MILLI = 10_000


def happened(event: Event, subject: str = "f", player: str = "ann") -> Happened:
    return Happened(1, 5, subject, player, event)


def launched(x_milli: int = 0) -> FleetLaunched:
    return FleetLaunched(
        fleet="f",
        player="ann",
        username="Ann",
        name="First",
        home="c",
        ships={"scout": 1},
        x_milli=x_milli,
        y_milli=0,
        sector="0:0",
        sensor_milli=1,
        at_ms=0,
    )


def course(
    *path: tuple[int, int, int], predicted_ms: int = 0, via: tuple = ()
) -> CourseSet:
    points = (*via, path[-1][:2])
    return CourseSet(
        course=Course(id="c1", path=tuple(Waypoint(*point) for point in path)),
        order=FleetOrder(id="o", kind="move", points=points),
        speed_milli=SPEED_MILLI,
        predicted_ms=predicted_ms,
    )


def stopped(x_milli: int, at_ms: int) -> FleetStopped:
    return FleetStopped(
        x_milli=x_milli, y_milli=0, sector="0:0", at_ms=at_ms, is_arrival=False
    )


def entered(x_milli: int, at_ms: int) -> BattleEntered:
    return BattleEntered(battle="b", x_milli=x_milli, y_milli=0, sector="", at_ms=at_ms)


def test_follows_a_fleet_from_sighting_to_sighting() -> None:
    history = [
        launched(),
        course((0, 0, 1_000), (50_000, 0, 6_000), (50_000, 10_000, 7_000)),
        stopped(20_000, 3_000),
        entered(20_000, 9_000),
    ]
    legs = legs_of(map(happened, history), {}, {"f": "ann"})
    assert [(leg.from_ms, leg.to_ms, leg.speed_milli) for leg in legs] == [
        (0, 1_000, 0),
        (1_000, 6_000, SPEED_MILLI),
        (6_000, 7_000, SPEED_MILLI),
        (1_000, 3_000, SPEED_MILLI),
        (3_000, 9_000, 0),
    ]
    assert impossible_speed(legs) == []


@pytest.mark.parametrize(
    "history",
    [
        pytest.param([launched(), entered(90_000, 10)], id="while it stands"),
        pytest.param([launched(), stopped(90_000, 10)], id="without a course"),
        pytest.param(
            [launched(), course((0, 0, 0), (90_000, 0, 900))], id="by a forged course"
        ),
        pytest.param(
            [launched(), course((0, 0, 0), (90_000, 0, 9_000)), stopped(90_000, 4_000)],
            id="ahead of its course",
        ),
    ],
)
def test_finds_a_fleet_that_jumps(history: list[Event]) -> None:
    legs = legs_of(map(happened, history), {}, {})
    assert [flag.player for flag in impossible_speed(legs)] == ["ann"]


def test_a_jump_counts_against_the_owner_whoever_attacked() -> None:
    before = {"f": happened(launched())}
    attacked = [happened(entered(90_000, 10), player="bob")]
    legs = legs_of(attacked, before, {"f": "ann"})
    assert [flag.player for flag in impossible_speed(legs)] == ["ann"]


def test_reads_claimed_arrivals_against_the_straight_way() -> None:
    claimed = course(
        (0, 0, 1_000), (0, 30_000, 4_000), (40_000, 30_000, 8_000), predicted_ms=2_500
    )
    unclaimed = course((0, 0, 1_000), (0, 30_000, 4_000))
    [found] = forecasts_of(map(happened, [claimed, unclaimed]))["ann"]
    assert (found.at_ms, found.claimed_ms, found.arrive_ms) == (1_000, 2_500, 8_000)
    assert found.travel_ms == 5_000


def test_a_way_through_points_is_as_long_as_it_is() -> None:
    there_and_back = course(
        (0, 0, 0), (30_000, 0, 3_000), (0, 0, 6_000), predicted_ms=1, via=((30_000, 0),)
    )
    [found] = forecasts_of([happened(there_and_back)])["ann"]
    assert found.travel_ms == 6_000


def test_reads_claims_with_the_room_that_there_is() -> None:
    noted = ClaimNoted(claimed={"energy": 9}, held={"energy": 5}, at_ms=7)
    [found] = claims_of([happened(noted, "c")], {"c": {"energy": 6}})["ann"]
    assert (found.at_ms, found.colony, found.capacity) == (7, "c", {"energy": 6})


PARTIES = {
    name: Party(player=player, username=player, kind=kind)
    for name, player, kind in (
        ("home", "bob", "colony"),
        ("f1", "ann", "fleet"),
        ("f2", "ann", "fleet"),
        ("f3", "cid", "fleet"),
    )
}


def force(name: str, side: int, fighters: int, tick: int = 0) -> Force:
    ships = {"fighter": fighters} if fighters else {}
    place = {"x_milli": side * 50_000, "y_milli": 0}
    return Force(id=name, side=side, ships=ships, tick=tick, **place)


def siege(garrison: int) -> Battle:
    """Give a battle that was fought out over bob's colony."""
    forces = (
        force("home", 0, garrison),
        *(force(name, 1, 20) for name in ("f1", "f2", "f3")),
    )
    return Battle(
        id="b",
        engine=1,
        seed=3,
        sector="0:0",
        x_milli=0,
        y_milli=0,
        colony="home",
        arena="",
        began_ms=0,
        forces=forces,
        parties=PARTIES,
        frame=fight(3, forces),
    )


LOOT = PlunderTaken(
    loot={"f1": {"energy": 5}, "f2": {"minerals": 7}, "f3": {"energy": 1}}
)


def gifts(garrison: int) -> list[Gift]:
    return list(gifts_of([happened(LOOT, "b")], {"b": siege(garrison)}))


def test_plunder_is_a_gift_to_each_account_that_took_part() -> None:
    both = [(one.sender, one.receiver, one.value_milli) for one in gifts(0)]
    assert both == [("bob", "ann", 12), ("bob", "cid", 1)]
    assert {(one.source, one.stakes_milli) for one in gifts(0)} == {("b", 0)}


def test_what_the_besieged_lose_and_do_is_at_stake() -> None:
    [one, _other] = gifts(5)
    fallen_milli = 5 * to_milli(40 + 20 + 1)
    assert one.stakes_milli > fallen_milli


def test_a_battle_is_read_from_its_events() -> None:
    began = BattleBegan(
        battle="b",
        engine=1,
        seed=3,
        sector="",
        x_milli=0,
        y_milli=0,
        colony="home",
        arena="",
        at_ms=0,
        forces=(force("home", 0, 2), force("f1", 1, 2)),
        parties={name: PARTIES[name] for name in ("home", "f1")},
    )
    order = Order(tick=3, force="f1", kind="retreat")
    history = [
        began,
        StepFought(to_tick=1, chain="aa", lost={}, gone=()),
        OrderGiven(player="ann", order=order),
        ForceJoined(force=force("f3", 1, 1, tick=5), party=PARTIES["f3"]),
        StepFought(to_tick=10, chain="bb", lost={}, gone=()),
        BattleEnded(at_ms=900, winner=1, tick=9, chain="bb", debris=""),
    ]
    found = fought([happened(event, "b") for event in history])
    assert [one.id for one in found.forces] == ["home", "f1", "f3"]
    assert found.orders == (order,)
    assert [(step.tick, step.chain) for step in found.steps] == [(1, "aa"), (10, "bb")]
    assert (found.at_ms, found.tick, found.winner) == (900, 9, 1)
    assert found.players == ("bob", "ann", "cid")
    for part in (history[1:], history[:-1]):
        with pytest.raises(ValueError, match="no whole battle"):
            fought([happened(event, "b") for event in part])
