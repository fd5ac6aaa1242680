"""A room is heard by whom it concerns, and by others while they see where it is."""

from types import SimpleNamespace
from typing import Any

import pytest

from app.core.message import Ref
from app.game import registry
from app.game.hearing import ALWAYS, NEVER_MS, Hearing, hear_refs, hears
from app.game.vision.model import names, spot
from app.game.vision.views import Sight, sight, sight_refs
from tests.unit.game.world import START_MS, World


@pytest.fixture
def world() -> World:
    world = World()
    world.join()
    world.join("bob")
    return world


def sight_of(world: World, player: str = "ann") -> Sight:
    known: dict[Ref, Any] = {}
    for _round in range(3):
        known = {ref: world.states.get(ref) for ref in sight_refs([player], known)}
    found = sight(player, known)
    assert found is not None
    return found


def home(world: World, player: str = "ann") -> str:
    sector: str = world.states[Ref("player", player)].sectors[0]
    return sector


def test_a_player_hears_always_what_is_joined_at_connect(world: World) -> None:
    for room in registry.rooms_of(world.states[Ref("player", "ann")]):
        found = hears(room, sight_of(world), {})
        assert found is not None
        assert set(names(found.area)) <= {home(world)}
        assert found.since_ms <= START_MS


def test_the_map_is_for_all(world: World) -> None:
    for room in ("sector:0:0", "sector:99:99", f"sector:{home(world, 'bob')}"):
        assert hears(room, sight_of(world), {}) == ALWAYS


def test_what_goes_on_in_a_sector_is_for_who_sees_it(world: World) -> None:
    theirs = home(world, "bob")
    found = hears(f"sector:{theirs}:full", sight_of(world), {})
    assert found == Hearing(spot(theirs), NEVER_MS)


def test_what_was_said_at_home_may_be_told_since_it_was_founded(world: World) -> None:
    found = hears(f"sector:{home(world)}:full", sight_of(world), {})
    assert found == Hearing(spot(home(world)), START_MS)


def test_a_battle_is_for_who_fights_or_sees_it(world: World) -> None:
    parties = {"f": SimpleNamespace(player="bob", kind="fleet")}
    battle = SimpleNamespace(parties=parties, sector="3:4", arena="", is_over=False)
    ref, arena = hear_refs(["battle:b1", "galaxy", "battle:", "battle:b1:x"])
    assert (ref, arena) == (Ref("battle", "b1"), Ref("arena", "b1"))
    states = {ref: battle}
    assert hears("battle:b1", sight_of(world, "bob"), states) == ALWAYS
    assert hears("battle:b1", sight_of(world), states) == Hearing(spot("3:4"), NEVER_MS)
    assert hears("battle:b1", sight_of(world), {ref: None}) is None
    battle.is_over = True
    assert hears("battle:b1", sight_of(world, "bob"), states) == ALWAYS
    assert hears("battle:b1", sight_of(world), states) is None


def test_an_arena_is_for_all(world: World) -> None:
    battle, arena = hear_refs(["battle:b1"])
    over = SimpleNamespace(parties={}, sector="", arena="b1", is_over=True)
    for known in ({}, {battle: over}):
        states = {arena: SimpleNamespace(), **known}
        assert hears("battle:b1", sight_of(world), states) == ALWAYS


@pytest.mark.parametrize(
    "room",
    [
        "player:bob", "player:", "sector:100:0", "sector:-1:0", "sector:01:2",
        "sector:1", "sector:1:2:fuller", "sector:1:2:full:full", "sector:1:2\n",
        "battle:1", "galaxy:1", "", ":", "market:core:energy", "sight:ann",
        "sight:bob", "sight:alliance:x",
    ],
)  # fmt: skip
def test_nobody_hears_rooms_of_others_or_rooms_that_are_none(
    world: World, room: str
) -> None:
    assert hears(room, sight_of(world), {}) is None


def test_a_sight_is_of_own_colonies_and_says_by_what_it_grows_old(world: World) -> None:
    found = sight_of(world)
    assert found.homes == {home(world): START_MS}
    assert names(found.own) == [home(world)]
    assert found.rooms == ("sight:ann",)
    assert len(found.sensors) == 1
