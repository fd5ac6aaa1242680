"""An id that comes again after its reply was forgotten makes nothing anew."""

import pytest

from app.core.units import MINUTE_MS
from tests.unit.game.armada import Armada
from tests.unit.game.world import refused

FORGOTTEN_MS = 11 * MINUTE_MS


class Forgetful(Armada):
    """Hold a world whose client sends one id with all it says."""

    def _id(self, player: str) -> str:
        return f"{player}/same"


@pytest.fixture
def world() -> Forgetful:
    world = Forgetful()
    world.set("colony", world.join(), buildings={"mine": 20, "shipyard": 5})
    world.give(home(world), minerals=10**9, energy=10**9, rare_elements=10**9)
    return world


def home(world: Armada) -> str:
    return world.player().colonies[0]


def test_no_order_is_completed_by_the_timer_of_another(world: Forgetful) -> None:
    colony = home(world)
    slow = world.order("colonies.build", colony=colony, building="mine")
    world.wait(FORGOTTEN_MS)
    quick = world.order("colonies.train", colony=colony, unit="scout", count=1)
    assert slow["order"] != quick["order"]
    world.wait(quick["complete_ms"] - world.now_ms)
    assert world.now_ms < slow["complete_ms"]
    assert world.colony(colony).units["scout"] == 1
    assert [one.id for one in world.colony(colony).constructions] == [slow["order"]]


def test_no_fleet_takes_the_place_of_another(world: Forgetful) -> None:
    fleet = world.launch(fighter=5)
    world.set("colony", home(world), units={"fighter": 2})
    world.wait(FORGOTTEN_MS)
    with refused("id_reused"):
        world.order("fleets.launch", colony=home(world), ships={"fighter": 1})
    with refused("id_reused"):
        world.order("fleets.split", fleet=fleet, ships={"fighter": 1})
    assert world.fleet(fleet).ships == {"fighter": 5}
    assert world.player().fleets == (fleet,)


def test_no_battle_is_fought_again(world: Forgetful) -> None:
    world.order("skirmish:begin")
    world.drain()
    with refused("id_reused"):
        world.order("skirmish:begin")


def test_no_arena_is_opened_again(world: Forgetful) -> None:
    world.order("battle:begin", sides=2, seats=2, join_ms=MINUTE_MS)
    world.wait(FORGOTTEN_MS)
    with refused("id_reused"):
        world.order("battle:begin", sides=2, seats=4, join_ms=MINUTE_MS)


def test_no_channel_is_opened_again(world: Forgetful) -> None:
    world.join("bob")
    world.join("eve")
    world.order("chat.open", players=["bob", "eve"])
    with refused("id_reused"):
        world.order("chat.open", players=["bob", "eve"], name="another")
