"""Arenas: join in time, fight with equal fleets, lose nothing."""

import pytest

from app.core.message import Ref
from app.game.arenas.model import JOIN_MS_MAX, SEATS_MAX, SHIPS, Arena
from app.game.combat.model.state import Battle
from tests.unit.game.armada import Armada
from tests.unit.game.world import SECOND_MS, client, refused

PLAYERS = ("ann", "bob", "cid", "dan")
JOIN_MS = 30 * SECOND_MS


@pytest.fixture
def world() -> Armada:
    world = Armada()
    for player in PLAYERS:
        world.join(player)
    return world


def begin(world: Armada, *, sides: int = 2, seats: int = 2) -> str:
    answer = world.order(
        "battle:begin", sides=sides, seats=seats, join_ms=JOIN_MS, name="Pit"
    )
    assert answer["join_until_ms"] == world.now_ms + JOIN_MS
    name: str = answer["battle"]
    return name


def join(world: Armada, arena: str, player: str, **where: object) -> int:
    answer = world.order("battle:join", player=player, battle=arena, **where)
    side: int = answer["side"]
    return side


def battle(world: Armada, arena: str) -> Battle:
    found: Battle = world.states[Ref("battle", arena)]
    return found


def lobby(world: Armada, arena: str) -> Arena:
    found: Arena = world.states[Ref("arena", arena)]
    return found


def fight_out(world: Armada, arena: str) -> Battle:
    world.wait(JOIN_MS)
    while not battle(world, arena).is_over:
        world.wait(SECOND_MS)
    return battle(world, arena)


def test_players_fill_the_sides_evenly(world: Armada) -> None:
    arena = begin(world)
    assert [join(world, arena, player) for player in PLAYERS[1:]] == [1, 0, 1]


def test_a_group_sits_together_and_a_side_can_be_chosen(world: Armada) -> None:
    arena = begin(world)
    assert join(world, arena, "bob", side=1, group="Wolves") == 1
    assert join(world, arena, "cid", group="Wolves") == 1
    assert join(world, arena, "dan") == 0


def test_all_fight_with_equal_fleets_from_the_time_on(world: Armada) -> None:
    arena = begin(world)
    for player in PLAYERS[1:]:
        join(world, arena, player)
    world.wait(JOIN_MS - 1)
    assert Ref("battle", arena) not in world.states
    world.wait(1)
    assert battle(world, arena).began_ms == lobby(world, arena).join_until_ms
    forces = battle(world, arena).forces
    assert [force.ships for force in forces] == [SHIPS] * 4
    assert len({(force.x_milli, force.y_milli) for force in forces}) == 4


def test_too_few_players_call_it_off(world: Armada) -> None:
    arena = begin(world)
    join(world, arena, "bob", side=0)
    world.wait(JOIN_MS)
    assert lobby(world, arena).state == "called_off"
    assert Ref("battle", arena) not in world.states
    last = world.heard["galaxy"][-1]
    assert (last["type"], last["winner"]) == ("battle:finished", None)


def test_refuses_late_double_and_superfluous_players(world: Armada) -> None:
    arena = begin(world, seats=1)
    with refused("already_joined"):
        join(world, arena, "ann")
    with refused("battle_full"):
        join(world, arena, "bob", side=0)
    join(world, arena, "bob")
    with refused("battle_full"):
        join(world, arena, "cid")
    with refused("not_found"):
        join(world, "nowhere", "cid")
    with refused("invalid"):
        join(world, arena, "cid", side=2)
    world.wait(JOIN_MS)
    with refused("finished"):
        join(world, arena, "cid")


def test_refuses_who_has_no_empire(world: Armada) -> None:
    arena = begin(world)
    with refused("no_empire"):
        join(world, arena, "nobody")
    with refused("no_empire"):
        world.order("battle:begin", player="nobody", sides=2, seats=1, join_ms=5_000)


@pytest.mark.parametrize(
    "wrong",
    [
        {"sides": 1},
        {"sides": 5},
        {"seats": 0},
        {"seats": SEATS_MAX + 1},
        {"join_ms": 4_999},
        {"join_ms": JOIN_MS_MAX + 1},
        {"join_ms": 1e4},
        {"sides": True},
        {"seats": None},
        {"fleet": {}},
    ],
)
def test_refuses_arenas_that_mean_nothing(
    world: Armada, wrong: dict[str, object]
) -> None:
    good = {"sides": 2, "seats": 2, "join_ms": 5_000}
    with refused("invalid"):
        world.order("battle:begin", **good | wrong)


def test_it_is_announced_and_finished_for_all(world: Armada) -> None:
    arena = begin(world)
    for player in PLAYERS[1:]:
        join(world, arena, player)
    ended = fight_out(world, arena)
    begun, finished = world.heard["galaxy"]
    assert (begun["type"], begun["battle"]) == ("battle:begin", arena)
    assert (finished["type"], finished["winner"]) == ("battle:finished", ended.winner)
    assert finished["chain"] == ended.frame.chain
    kinds = world.types(f"battle:{arena}")
    assert kinds[:5] == ["battle:begin", *["battle:join"] * 4]
    assert kinds[5] == "battle:started"
    assert "battle:finished" in kinds


def test_scores_are_live_and_the_victors_are_worth_more(world: Armada) -> None:
    arena = begin(world)
    for player in PLAYERS[1:]:
        join(world, arena, player)
    ended = fight_out(world, arena)
    steps = [
        one["changes"]["scores"]
        for one in world.heard[f"battle:{arena}"]
        if one["type"] == "battles.step"
    ]
    assert len(steps) > 3
    assert all(len(scores) == 4 for scores in steps)
    points = [sum(one["points"] for one in scores) for scores in steps]
    assert points == sorted(points)
    assert points[-1] > 0
    shown = world.snapshot(f"battle:{arena}")["battles"][arena]["scores"]
    assert {one["username"] for one in shown if one["won"]} == {
        ended.parties[force.id].username
        for force in ended.forces
        if force.side == ended.winner
    }


def test_participants_give_orders_and_others_do_not(world: Armada) -> None:
    arena = begin(world)
    join(world, arena, "bob")
    world.wait(JOIN_MS)
    ours, theirs = (force.id for force in battle(world, arena).forces)
    assert world.order("combat.focus", battle=arena, fleet=ours, target=theirs)
    assert world.order("combat.formation", battle=arena, fleet=ours, formation="line")
    with refused("not_found"):
        world.order("combat.retreat", player="cid", battle=arena, fleet=ours)
    world.order("combat.retreat", player="bob", battle=arena, fleet=theirs)
    assert fight_out(world, arena).winner == 0


def test_nobody_loses_or_gains_anything(world: Armada) -> None:
    before = {
        ref: state
        for ref, state in world.states.items()
        if ref.kind in ("player", "colony")
    }
    arena = begin(world)
    for player in PLAYERS[1:]:
        join(world, arena, player)
    ended = fight_out(world, arena)
    assert {ref: world.states[ref] for ref in before} == before
    assert ended.debris == ""
    assert not [ref for ref in world.states if ref.kind in ("debris", "fleet")]
    assert not world.timers


def test_no_fleet_can_be_brought_to_an_arena(world: Armada) -> None:
    arena = begin(world)
    join(world, arena, "bob")
    fleet = world.launch("ann", cruiser=9)
    world.wait(JOIN_MS)
    with refused("not_found"):
        world.order("combat.reinforce", fleet=fleet, battle=arena)


def test_the_room_tells_all_that_its_snapshot_shows(world: Armada) -> None:
    """Law L2, through the client's own `apply`."""
    arena = begin(world)
    room = f"battle:{arena}"
    view, heard = world.snapshot(room), len(world.heard[room])
    galaxy = world.snapshot("galaxy")
    for player in PLAYERS[1:]:
        join(world, arena, player)
    fight_out(world, arena)
    asked = [
        {"view": view, "events": world.heard[room][heard:]},
        {"view": galaxy, "events": world.heard["galaxy"]},
    ]
    views = client("apply", asked)
    assert views == [world.snapshot(room), world.snapshot("galaxy")]
