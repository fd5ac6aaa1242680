"""Fleets defend own colonies and allies', and blockade those of others."""

import pytest

from app.core.message import Ref
from app.game.colonies.model.garrison import POSTS_MAX
from app.game.galaxy.model.map import sector_at
from tests.unit.game.armada import GALAXY, Armada
from tests.unit.game.world import DAY_MS, HOUR_MS, SECOND_MS, refused


@pytest.fixture
def world(world: Armada) -> Armada:
    world.set("player", "bob", shield_until_ms=0)
    return world


@pytest.fixture
def fleet(world: Armada) -> str:
    return world.launch(interceptor=3)


def colony(world: Armada, player: str) -> str:
    return world.player(player).colonies[0]


def go(world: Armada, name: str, fleet: str, colony: str) -> None:
    answer = world.order(name, fleet=fleet, colony=colony)
    world.wait(answer["arrive_ms"] - world.now_ms)


def test_a_fleet_defends_an_own_colony(world: Armada, fleet: str) -> None:
    home = colony(world, "ann")
    go(world, "fleets.defend", fleet, home)
    state = world.fleet(fleet)
    assert (state.stance, state.post) == ("defend", home)
    assert world.colony(home).stationed == (fleet,)
    assert world.snapshot("player:ann")["colonies"][home]["stationed"] == [fleet]


def test_a_fleet_defends_an_allys_colony_and_nobody_elses(
    world: Armada, fleet: str
) -> None:
    theirs = colony(world, "bob")
    with refused("not_found"):
        world.order("fleets.defend", fleet=fleet, colony=theirs)
    for player in ("ann", "bob"):
        world.set("player", player, alliance="a")
    go(world, "fleets.defend", fleet, theirs)
    assert world.colony(theirs).stationed == (fleet,)


def test_a_fleet_blockades_a_colony(world: Armada, fleet: str) -> None:
    theirs = colony(world, "bob")
    go(world, "fleets.blockade", fleet, theirs)
    state = world.fleet(fleet)
    assert (state.stance, state.post) == ("blockade", theirs)
    assert world.colony(theirs).blockades == (fleet,)
    sector = f"sector:{state.sector}:full"
    assert world.heard[sector][-1]["type"] == "colonies.blockade_begun"
    assert world.snapshot(sector)["colonies"][theirs]["blockades"] == [fleet]


@pytest.mark.parametrize("order", ["move", "stop", "patrol", "return", "merge"])
@pytest.mark.parametrize("post", ["defend", "blockade"])
def test_who_leaves_a_post_is_told_to_the_colony(
    world: Armada, fleet: str, post: str, order: str
) -> None:
    of = colony(world, {"defend": "ann", "blockade": "bob"}[post])
    go(world, f"fleets.{post}", fleet, of)
    other = world.order("fleets.split", fleet=fleet, ships={"interceptor": 1})["new"]
    assert world.fleet(fleet).post == of
    there = world.clear(fleet, 800)
    data = {
        "move": {"to": there},
        "stop": {},
        "patrol": {"points": [world.near(fleet), there]},
        "return": {},
        "merge": {"into": other},
    }[order]
    world.order(f"fleets.{order}", fleet=fleet, **data)
    state = world.colony(of)
    assert (state.stationed, state.blockades) == ((), ())
    assert world.fleet(fleet).post == ""


def test_a_blockade_ends_when_all_warships_are_split_off(world: Armada) -> None:
    fleet, theirs = world.launch(interceptor=3, scout=1), colony(world, "bob")
    go(world, "fleets.blockade", fleet, theirs)
    world.order("fleets.split", fleet=fleet, ships={"interceptor": 2})
    assert world.colony(theirs).blockades == (fleet,)
    answer = world.order("fleets.split", fleet=fleet, ships={"interceptor": 1})
    state = world.fleet(fleet)
    assert (state.stance, state.post) == ("", "")
    assert world.colony(theirs).blockades == ()
    shown, new = answer["fleets"]
    assert (shown["stance"], shown["post"], new["stance"]) == ("", "", "")
    assert shown == world.snapshot("player:ann")["fleets"][fleet]
    heard = world.types(f"sector:{state.sector}:full")
    assert {"colonies.blockade_ended", "fleets.stopped"} <= {*heard}


def test_a_defence_goes_on_without_warships(world: Armada) -> None:
    fleet, home = world.launch(interceptor=3, scout=1), colony(world, "ann")
    go(world, "fleets.defend", fleet, home)
    world.order("fleets.split", fleet=fleet, ships={"interceptor": 3})
    assert world.fleet(fleet).stance == "defend"
    assert world.colony(home).stationed == (fleet,)


def test_begins_no_blockade_whose_warships_were_split_off_on_the_way(
    world: Armada,
) -> None:
    fleet, theirs = world.launch(interceptor=3, scout=1), colony(world, "bob")
    answer = world.order("fleets.blockade", fleet=fleet, colony=theirs)
    world.order("fleets.split", fleet=fleet, ships={"interceptor": 3})
    world.wait(answer["arrive_ms"] - world.now_ms)
    assert world.heard["player:ann"][-1]["code"] == "requirements_missing"
    assert world.fleet(fleet).stance == ""
    assert world.colony(theirs).blockades == ()


def test_refuses_to_blockade_with_what_is_no_warship(world: Armada) -> None:
    for unit in ("scout", "colony_ship", "freighter"):
        fleet = world.launch(**{unit: 1})
        with refused("requirements_missing"):
            world.order("fleets.blockade", fleet=fleet, colony=colony(world, "bob"))


def test_refuses_to_blockade_own_colonies_and_allies(world: Armada, fleet: str) -> None:
    with refused("own_target"):
        world.order("fleets.blockade", fleet=fleet, colony=colony(world, "ann"))
    for player in ("ann", "bob"):
        world.set("player", player, alliance="a")
    with refused("allied"):
        world.order("fleets.blockade", fleet=fleet, colony=colony(world, "bob"))


def test_finds_on_arrival_only_that_a_colony_is_too_young_to_blockade(
    world: Armada, fleet: str
) -> None:
    world.set("player", "bob", shield_until_ms=world.now_ms + DAY_MS)
    answer = world.order("fleets.blockade", fleet=fleet, colony=colony(world, "bob"))
    world.wait(answer["arrive_ms"] - world.now_ms)
    failed = next(
        event
        for event in world.heard["player:ann"]
        if event["type"] == "fleets.order_failed"
    )
    assert failed["code"] == "shielded"
    assert not world.states[Ref("colony", colony(world, "bob"))].blockades


def test_refuses_to_blockade_in_protected_sectors(world: Armada, fleet: str) -> None:
    x, y = map(int, min(GALAXY.protected).split(":"))
    theirs = colony(world, "bob")
    world.set(
        "colony", theirs, x_milli=x * 100_000 + 50_000, y_milli=y * 100_000 + 50_000
    )
    with refused("protected"):
        world.order("fleets.blockade", fleet=fleet, colony=theirs)


@pytest.mark.parametrize("order", ["defend", "blockade"])
def test_refuses_posts_at_planets_that_nobody_lives_on(
    world: Armada, fleet: str, order: str
) -> None:
    free = next(one for one in GALAXY.planets if one not in world.player().colonies)
    for name in (free, "nowhere"):
        with refused("not_found"):
            world.order(f"fleets.{order}", fleet=fleet, colony=name)


def test_a_post_has_room_for_some_fleets_only(world: Armada, fleet: str) -> None:
    home = colony(world, "ann")
    others = tuple(f"f{number}" for number in range(POSTS_MAX))
    world.set("colony", home, stationed=others)
    go(world, "fleets.defend", fleet, home)
    assert world.colony(home).stationed == others
    assert world.fleet(fleet).stance == ""
    assert world.heard["player:ann"][-1]["code"] == "posts_full"


def test_a_new_post_follows_the_old_one(world: Armada, fleet: str) -> None:
    home, theirs = colony(world, "ann"), colony(world, "bob")
    go(world, "fleets.defend", fleet, home)
    world.order("fleets.blockade", fleet=fleet, colony=theirs, queue=True)
    world.wait(HOUR_MS)
    assert world.colony(home).stationed == ()
    assert world.colony(theirs).blockades == (fleet,)


def test_an_order_behind_a_post_ends_it_at_once(world: Armada, fleet: str) -> None:
    home = colony(world, "ann")
    world.order("fleets.move", fleet=fleet, to=world.clear(fleet, 100))
    world.order("fleets.defend", fleet=fleet, colony=home, queue=True)
    there = world.clear(fleet, 50)
    world.order("fleets.move", fleet=fleet, to=there, queue=True)
    world.wait(HOUR_MS)
    assert world.colony(home).stationed == ()
    assert world.near(fleet) == there


def test_a_post_stands_in_the_sector_of_the_colony(world: Armada, fleet: str) -> None:
    world.wait(SECOND_MS)
    theirs = world.colony(colony(world, "bob"))
    go(world, "fleets.blockade", fleet, theirs.id)
    assert world.fleet(fleet).sector == sector_at(theirs.x_milli, theirs.y_milli)
    assert world.at(fleet) == (theirs.x_milli, theirs.y_milli)
