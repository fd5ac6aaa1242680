"""What may not be ordered is refused with a code, and as if absent where it must be."""

from typing import Any

import pytest

from app.core.message import Rejected
from app.game.fleets.model.travel import TRAVEL_MAX_MS
from tests.unit.game.armada import GALAXY, Armada
from tests.unit.game.world import START_MS, refused


def test_refuses_to_launch_ships_that_are_not_there(world: Armada) -> None:
    colony = world.player().colonies[0]
    world.set("colony", colony, units={"scout": 3})
    short = {"scout": 1, "frigate": 2}
    with refused("not_enough_ships", short=short):
        world.order("fleets.launch", colony=colony, ships={"scout": 4, "frigate": 2})


def test_refuses_to_launch_from_somebody_elses_colony(world: Armada) -> None:
    colony = world.player("bob").colonies[0]
    with refused("not_found"):
        world.order("fleets.launch", colony=colony, ships={"scout": 1})


def test_refuses_the_33rd_fleet(world: Armada) -> None:
    for _ in range(32):
        last = world.launch(scout=2)
    with refused("fleet_limit", fleets_max=32):
        world.launch(scout=1)
    with refused("fleet_limit"):
        world.order("fleets.split", fleet=last, ships={"scout": 1})


ORDERS: list[tuple[str, dict[str, Any]]] = [
    ("fleets.stop", {}),
    ("fleets.clear", {}),
    ("fleets.move", {"to": {"x": 1, "y": 1}}),
    ("fleets.patrol", {"points": [{"x": 1, "y": 1}, {"x": 9, "y": 9}]}),
    ("fleets.split", {"ships": {"scout": 1}}),
    ("fleets.merge", {"into": "other"}),
    ("fleets.defend", {"colony": "any"}),
    ("fleets.blockade", {"colony": "any"}),
    ("fleets.colonise", {"planet": "any"}),
    ("fleets.transport", {"from": "any", "to": "any", "cargo": {"energy": 1}}),
    ("fleets.return", {}),
]


def refusal(world: Armada, name: str, **data: Any) -> Rejected:
    with pytest.raises(Rejected) as caught:
        world.order(name, **data)
    return caught.value


@pytest.mark.parametrize(("name", "data"), ORDERS)
def test_refuses_fleets_of_others_as_if_they_were_absent(
    world: Armada, fleet: str, name: str, data: dict[str, Any]
) -> None:
    """In the same words, also while they fight."""
    absent = refusal(world, name, player="bob", fleet="nothing", **data)
    assert absent.code == "not_found"
    assert refusal(world, name, player="bob", fleet=fleet, **data).args == absent.args
    world.set("fleet", fleet, battle="b")
    assert refusal(world, name, player="bob", fleet=fleet, **data).args == absent.args


@pytest.mark.parametrize(("name", "data"), ORDERS)
def test_refuses_fleets_in_battle(
    world: Armada, fleet: str, name: str, data: dict[str, Any]
) -> None:
    if name == "fleets.merge":
        data = {"into": world.launch(scout=1)}
    world.set("fleet", fleet, battle="b")
    assert refusal(world, name, fleet=fleet, **data).code == "in_battle"


def test_refuses_to_merge_into_a_fleet_in_battle(world: Armada, fleet: str) -> None:
    other = world.launch(scout=1)
    world.set("fleet", fleet, battle="b")
    with refused("in_battle"):
        world.order("fleets.merge", fleet=other, into=fleet)


def test_refuses_dead_fleets_as_if_they_were_absent(world: Armada, fleet: str) -> None:
    world.order("fleets.return", fleet=fleet)
    world.wait(0)
    assert world.fleet(fleet).ships == {}
    with refused("not_found"):
        world.move(fleet, {"x": 1, "y": 1})


def test_refuses_targets_in_hazards(world: Armada, fleet: str) -> None:
    x, y = map(int, min(GALAXY.hazards).split(":"))
    with refused("path_blocked"):
        world.move(fleet, {"x": x * 100 + 50, "y": y * 100 + 50})


def test_refuses_protected_targets_to_warships_only(world: Armada, fleet: str) -> None:
    x, y = map(int, min(GALAXY.protected).split(":"))
    to = {"x": x * 100 + 50, "y": y * 100 + 50}
    fighters = world.launch(interceptor=1)
    with refused("protected"):
        world.move(fighters, to)
    assert world.move(fleet, to)["arrive_ms"] > START_MS


def test_protected_sectors_let_in_the_warships_of_who_lives_there(
    world: Armada,
) -> None:
    sector = min(GALAXY.protected)
    x, y = map(int, sector.split(":"))
    fighters = world.launch(interceptor=1)
    world.set("player", "ann", sectors=(*world.player().sectors, sector))
    assert world.move(fighters, {"x": x * 100 + 50, "y": y * 100 + 50})


def test_refuses_what_is_more_than_an_hour_away(world: Armada) -> None:
    fleet = world.launch(colony_ship=1)
    corners = [{"x": 1, "y": 1}, {"x": 9_999, "y": 9_999}]
    with refused("out_of_range", travel_max_ms=TRAVEL_MAX_MS):
        world.move(fleet, corners[0], via=corners * 5)
