"""Rooms show to each what they may see, and no more."""

from types import SimpleNamespace
from typing import Any

import pytest

from app.core.message import Event, Ref
from app.game import registry
from app.game.colonies.views.show import colony_view
from tests.unit.game.world import HOUR_MS, World, refused, wire


@pytest.fixture
def world() -> World:
    world = World()
    world.join()
    return world


@pytest.fixture
def colony(world: World) -> str:
    name: str = world.states[Ref("player", "ann")].colonies[0]
    return name


def player(world: World, name: str = "ann") -> Any:
    return world.states[Ref("player", name)]


def sector(world: World) -> str:
    return f"sector:{player(world).sectors[0]}"


def test_a_player_is_in_the_own_room_the_galaxy_and_the_own_sectors(
    world: World,
) -> None:
    rooms = registry.rooms_of(player(world))
    assert rooms == ("player:ann", "galaxy", f"{sector(world)}:full")


def test_the_owners_view_is_what_the_protocol_promises(
    world: World, colony: str
) -> None:
    order = world.order("colonies.build", colony=colony, building="mine")
    view = world.snapshot("player:ann")["colonies"][colony]
    promised = {
        "id", "name", "x", "y", "region", "planet_type", "resources", "buildings",
        "queue", "units",
    }  # fmt: skip
    assert promised <= set(view)
    stock = {"amounts", "rates_per_hour", "capacity", "at_ms"}
    assert stock <= set(view["resources"])
    assert view["queue"] == [
        {
            "order": order["order"],
            "kind": "building",
            "building": "mine",
            "level": 1,
            "paid": {"minerals": 60.0, "energy": 20.0},
            "started_ms": order["started_ms"],
            "complete_ms": order["complete_ms"],
        }
    ]


def test_coordinates_have_three_decimals_at_most(world: World, colony: str) -> None:
    view = world.snapshot("player:ann")["colonies"][colony]
    for axis in ("x", "y"):
        assert 0 <= view[axis] < 10_000
        assert view[axis] == round(view[axis], 3)


def test_a_read_shows_resources_as_of_now_a_snapshot_as_of_the_last_event(
    world: World, colony: str
) -> None:
    world.set("colony", colony, planet_type="terrestrial")
    world.wait(HOUR_MS)
    state = world.states[Ref("colony", colony)]
    now = colony_view(state, world.now_ms)["resources"]
    assert (now["at_ms"], now["amounts"]["minerals"]) == (world.now_ms, 4_600.0)
    stored = colony_view(state)["resources"]
    assert (stored["at_ms"], stored["amounts"]["minerals"]) == (
        state.founded_ms,
        1_000.0,
    )


def test_onlookers_see_what_is_being_built_with_its_times(
    world: World, colony: str
) -> None:
    order = world.order("colonies.build", colony=colony, building="mine")
    (heard,) = world.heard[f"{sector(world)}:full"][1:]
    assert heard["type"] == "colonies.building_started"
    assert heard["changes"]["construction"] == {
        name: order[name]
        for name in ("order", "building", "level", "started_ms", "complete_ms")
    }


def test_onlookers_hear_of_the_next_order_when_the_first_is_done(
    world: World, colony: str
) -> None:
    world.order("colonies.build", colony=colony, building="mine")
    second = world.order("colonies.build", colony=colony, building="habitat")
    world.wait(10_000)
    heard = world.heard[f"{sector(world)}:full"][-1]
    assert heard["type"] == "colonies.building_completed"
    assert heard["changes"]["buildings"] == {"mine": 1}
    assert heard["changes"]["construction"]["order"] == second["order"]


def test_onlookers_hear_a_cancelled_order_only_when_it_was_under_way(
    world: World, colony: str
) -> None:
    first = world.order("colonies.build", colony=colony, building="mine")["order"]
    second = world.order("colonies.build", colony=colony, building="habitat")["order"]
    room = f"{sector(world)}:full"
    heard = len(world.heard[room])
    world.order("colonies.cancel", colony=colony, order=second)
    assert len(world.heard[room]) == heard
    world.order("colonies.cancel", colony=colony, order=first)
    assert world.heard[room][-1]["changes"] == {"construction": None}


def test_the_fog_shows_a_place_and_nothing_else(world: World, colony: str) -> None:
    world.order("colonies.build", colony=colony, building="mine")
    (view,) = world.snapshot(sector(world))["colonies"].values()
    assert set(view) == {"id", "x", "y", "hidden"}
    assert [one["type"] for one in world.heard[sector(world)]] == ["colonies.founded"]


def test_a_read_shows_a_colony_to_its_owner_and_to_nobody_else(
    world: World, colony: str
) -> None:
    world.join("bob")

    def read(reader: str) -> dict[str, Any]:
        refs = registry.colony_refs(colony, reader)
        states = {ref: world.states.get(ref) for ref in refs}
        return registry.show_colony(colony, reader, states, world.now_ms)

    assert "resources" in read("ann")
    world.set("player", "bob", sectors=player(world).sectors)
    for stranger in ("bob", "stranger"):
        with refused("not_found"):
            read(stranger)


def test_a_read_of_no_colony_is_refused(world: World) -> None:
    refs = registry.colony_refs("nowhere", "ann")
    states = {ref: world.states.get(ref) for ref in refs}
    with refused("not_found"):
        registry.show_colony("nowhere", "ann", states, world.now_ms)


def test_a_players_room_shows_player_colonies_and_research(
    world: World, colony: str
) -> None:
    shown = world.snapshot("player:ann")
    assert shown["player"]["username"] == "ann"
    assert shown["player"]["credits"] == 1_000.0
    assert list(shown["colonies"]) == [colony]
    assert shown["research"] == {"projects": []}


def test_the_room_of_nobody_is_empty(world: World) -> None:
    shown = world.snapshot("player:nobody")
    assert shown == {
        "player": None,
        "colonies": {},
        "research": {"projects": []},
        "fleets": {},
        "battles": {},
    }
    assert world.snapshot("galaxy") == {}


class Unknown(Event, frozen=True, kw_only=True):
    """An event that nobody knows."""


@pytest.mark.parametrize("kind", ["player", "colony", "research"])
def test_an_unknown_event_is_loud(world: World, colony: str, kind: str) -> None:
    name = {"player": "ann", "colony": colony, "research": "ann"}[kind]
    ref = Ref(kind, name)
    table = world.game.kinds[kind]
    for state in (None, world.states.get(ref)):
        with pytest.raises(TypeError):
            table.evolve(state, Unknown())
    with pytest.raises((TypeError, KeyError)):
        list(table.audience(ref, Unknown(), world.states, 0))


def test_the_rules_document_can_be_sent_and_names_everything(world: World) -> None:
    document = wire(registry.rules_document())
    assert len(document["colonies"]["buildings"]) == 12
    assert len(document["colonies"]["units"]) == 10
    assert len(document["research"]["technologies"]) >= 24
    mine = document["colonies"]["buildings"]["mine"]
    assert mine["cost"] == {"minerals": 60, "energy": 20}
    assert mine["time_ms"] == 10_000
    yard = document["colonies"]["buildings"]["shipyard"]
    assert yard["requires"]["buildings"] == {"mine": 1, "power_plant": 1}
    assert document["start"]["resources"]["population"] == 500


def test_a_battles_room_asks_for_an_arena_only_where_there_may_be_one() -> None:
    fight, lobby = Ref("battle", "b"), Ref("arena", "b")
    for known, wanted in (
        ({}, (fight,)),
        ({fight: SimpleNamespace(arena="")}, (fight,)),
        ({fight: SimpleNamespace(arena="b", is_skirmish=False)}, (fight, lobby)),
        ({fight: SimpleNamespace(arena="b", is_skirmish=True)}, (fight,)),
        ({fight: None}, (fight, lobby)),
    ):
        assert registry.snapshot_refs("battle:b", (), known) == wanted
