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


def follow(*told: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    (known,) = client("follow", [{"told": told}])
    return known


FULL, FOGGED = "sector:1:2:full", "sector:1:2"


def entered(room: str, seq: int, **view: Any) -> tuple[str, dict[str, Any]]:
    return "enter", {"rooms": {room: {"seq": seq, "at_ms": seq, "snapshot": view}}}


def left(room: str, at_ms: int) -> tuple[str, dict[str, Any]]:
    return "leave", {"rooms": [room], "at_ms": at_ms}


def heard(room: str, *seqs: int) -> tuple[str, dict[str, Any]]:
    events = [
        {
            "seq": seq,
            "at_ms": seq,
            "type": "fleets.x",
            "fleet": "f",
            "changes": {"at": seq},
        }
        for seq in seqs
    ]
    return "hear", {"room": room, "from": seqs[0] - 1, "events": events}


def test_a_room_that_is_entered_goes_on_with_its_broadcasts() -> None:
    known = follow(entered(FULL, 5, fleets={}), heard(FULL, 4, 5, 6), heard(FULL, 7))
    view = {"fleets": {"f": {"at": 7}}}
    assert known == {FULL: {"seq": 7, "at_ms": 7, "view": view}}


def test_what_was_last_seen_is_kept_until_it_is_seen_again() -> None:
    seen = [entered(FULL, 5, fleets={"f": {}}), left(FULL, 9), entered(FOGGED, 1)]
    grey = {"seq": 5, "at_ms": 5, "view": {"fleets": {"f": {}}}, "left_ms": 9}
    fog = {"seq": 1, "at_ms": 1, "view": {}}
    assert follow(*seen, heard(FULL, 6)) == {FULL: grey, FOGGED: fog}
    again = follow(*seen, left(FOGGED, 12), entered(FULL, 20, fleets={}))
    assert again == {FULL: {"seq": 20, "at_ms": 20, "view": {"fleets": {}}}}


def test_what_was_missed_is_marked_until_it_is_healed() -> None:
    seen = [entered(FULL, 5), heard(FULL, 8)]
    assert follow(*seen) == {FULL: {"seq": 5, "at_ms": 5, "view": {}, "missed": True}}
    healed = {"seq": 8, "at_ms": 8, "view": {"fleets": {"f": {"at": 8}}}}
    assert follow(*seen, heard(FULL, 6, 7, 8)) == {FULL: healed}
    assert "missed" not in follow(*seen, entered(FULL, 8))[FULL]


def test_rooms_that_nobody_entered_are_not_heard() -> None:
    assert follow(heard(FULL, 6), left(FULL, 3)) == {}


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
