"""A bot's fleets attack what they can beat, sail to what they see, and come home."""

from itertools import pairwise
from random import Random
from typing import Any

import pytest

from app.game import registry
from app.game.fleets.model.ships import PEACEFUL
from tests.load import ships
from tests.load.folding import Views
from tests.load.helm import OUT_MS
from tests.load.moves import Move, Paces
from tests.load.navy import SKIRMISH_MS, SPARED_MS, SQUADRON_MAX, Navy
from tests.load.rashness import INVALID, NOT_FOUND, rash_moves
from tests.load.sight import Contact, Sight

TABLE = ships.read(registry.rules_document())
HERE = "sector:0:0:full"
ENEMY = {"player": "q", "path": [], "battle": ""}


def fleet(name: str = "f", **fields: Any) -> dict[str, Any]:
    shown = {"id": name, "x": 50.0, "y": 50.0, "path": [], "queue": [], "speed": 10}
    shown |= {"range": 200, "sensor": 600, "cargo": {}, "cargo_capacity": 30}
    return {**shown, "ships": {"fighter": 3}, "battle": "", **fields}


def own(*fleets: dict[str, Any], **units: int) -> dict[str, Any]:
    return {
        "player": {"id": "p"},
        "colonies": {"c": {"id": "c", "x": 50.0, "y": 50.0, "units": units}},
        "fleets": {one["id"]: one for one in fleets},
    }


class World:
    """Hold what one navy sees."""

    def __init__(self, seed: int = 1) -> None:
        self.views = Views()
        self.sight = Sight(self.views)
        self.navy = Navy(TABLE, Random(seed), Paces(), self.sight)
        self.views.show(HERE, {"fleets": {}})

    def enemy(self, name: str, x: float, **units: int) -> None:
        known = self.views.get(HERE) or {}
        shown = {**ENEMY, "id": name, "x": x, "y": 50.0, "ships": units}
        known["fleets"][name] = shown

    def next(self, view: dict[str, Any], now_ms: int = 1) -> Move:
        found = self.navy.next_move(view, now_ms)
        assert found is not None
        return found


@pytest.fixture
def world() -> World:
    return World()


def test_armed_is_what_the_game_calls_so() -> None:
    assert ships.UNARMED == PEACEFUL
    assert ships.is_armed({"scout": 1, "fighter": 1})
    assert not ships.is_armed({"scout": 1, "fighter": 0})


def test_attacks_the_nearest_in_range(world: World) -> None:
    world.enemy("far", 900, scout=1)
    world.enemy("near", 200, scout=1)
    move = world.next(own(fleet()))
    assert move.name == "fleets.attack"
    assert move.data == {"fleet": "f", "target": {"kind": "fleet", "id": "near"}}


def test_fights_pirates_now_and_then_and_once_at_a_time(world: World) -> None:
    times = [
        now_ms
        for now_ms in range(1, 4_000_000, 1_000)
        if (move := world.navy.next_move(own(fleet()), now_ms)) is not None
        and move.name == "skirmish:begin"
    ]
    assert len(times) > 10
    assert all(late - early >= SKIRMISH_MS for early, late in pairwise(times))


def test_leaves_alone_what_is_too_strong_or_was_just_attacked(world: World) -> None:
    world.enemy("strong", 100, battleship=5)
    assert world.next(own(fleet())).name != "fleets.attack"
    world.enemy("weak", 120, scout=1)
    assert world.next(own(fleet())).name == "fleets.attack"
    assert world.next(own(fleet()), 2).name != "fleets.attack"
    later = world.next(own(fleet()), 2 + SPARED_MS)
    assert later.name == "fleets.attack"


def test_scouts_attack_nobody_and_flee_from_warships(world: World) -> None:
    world.enemy("near", 200, fighter=1)
    move = world.next(own(fleet(ships={"scout": 1})))
    assert move == Move("fleets.return", {"fleet": "f"})


def test_fleets_in_battle_get_no_orders_of_peace(world: World) -> None:
    assert world.navy.next_move(own(fleet(battle="b")), 1) is None


def test_launches_warships_alone_first_then_in_squadrons(world: World) -> None:
    launch = world.next(own(fighter=1))
    assert launch == Move("fleets.launch", {"colony": "c", "ships": {"fighter": 1}})
    assert world.next(own(fleet(), fighter=2)).name != "fleets.launch"
    assert world.next(own(fleet(), fighter=3)).name == "fleets.launch"


def test_launches_one_scout_at_a_time(world: World) -> None:
    scouting = fleet("s", ships={"scout": 1})
    assert world.next(own(scout=2)).data["ships"] == {"scout": 1}
    assert world.next(own(scouting, scout=2)).name != "fleets.launch"


def test_takes_debris_aboard_where_it_is(world: World) -> None:
    drifts = {"id": "d", "x": 60.0, "y": 50.0}
    far = {"id": "e", "x": 260.0, "y": 50.0}
    world.views.show(HERE, {"fleets": {}, "debris": {"d": drifts, "e": far}})
    salvage = Move("fleets.salvage", {"fleet": "f", "debris": "d"})
    full = own(fleet(cargo={"minerals": 30.0}))
    assert world.next(full).name != "fleets.salvage"
    assert world.next(own(fleet())) == salvage
    assert world.next(own(fleet())).name != "fleets.salvage"


def test_squadrons_have_a_scout_along_where_another_one_scouts(world: World) -> None:
    scouting = fleet("s", ships={"scout": 1})
    launch = world.next(own(scouting, scout=1, fighter=9))
    assert launch.data["ships"] == {"fighter": SQUADRON_MAX, "scout": 1}


def test_sails_to_colonies_one_after_the_other(world: World) -> None:
    world.sight.icons |= {"c": (50.0, 50.0), "d": (350.0, 50.0), "e": (950.0, 50.0)}
    sails = [world.next(own(fleet()), 5_000 * second) for second in range(9)]
    courses = [one.data for one in sails if one.name == "fleets.move"]
    first, second = courses[:2]
    assert first["to"] == {"x": 350, "y": 50}
    assert second["to"] == {"x": 950, "y": 50}
    begun_ms = first["predicted_arrival_ms"] - 30_000
    assert begun_ms in range(0, 45_000, 5_000)


def test_goes_home_after_a_while(world: World) -> None:
    world.next(own(fleet()), 1)
    assert world.next(own(fleet()), 2 + OUT_MS).name == "fleets.return"


def test_every_manoeuvre_and_change_is_tried_in_time() -> None:
    names = set()
    course = [{"x": 0.0, "y": 0.0, "at_ms": 0}, {"x": 9.0, "y": 0.0, "at_ms": 10**9}]
    for seed in range(40):
        world = World(seed)
        sailing = fleet("g", path=course, queue=[{}])
        fleets = (fleet(), fleet("h"), sailing)
        for second in range(30):
            move = world.navy.next_move(own(*fleets), 10_000 * second)
            if move is not None:
                names.add(move.name + (".queued" if move.data.get("queue") else ""))
    orders = "move move.queued stop clear split merge patrol defend rename return"
    expected = {f"fleets.{order}" for order in orders.split()}
    assert names - {"skirmish:begin"} == expected


def test_what_is_rash_says_how_it_is_refused() -> None:
    contact = Contact("theirs", (1.0, 2.0), {"scout": 1}, "")
    moves = rash_moves(own(fleet()), [contact], Random(1))
    assert all(move.refused_as for move in moves)
    theirs = next(move for move in moves if move.data.get("fleet") == "theirs")
    assert theirs.refused_as == NOT_FOUND
    assert {move.name for move in moves} == {
        "colonies.train",
        "fleets.move",
        "fleets.attack",
    }
    outside = [move.data["to"] for move in moves if move.refused_as == INVALID]
    assert {"x": 10_000, "y": 0} in outside
