"""A client says what it predicts, and hears the truth."""

import pytest

from app.core.message import Ref
from app.game.colonies.model.events import ClaimNoted, ColonyRenamed
from tests.unit.game.world import DAY_MS, HOUR_MS, START_MS, World


@pytest.fixture
def world() -> World:
    world = World()
    world.set("colony", world.join(), planet_type="terrestrial")
    return world


@pytest.fixture
def colony(world: World) -> str:
    name: str = world.states[Ref("player", "ann")].colonies[0]
    return name


def claims(world: World) -> list[ClaimNoted]:
    return [event for _ref, event in world.journal if isinstance(event, ClaimNoted)]


def test_the_answer_is_the_truth_at_this_moment(world: World, colony: str) -> None:
    world.wait(HOUR_MS // 2)
    truth = world.order("colonies.sync", colony=colony, predicted={"minerals": 7})
    assert truth == {
        "amounts": {
            "energy": 2_800.0,
            "minerals": 2_800.0,
            "rare_elements": 100.0,
            "population": 950.0,
        },
        "rates_per_hour": {
            "energy": 3_600.0,
            "minerals": 3_600.0,
            "rare_elements": 0.0,
            "population": 900.0,
        },
        "capacity": {
            "energy": 10_000.0,
            "minerals": 10_000.0,
            "rare_elements": 5_000.0,
            "population": 2_000.0,
        },
        "at_ms": world.now_ms,
        "until_ms": START_MS + 30 * DAY_MS,
    }


def test_what_the_server_sent_is_a_possible_claim(world: World, colony: str) -> None:
    world.wait(1_234_567)
    truth = world.order("colonies.sync", colony=colony, predicted={})
    assert truth["amounts"]["minerals"] == 2_234.567
    claim = {"colony": colony, "predicted": truth["amounts"]}
    assert world.order("colonies.sync", **claim) == truth
    assert claims(world) == []


@pytest.mark.parametrize("claimed", [0, 999, 1_000, 1_012, 999.999, 1_012.0])
def test_a_possible_claim_leaves_no_trace(
    world: World, colony: str, claimed: float
) -> None:
    events = len(world.journal)
    world.order("colonies.sync", colony=colony, predicted={"minerals": claimed})
    assert len(world.journal) == events


@pytest.mark.parametrize("claimed", [1_013, 1_012.001, 10**15])
def test_an_impossible_claim_is_noted_and_changes_nothing(
    world: World, colony: str, claimed: float
) -> None:
    before = world.states[Ref("colony", colony)]
    truth = world.order("colonies.sync", colony=colony, predicted={"minerals": claimed})
    assert truth["amounts"]["minerals"] == 1_000.0
    (noted,) = claims(world)
    assert noted.claimed == {"minerals": round(claimed * 1_000)}
    assert noted.held["minerals"] == 1_000_000
    assert world.states[Ref("colony", colony)] == before


def test_nobody_hears_of_a_noted_claim(world: World, colony: str) -> None:
    heard = sum(map(len, world.heard.values()))
    world.order("colonies.sync", colony=colony, predicted={"minerals": 10**9})
    assert claims(world)
    assert sum(map(len, world.heard.values())) == heard


def test_a_colony_can_be_renamed(world: World, colony: str) -> None:
    result = world.order(
        "colonies.rename", colony=colony, name="  \uff2e\uff45\uff57 Home "
    )
    assert result == {"colony": colony, "name": "New Home"}
    assert world.states[Ref("colony", colony)].name == "New Home"


def test_the_name_it_has_already_is_no_event(world: World, colony: str) -> None:
    for _ in range(2):
        world.order("colonies.rename", colony=colony, name="Home")
    names = [event for _ref, event in world.journal if isinstance(event, ColonyRenamed)]
    assert len(names) == 1
