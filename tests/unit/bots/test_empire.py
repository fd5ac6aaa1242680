"""A bot orders what it can pay, and follows its room's changes."""

from collections import Counter
from random import Random
from typing import Any

import pytest

from app.game import registry
from app.game.colonies.model.buildings import BUILDINGS
from tests.load import prices
from tests.load.empire import HOUR_MS, OPENING, Empire, Pace

RESOURCES = {"energy": 1_000, "minerals": 1_000, "rare_elements": 100}


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
    empire = Empire(prices.read(registry.rules_document()), Random(7))
    empire.show(snapshot())
    return empire


def moves(empire: Empire, count: int = 200) -> Counter[str]:
    return Counter(
        str(move.data.get("building", move.name))
        for move in (empire.next_move(1 + index * 500) for index in range(count))
    )


def test_begins_with_a_sync(empire: Empire) -> None:
    assert empire.next_move(60_000).name == "colonies.sync"


def test_stock_grows_up_to_its_capacity(empire: Empire) -> None:
    assert empire.stock(HOUR_MS // 36)["energy"] == 1_100
    assert empire.stock(HOUR_MS)["energy"] == 1_500
    assert empire.stock(HOUR_MS)["minerals"] == 1_000


def test_begins_with_what_opens_up_the_game(empire: Empire) -> None:
    ordered = set(moves(empire)) & set(BUILDINGS)
    assert ordered == {OPENING[0]}


def test_orders_only_what_the_rules_allow_by_now(empire: Empire) -> None:
    empire.show(snapshot(buildings=dict.fromkeys(OPENING, 1)))
    ordered = set(moves(empire))
    assert {"mine", "habitat", "refinery", "research.start"} <= ordered
    assert not {"fabricator", "sensor_array", "embassy"} & ordered


def test_orders_nothing_that_it_cannot_pay(empire: Empire) -> None:
    poor = snapshot()
    poor["colonies"]["c"]["resources"]["amounts"] = dict.fromkeys(RESOURCES, 0)
    poor["colonies"]["c"]["resources"]["rates_per_hour"] = {}
    empire.show(poor)
    # A rash order now and then is meant: refusals are part of the load.
    kinds = {"colonies.sync", "colonies.rename", "colonies.train"}
    assert set(moves(empire)) == kinds


def test_follows_changes_of_its_room(empire: Empire) -> None:
    empire.apply(
        {"type": "colonies.demolished", "colony": "c", "changes": {"buildings": {}}}
    )
    empire.apply({"type": "players.x", "changes": {"technologies": {"a": 1}}})
    empire.apply({"type": "research.started", "changes": {"projects": [1]}})
    assert empire.view == {
        **snapshot(),
        "player": {"technologies": {"a": 1}},
        "research": {"projects": [1]},
    }


def test_the_pace_stays_under_the_limit_of_a_minute() -> None:
    pace = Pace()
    allowed = sum(pace.allows(1 + index * 100) for index in range(600))
    assert 20 <= allowed <= 26
    pace.rests_until_ms = 200_000
    assert not pace.allows(199_999)
    assert pace.allows(200_000)
