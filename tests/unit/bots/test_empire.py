"""A bot orders what it can pay, and follows its room's changes."""

from collections import Counter
from random import Random
from typing import Any

import pytest

from app.game import registry
from app.game.colonies.model.buildings import BUILDINGS
from tests.load import prices
from tests.load.empire import CREWS, HOUR_MS, OPENINGS, SYNC_EVERY_MS, Empire
from tests.load.moves import Paces

RESOURCES = {
    "energy": 1_000,
    "minerals": 1_000,
    "rare_elements": 100,
    "population": 500,
}


def snapshot(**changes: Any) -> dict[str, Any]:
    colony = {
        "id": "c",
        "resources": {
            "amounts": RESOURCES,
            "rates_per_hour": {"energy": 3_600, "minerals": 0, "rare_elements": 10},
            "capacity": dict.fromkeys(RESOURCES, 1_500),
            "at_ms": 0,
        },
        "buildings": {},
        "queue": [],
    }
    return {
        "player": {"technologies": {}},
        "colonies": {"c": colony | changes},
        "research": {"projects": []},
    }


@pytest.fixture
def empire() -> Empire:
    known = prices.read(registry.rules_document())
    empire = Empire(known, Random(7), Paces())
    empire.view = snapshot()
    return empire


def moves(empire: Empire, count: int = 200) -> Counter[str]:
    return Counter(
        str(move.data.get("building", move.name))
        for move in (empire.next_move(1 + index * 500) for index in range(count))
    )


def test_syncs_after_a_while(empire: Empire) -> None:
    assert empire.next_move(60_000).name == "colonies.build"
    assert empire.next_move(60_000 + SYNC_EVERY_MS).name == "colonies.sync"


def test_stock_grows_up_to_its_capacity(empire: Empire) -> None:
    assert empire.stock(HOUR_MS // 36)["energy"] == 1_100
    assert empire.stock(HOUR_MS)["energy"] == 1_500
    assert empire.stock(HOUR_MS)["minerals"] == 1_000


def test_begins_with_what_opens_up_the_game(empire: Empire) -> None:
    ordered = set(moves(empire)) & set(BUILDINGS)
    assert ordered == {OPENINGS[0][0]}


def test_has_its_first_ships_as_early_as_it_can(empire: Empire) -> None:
    empire.view = snapshot(buildings=dict.fromkeys(OPENINGS[0], 1))
    units = [empire.next_move(1 + index).data.get("unit") for index in range(2)]
    assert tuple(units) in CREWS


def test_orders_only_what_the_rules_allow_by_now(empire: Empire) -> None:
    empire.view = snapshot(buildings=dict.fromkeys(OPENINGS[0], 1))
    ordered = set(moves(empire, 1_000))
    assert {"mine", "habitat", "refinery", "research.start"} <= ordered
    assert not {"fabricator", "sensor_array", "embassy"} & ordered


def test_orders_nothing_that_it_cannot_pay(empire: Empire) -> None:
    poor = snapshot()
    poor["colonies"]["c"]["resources"]["amounts"] = dict.fromkeys(RESOURCES, 0)
    poor["colonies"]["c"]["resources"]["rates_per_hour"] = {}
    empire.view = poor
    assert set(moves(empire)) == {"colonies.sync", "colonies.rename"}
