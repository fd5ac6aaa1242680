"""The client's pure code agrees with the server's."""

from typing import Any

import pytest

from app.core.chance import Chance
from app.game.colonies.model.stock import Production, Stock, at, shown
from tests.unit.game.world import client, wire

VIEW: dict[str, Any] = {
    "player": {"id": "ann", "credits": 1},
    "colonies": {"c": {"name": "Home", "units": {}}, "d": {"name": "Far"}},
    "research": {"projects": []},
}


def apply(event: dict[str, Any], view: dict[str, Any] = VIEW) -> dict[str, Any]:
    (answer,) = client("apply", [{"view": view, "events": [event]}])
    return answer


def test_new_fields_replace_old_ones_whole() -> None:
    event = {"type": "colonies.x", "colony": "c", "changes": {"units": {"scout": 1}}}
    colonies = {**VIEW["colonies"], "c": {"name": "Home", "units": {"scout": 1}}}
    assert apply(event) == VIEW | {"colonies": colonies}


def test_a_colony_that_was_not_there_appears() -> None:
    event = {"type": "colonies.founded", "colony": "e", "changes": {"name": "New"}}
    assert apply(event)["colonies"]["e"] == {"name": "New"}


@pytest.mark.parametrize("part", ["player", "research"])
def test_player_and_research_take_their_changes(part: str) -> None:
    kind = {"player": "players.x", "research": "research.x"}[part]
    changed = apply({"type": kind, "changes": {"credits": 2}})
    assert changed == VIEW | {part: VIEW[part] | {"credits": 2}}


@pytest.mark.parametrize(
    "event",
    [
        {"type": "weather.changed", "changes": {"wind": 3}},
        {"type": "colonies.noticed", "colony": "c"},
        {"type": "unheard of"},
    ],
)
def test_what_the_client_does_not_know_changes_nothing(event: dict[str, Any]) -> None:
    assert apply(event) == VIEW


def stock(chance: Chance) -> Stock:
    def drawn(bound: int) -> dict[str, int]:
        return {name: chance.below(bound) for name in ("energy", "minerals")}

    return Stock(
        amounts_milli=drawn(20_000_000),
        carries=dict.fromkeys(("energy", "minerals"), 0),
        production=Production(
            rates=drawn(50_000_000), capacities_milli=drawn(30_000_000)
        ),
        since_ms=1_000,
        until_ms=1_000 + chance.below(7_200_000),
    )


def test_the_client_runs_amounts_as_the_server_does() -> None:
    """To a milli-unit: the server rounds down what it has not made yet."""
    chance = Chance("amounts")
    asked = [(stock(chance), chance.below(7_200_000)) for _ in range(200)]
    answers = client(
        "amounts",
        [{"resources": wire(shown(one)), "now_ms": now_ms} for one, now_ms in asked],
    )
    for (one, now_ms), answer in zip(asked, answers, strict=True):
        truth = at(one, now_ms).amounts_milli
        for name, amount in answer.items():
            assert -0.001 < amount * 1_000 - truth[name] < 1.001
