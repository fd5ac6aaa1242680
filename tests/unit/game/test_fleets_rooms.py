"""A sector hears of a fleet when it enters, and nothing of what lies elsewhere."""

from typing import Any

import pytest

from app.game import registry
from app.game.fleets.model import events
from app.game.fleets.model.events import SectorEntered
from app.game.fleets.model.shown import PUBLIC_PARTS
from app.game.fleets.views.audience import _SHOWN
from app.game.galaxy.model.map import sector_at
from tests.unit.game.armada import Armada
from tests.unit.game.world import HOUR_MS, wire

SECRET = {"name", "home", "order", "queue", "cargo", "post", "speed", "upkeep"}


def full(sector: str) -> str:
    return f"sector:{sector}:full"


def fly(world: Armada, fleet: str, distance: int = 350) -> dict[str, Any]:
    to = world.clear(fleet, distance)
    return world.order("fleets.move", fleet=fleet, to=to)


def test_owner_and_sector_hear_of_a_launch(world: Armada, fleet: str) -> None:
    room = full(world.fleet(fleet).sector)
    for name in ("player:ann", room):
        heard = next(
            one for one in world.heard[name] if one["type"] == "fleets.launched"
        )
        assert heard["changes"] == world.snapshot(name)["fleets"][fleet]


def test_the_owners_view_is_what_the_contract_says(world: Armada, fleet: str) -> None:
    view = world.snapshot("player:ann")["fleets"][fleet]
    assert set(view) == {
        "id", "name", "ships", "x", "y", "path", "order", "queue", "stance", "post",
        "battle", "cargo", "cargo_capacity", "speed", "range", "sensor", "upkeep",
        "home",
    }  # fmt: skip
    assert view["cargo_capacity"] == 15
    assert (view["range"], view["sensor"], view["upkeep"]) == (100, 600.0, 9)


def test_onlookers_see_what_flies_here_and_no_more(world: Armada, fleet: str) -> None:
    fly(world, fleet)
    view = world.snapshot(full(world.fleet(fleet).sector))["fleets"][fleet]
    assert set(view) == set(PUBLIC_PARTS)
    assert not set(view) & SECRET


def test_the_other_tier_shows_and_hears_of_no_fleet(world: Armada, fleet: str) -> None:
    fly(world, fleet)
    world.wait(HOUR_MS)
    assert set(world.snapshot(f"sector:{world.fleet(fleet).sector}")) == {"colonies"}
    for room, heard in world.heard.items():
        if room.startswith("sector:") and not room.endswith(":full"):
            assert not [one for one in heard if one["type"].startswith("fleets.")]


def test_onlookers_see_the_way_only_as_far_as_the_border(
    world: Armada, fleet: str
) -> None:
    answer = fly(world, fleet)
    sector = world.fleet(fleet).sector
    seen = world.snapshot(full(sector))["fleets"][fleet]["path"]
    assert seen[0] == answer["path"][0]
    assert seen[-1]["at_ms"] < answer["arrive_ms"]
    for one in seen:
        point = round(one["x"] * 1_000), round(one["y"] * 1_000)
        assert sector_at(*point) == sector


def test_a_sector_hears_of_a_fleet_when_it_enters_and_when_it_leaves(
    world: Armada, fleet: str
) -> None:
    answer = fly(world, fleet)
    course = world.fleet(fleet).course
    assert course is not None
    world.wait(answer["arrive_ms"] - world.now_ms - 1)
    crossings = [
        one for one in world.events("fleet", fleet) if isinstance(one, SectorEntered)
    ]
    for one in crossings:
        entered = next(
            heard
            for heard in world.heard[full(one.sector)]
            if heard["type"] == "fleets.entered"
        )
        assert entered["at_ms"] == one.at_ms
        assert set(entered["changes"]) == set(PUBLIC_PARTS)
        assert entered["changes"]["path"][0]["at_ms"] == one.at_ms
        left = [
            heard
            for heard in world.heard[full(one.left)]
            if heard["type"] == "fleets.left"
        ]
        assert [heard["at_ms"] for heard in left] == [one.at_ms]
        assert left[0]["changes"] is None


def test_the_owner_hears_of_departure_and_arrival_only(
    world: Armada, fleet: str
) -> None:
    before = len(world.heard["player:ann"])
    fly(world, fleet)
    world.wait(HOUR_MS)
    assert world.types("player:ann")[before:] == ["fleets.departed", "fleets.arrived"]


def test_moving_fleets_cost_nothing_but_entries_and_exits(
    world: Armada, fleet: str
) -> None:
    answer = fly(world, fleet)
    before = {room: len(heard) for room, heard in world.heard.items()}
    world.wait(answer["arrive_ms"] - world.now_ms - 1)
    said = {
        one["type"]
        for room, heard in world.heard.items()
        for one in heard[before.get(room, 0) :]
    }
    assert said == {"fleets.entered", "fleets.left"}


def test_a_fleet_that_stands_is_one_point(world: Armada, fleet: str) -> None:
    answer = fly(world, fleet)
    world.wait(HOUR_MS)
    view = world.snapshot(full(world.fleet(fleet).sector))["fleets"][fleet]
    assert view["path"] == [answer["path"][-1]]
    assert (view["x"], view["y"]) == (view["path"][0]["x"], view["path"][0]["y"])


def test_a_fleet_that_is_no_more_is_gone_from_every_view(
    world: Armada, fleet: str
) -> None:
    world.order("fleets.return", fleet=fleet)
    world.wait(0)
    sector = full(world.fleet(fleet).sector)
    for room in ("player:ann", sector):
        assert world.snapshot(room)["fleets"] == {}
        assert world.heard[room][-1]["type"] in (
            "fleets.landed",
            "colonies.units_landed",
        )
        gone = [one for one in world.heard[room] if one["type"] == "fleets.landed"]
        assert [one["changes"] for one in gone] == [None]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("fleets.move", {"to": {"x": 5_000, "y": 9_000}}),
        ("fleets.split", {"ships": {"scout": 1}}),
        ("fleets.return", {}),
    ],
)
def test_vision_hears_where_the_owners_sensors_change(
    world: Armada, fleet: str, name: str, data: dict[str, Any]
) -> None:
    before = len(world.heard["sight:ann"])
    assert before
    world.order(name, fleet=fleet, **data)
    world.wait(0)
    assert len(world.heard["sight:ann"]) > before
    assert wire(world.heard["sight:ann"][-1]).keys() == {"type", "at_ms"}
    assert world.types("sight:ann")[-1] == "sight.changed"


def test_vision_hears_nothing_of_names_orders_and_borders(
    world: Armada, fleet: str
) -> None:
    answer = fly(world, fleet)
    before = len(world.heard["sight:ann"])
    world.order("fleets.rename", fleet=fleet, name="Eyes")
    fly_on = world.clear(fleet, 20)
    world.order("fleets.move", fleet=fleet, to=fly_on, queue=True)
    world.order("fleets.clear", fleet=fleet)
    world.wait(answer["arrive_ms"] - world.now_ms - 1)
    assert len(world.heard["sight:ann"]) == before


def test_sensor_arrays_and_colonies_change_what_is_seen(world: Armada) -> None:
    assert len(world.heard["sight:bob"]) == 1
    colony = world.player("bob").colonies[0]
    world.set("colony", colony, buildings={"power_plant": 2, "mine": 1})
    for building in ("mine", "sensor_array"):
        world.order("colonies.build", player="bob", colony=colony, building=building)
        world.wait(HOUR_MS)
    assert len(world.heard["sight:bob"]) == 2
    for building in ("mine", "sensor_array"):
        world.order("colonies.demolish", player="bob", colony=colony, building=building)
    assert len(world.heard["sight:bob"]) == 3


def test_every_event_of_a_fleet_says_who_hears_it() -> None:
    special = {events.SectorEntered, events.FleetDissolved}
    assert set(events.EVENTS) == set(_SHOWN) | special


def test_the_rules_document_tells_what_orders_must_keep_to() -> None:
    shown = wire(registry.rules_document())["fleets"]
    assert (shown["fleets_max"], shown["orders_max"]) == (32, 10)
    assert shown["travel_max_ms"] == HOUR_MS
    assert shown["peaceful_units"] == ["colony_ship", "freighter", "scout"]
    assert shown["weather"]["calm"] == {"sensor_percent": 100, "speed_percent": 100}
    assert shown["patrol"]["points_max"] == shown["via_max"] == 10
